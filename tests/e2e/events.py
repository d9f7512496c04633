"""What a subscriber of the topic of labels reads of a project."""

import asyncio
import json
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.contracts.topics import LABELS
from tests.e2e.world import World
from tests.support.topics import PARTITIONS

_WAIT_S = 20


async def labels_of(world: World, project: str, versions: dict[str, int]) -> dict[str, dict[str, Any]]:
    """The state of each item of `versions` at its version or later, by file name. Raises TimeoutError."""
    topic = world.system.settings["LABELBUS_TOPIC_PREFIX"] + LABELS.name
    consumer = AIOKafkaConsumer(
        bootstrap_servers=world.system.stack.kafka, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    found: dict[str, dict[str, Any]] = {}
    try:
        consumer.assign([TopicPartition(topic, number) for number in range(PARTITIONS)])
        async with asyncio.timeout(_WAIT_S):
            while any(found.get(name, {}).get("version", 0) < version for name, version in versions.items()):
                for batch in (await consumer.getmany(timeout_ms=500)).values():
                    for record in batch:
                        _take(found, record.value, project)
    finally:
        await consumer.stop()
    return found


def _take(found: dict[str, dict[str, Any]], value: bytes | None, project: str) -> None:
    item = json.loads(value)["item"] if value else {}
    if item.get("project") == project:
        found[item["source"]["key"].rpartition("/")[2]] = item


def spans_of(item: dict[str, Any], names: dict[str, str]) -> list[tuple[str, int, int]]:
    """Label names, starts and ends of the entities of an event, in the order of the text."""
    spans = [(names[each["label"]], int(each["points"][0]), int(each["points"][1])) for each in item["regions"]]
    return sorted(spans, key=lambda span: span[1])
