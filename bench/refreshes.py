"""Refreshes of a large project: of a bucket in which nothing has changed, and of one with 1 % new objects."""

import asyncio
import time
from typing import Any

import psutil
import pymongo

from bench import pictures, projects
from bench.client import Person
from bench.figures import Figure
from deploy.local.system import System


async def measure(system: System, owner: Person, project: str, prefix: str, items: int) -> list[Figure]:
    """Seconds from Refresh now to its end, and objects per second."""
    few = max(1, items // 100)
    figures = await _figures(system, owner, project, "of an unchanged bucket", 0)
    await asyncio.to_thread(_forget_ranges, system, project)
    figures += await _figures(system, owner, project, "of the same, without the digests of ranges", 0)
    await asyncio.to_thread(pictures.fill, system.stack, f"{prefix}new/", few)
    figures += await _figures(system, owner, project, "with 1 % new objects in one folder", few)
    await asyncio.to_thread(pictures.fill, system.stack, prefix, few, folders=max(1, items // 1_000))
    return figures + await _figures(system, owner, project, "with 1 % new objects in all folders", few)


def _forget_ranges(system: System, project: str) -> None:
    """Makes the next refresh compare each object, as a listing without digests has to."""
    with pymongo.MongoClient[dict[str, Any]](system.stack.mongo_url) as client:
        client["ingest"]["ranges"].update_many({"project": project}, {"$set": {"whole": False}})


async def _figures(system: System, owner: Person, project: str, what: str, new: int) -> list[Figure]:
    total = (await projects.progress(owner, project))["total"]
    began, used = time.perf_counter(), _processor_s(system)
    ended = await refresh(owner, project)
    seconds, used = time.perf_counter() - began, _processor_s(system) - used
    if ended["found"] != new:
        message = f"{new:,} new objects, {ended['found']:,} were found"
        raise RuntimeError(message)
    if new:
        await projects.wait_for(owner, project, lambda now: now["total"] == total + new and not now["pending"], 1_800)
    rate = ended["listed"] / seconds
    return [
        Figure(f"refresh {what}", seconds, "s", note=f"{ended['listed']:,} objects"),
        Figure(f"refresh {what}, objects listed", rate, "objects/s", better="higher"),
        Figure(f"refresh {what}, processor time of ingest and MongoDB", used, "s"),
    ]


def _processor_s(system: System) -> float:
    """Of those whose work the digests save: unlike the clock it does not depend on what else the machine does."""
    times = [psutil.Process(system.parts[name].process.pid).cpu_times() for name in ("ingest", "mongo")]
    return sum(each.user + each.system for each in times)


async def refresh(owner: Person, project: str, seconds: float = 3_600) -> dict[str, Any]:
    """Ask for one and wait for its end."""
    asked = await owner.call("POST", f"/projects/{project}/refreshes")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        newest: dict[str, Any] = (await owner.call("GET", f"/projects/{project}/refreshes"))[0]
        if newest["scan"] == asked["scan"] and newest["finished_at"]:
            if newest["state"] != "succeeded":
                message = f"refresh {newest['id']} is {newest['state']}"
                raise RuntimeError(message)
            return newest
        await asyncio.sleep(0.05)
    message = f"refresh {asked['id']} did not end within {seconds:.0f} s"
    raise TimeoutError(message)
