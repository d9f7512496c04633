"""Raw records of one topic for somebody who looks on: no group, nothing committed, no part in any processing."""

from collections.abc import AsyncGenerator
from typing import Any, Final

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from services.kit.errors import Infrastructure

_WAIT_MS: Final = 1_000


class KafkaAway(Infrastructure):
    """Kafka does not answer."""


class TopicMissing(Exception):
    """Kafka has no such topic."""


async def records(kafka: str, topic: str, *, from_beginning: bool) -> AsyncGenerator[list[Any]]:
    """Committed records as they come, in batches, for ever. `topic` is a full name. Raises KafkaAway, TopicMissing."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka.split(","),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
    )
    try:
        await consumer.start()
        if topic not in await consumer.topics():
            raise TopicMissing(topic)
        consumer.subscribe([topic])
        while True:
            found = await consumer.getmany(timeout_ms=_WAIT_MS)
            if found:
                yield [record for batch in found.values() for record in batch]
    except KafkaError as error:
        raise KafkaAway(str(error)) from error
    finally:
        await consumer.stop()
