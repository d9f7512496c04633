"""Exports of everything in a project, once a format."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

import pymongo

from bench import memory, projects
from bench.client import Person
from bench.figures import Figure
from deploy.local.system import System

_COCO: Final = ("coco", "coco_azure")


async def measure(system: System, owner: Person, project: str, formats: Sequence[str]) -> list[Figure]:
    """Items per second from the request to the file, and how far memory grows."""
    figures: list[Figure] = []
    for format_ in formats:
        with memory.Peak(system.services["export"].process.pid) as peak:
            began = time.perf_counter()
            job = await projects.export(owner, project, format_, 3_600)
            seconds = time.perf_counter() - began
        coco = format_ in _COCO
        budget, peers = (20_000, "Label Studio 104 /s, Datumaro 3,661 /s") if coco else (None, "")
        rate, note = job["rows"] / seconds, f"{job['rows']:,} items"
        figures += [
            Figure(f"export {format_}, request to file", rate, "items/s", budget, "higher", peers=peers, note=note),
            Figure(f"export {format_}, growth of memory", peak.growth_mb, "MB", 50),
        ]
    return figures


async def label_rest(system: System, project: str) -> None:
    """Give every queued item the label of a labeled one: what matters to an export is that it is there."""
    await asyncio.to_thread(_label_rest, system, project)


def _label_rest(system: System, project: str) -> None:
    with pymongo.MongoClient[dict[str, Any]](system.stack.mongo_url) as client:
        items = client["annotations"]["items"]
        done = items.find_one({"project": project, "state": "labeled"})
        if done is None:
            message = "nothing is labeled"
            raise RuntimeError(message)
        change = {"state": "labeled", "label": done["label"], "version": 1, "times.changed": done["times"]["changed"]}
        items.update_many({"project": project, "state": {"$in": ["queued", "leased"]}}, {"$set": change})
