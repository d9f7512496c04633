"""What must be true after any crash: store, history, topic, export and counters all say what was acknowledged."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pymongo
from aiokafka import AIOKafkaConsumer, TopicPartition

from bench import projects
from bench.client import Person
from bench.labelers import Tally
from deploy.local.system import System
from tests.support.topics import PARTITIONS

Document = dict[str, Any]


async def everything(system: System, owner: Person, project: str, tally: Tally, total: int) -> None:
    """Assert all of it for one project whose labeling has ended."""
    counts, _seconds = await projects.wait_for(owner, project, lambda now: now["labeled"] == total, 60)
    assert counts["total"] == total
    assert tally.doubles == 0, "an item was labeled twice"
    items = items_of(system, project)
    assert len(items) == total
    _store(items, tally)
    _history(system, project, items)
    await _topic(system, project, items)
    await _export(owner, project, items)
    _counters(system, project)


@contextlib.contextmanager
def database(system: System) -> Iterator[pymongo.database.Database[Document]]:
    """The system of record."""
    client: pymongo.MongoClient[Document]
    with pymongo.MongoClient(system.stack.mongo_url, readConcernLevel="majority") as client:
        yield client[system.settings.get("LABELBUS_DATABASE_PREFIX", "") + "annotations"]


def items_of(system: System, project: str) -> dict[str, Document]:
    """All items of a project, by id."""
    with database(system) as found:
        return {item["_id"]: item for item in found["items"].find({"project": project})}


def _created_ms(system: System, project: str) -> int:
    """When the project was made: nothing of it can be older on any topic."""
    with database(system) as found:
        first = found["items"].find_one({"project": project}, {"times": 1}, sort=[("times.discovered", 1)])
    return int(first["times"]["discovered"]) if first else 0


def _store(items: dict[str, Document], tally: Tally) -> None:
    for item, (version, label, person) in tally.saved.items():
        stored = items[item]
        assert stored["state"] == "labeled", stored
        assert stored["version"] == version, "an acknowledged version is not the one in the store"
        assert stored["label"]["answers"][0]["labels"] == [label]
        assert stored["label"]["by"] == person


def _history(system: System, project: str, items: dict[str, Document]) -> None:
    versions: dict[str, set[int]] = defaultdict(set)
    with database(system) as found:
        for row in found["history"].find({"project": project}, {"item": 1, "version": 1}):
            versions[row["item"]].add(row["version"])
    for item, stored in items.items():
        assert versions[item] == set(range(1, stored["version"] + 1)), f"history of {item} has gaps"


async def read_topic(system: System, project: str) -> dict[str, list[Document | None]]:
    """All committed records of the project's items in order, by key. None is a tombstone."""
    topic = system.settings.get("LABELBUS_TOPIC_PREFIX", "") + "labelbus.labels.v1"
    consumer = AIOKafkaConsumer(
        bootstrap_servers=system.stack.kafka, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    records: dict[str, list[Document | None]] = defaultdict(list)
    try:
        await consumer._client.force_metadata_update()
        places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        consumer.assign(places)
        begun = await asyncio.to_thread(_created_ms, system, project)
        for place, found in (await consumer.offsets_for_times(dict.fromkeys(places, begun))).items():
            if found is not None:
                consumer.seek(place, found.offset)
        ends = await consumer.end_offsets(places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                for record in batch:
                    key = record.key.decode()
                    if key.startswith(f"{project}/"):
                        records[key].append(json.loads(record.value)["item"] if record.value else None)
    finally:
        await consumer.stop()
    return records


async def _topic(system: System, project: str, items: dict[str, Document]) -> None:
    await drained(system)
    records = await read_topic(system, project)
    unseen = sum(item not in records for item in items)
    assert unseen == 0, f"{unseen} of {len(items)} items have no record on the topic"
    for item, stored in items.items():
        versions = [record["version"] for record in records[item] if record is not None]
        first_copies = list(dict.fromkeys(versions))
        assert first_copies == list(range(1, stored["version"] + 1)), f"{item}: {versions} for {stored['version']}"
        last = records[item][-1]
        assert last is not None
        assert last["version"] == stored["version"], "the last record of a key is not its newest state"
        assert last["answers"][0]["labels"] == stored["label"]["answers"][0]["labels"]


async def drained(system: System) -> None:
    """Wait until the outbox is empty."""
    await asyncio.to_thread(_drained, system)


def _drained(system: System) -> None:
    with database(system) as found, pymongo.timeout(60):
        while found["outbox"].find_one() is not None:
            time.sleep(0.02)


async def _export(owner: Person, project: str, items: dict[str, Document]) -> None:
    job = await projects.export(owner, project, "coco")
    response = await owner.http.get(f"/api/v1/exports/{job['id']}/download")
    coco = response.json()
    assert len(coco["images"]) == len(coco["annotations"]) == len(items)
    view = await owner.call("GET", f"/projects/{project}")
    ids = {label["name"]: label["id"] for label in view["label_sets"][0]["labels"]}
    names = {category["id"]: category["name"] for category in coco["categories"]}
    files = {image["id"]: image["file_name"] for image in coco["images"]}
    exported = {files[each["image_id"]]: ids[names[each["category_id"]]] for each in coco["annotations"]}
    assert exported == {item["source"]["key"]: item["label"]["answers"][0]["labels"][0] for item in items.values()}


def _counters(system: System, project: str) -> None:
    command = [sys.executable, "-m", "services.queue", "recount", "--project", project]
    done = subprocess.run(command, env={**os.environ, **system.settings}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
