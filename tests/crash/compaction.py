"""Forces Kafka to compact the topic of labels, so that a fresh subscriber sees what one sees a year later."""

import asyncio
import time
from collections.abc import Callable

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.local.system import System
from tests.crash.verify import Document, read_topic
from tests.support.topics import PARTITIONS

EAGER = {
    "cleanup.policy": "compact",
    "min.cleanable.dirty.ratio": "0.001",
    "segment.ms": "200",
    "max.compaction.lag.ms": "500",
    "max.message.bytes": "1000000",
}


async def compact(
    system: System, project: str, done: Callable[[dict[str, list[Document | None]]], bool]
) -> dict[str, list[Document | None]]:
    """Make Kafka compact eagerly and roll segments until `done` of what a fresh reader finds; the records it found."""
    topic = system.settings.get("LABELBUS_TOPIC_PREFIX", "") + "labelbus.labels.v1"
    admin = AIOKafkaAdminClient(bootstrap_servers=system.stack.kafka)
    await admin.start()
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, EAGER)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=system.stack.kafka)
    await producer.start()
    end = time.monotonic() + 90
    try:
        while time.monotonic() < end:
            for partition in range(PARTITIONS):
                await producer.send_and_wait(topic, b"{}", key=b"filler", partition=partition)
            if done(found := await read_topic(system, project)):
                return found
            await asyncio.sleep(0.5)
    finally:
        await producer.stop()
    raise TimeoutError(f"Kafka did not compact {topic}")
