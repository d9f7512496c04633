"""What several tests of the kit share: events, a fresh reader, raw records, and relays as processes of their own."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.local.process import Command
from services.contracts.items import Source
from services.contracts.labels import ItemLabel, ItemState, LabelSubmitted
from services.contracts.topics import LABELS, Topic
from services.kit import clock
from services.kit.outbox import Entry, Outbox
from services.kit.settings import Settings
from services.kit.store import Store
from tests.support import nursery

ROOT = Path(__file__).parents[2]


def event(item: str, version: int, note: str = "") -> LabelSubmitted:
    """A label."""
    return LabelSubmitted(
        item=ItemLabel(
            item=item,
            project="p",
            version=version,
            state=ItemState.LABELED,
            source=Source(datastore="d", key="k"),
            changed_at=clock.now(),
            note=note,
        )
    )


def entry(item: str, version: int, topic: Topic = LABELS) -> Entry:
    """A label that counts one for project p."""
    return Entry(topic, item, version, event(item, version), item, {"labeled": 1, "labels.main.cat": 1}, "p")


async def write(store: Store, outbox: Outbox, entries: Sequence[Entry]) -> None:
    """Write to the outbox as a service does."""
    await store.transact(lambda session: outbox.add(session, entries))


async def until(condition: Callable[[], Awaitable[Any] | Any], seconds: float = 40.0) -> Any:
    """Wait until `condition` is true and answer it; fail after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        assert time.monotonic() < end, f"not within {seconds} s"
        await asyncio.sleep(0.05)


async def make_topics(
    settings: Settings, topics: Sequence[Topic], partitions: int = 3, config: Mapping[str, str] | None = None
) -> None:
    """Create topics of this test."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka)
    await admin.start()
    try:
        new = [
            NewTopic(settings.topic_prefix + t.name, partitions, 1, topic_configs=dict(config or {})) for t in topics
        ]
        answer = await admin.create_topics(new)
        assert all(error[1] == 0 for error in answer.topic_errors), answer

        async def listed() -> bool:
            return {topic.name for topic in new} <= set(await admin.list_topics())

        await until(listed)
    finally:
        await admin.close()


async def configure(settings: Settings, topic: Topic, config: Mapping[str, str]) -> None:
    """Change a topic of this test."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka)
    await admin.start()
    try:
        await admin.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, settings.topic_prefix + topic.name, dict(config))]
        )
    finally:
        await admin.close()


@asynccontextmanager
async def reading(settings: Settings, topic: Topic, isolation: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer at the beginning of all partitions of a topic, without a group."""
    name = settings.topic_prefix + topic.name
    consumer = AIOKafkaConsumer(
        name,
        bootstrap_servers=settings.kafka,
        isolation_level=isolation,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        await until(consumer.assignment)
        yield consumer
    finally:
        await consumer.stop()


async def read_all(settings: Settings, topic: Topic) -> list[Any]:
    """What a fresh reader of committed records finds in a topic, in partition and offset order.

    It waits for the very end: Kafka answers a commit before its marker lies in each partition.
    """
    async with reading(settings, topic, "read_uncommitted") as consumer:
        ends = await consumer.end_offsets(list(consumer.assignment()))
    records: list[Any] = []
    async with reading(settings, topic, "read_committed") as consumer:

        async def complete() -> bool:
            for found in (await consumer.getmany(timeout_ms=100)).values():
                records.extend(found)
            return all([await consumer.position(partition) >= end for partition, end in ends.items()])

        await until(complete, 30)
    return sorted(records, key=lambda record: (record.partition, record.offset))


def ids(records: Sequence[Any]) -> list[str]:
    """`ce_id` of raw records."""
    return [dict(record.headers)["ce_id"].decode() for record in records]


@asynccontextmanager
async def producing(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A producer of raw records, as a foreign program would have."""
    producer = AIOKafkaProducer(bootstrap_servers=settings.kafka)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


class Child:
    """A program of these tests as a process. `fault`: where a relay freezes first (`read`, `sent` or `committed`)."""

    def __init__(self, module: str, settings: Settings, log: Path, fault: str = "") -> None:
        self.log = log
        environment = {
            "LABELBUS_KAFKA": settings.kafka,
            "LABELBUS_MONGO_URL": settings.mongo_url,
            "LABELBUS_TOPIC_PREFIX": settings.topic_prefix,
            "LABELBUS_DATABASE_PREFIX": settings.database_prefix,
            "LABELBUS_INTERNAL_KEY": settings.internal_key.get_secret_value(),
            "FAULT": fault,
        }
        with log.open("ab") as out:
            command = Command([sys.executable, "-m", f"tests.kit.{module}"], environment, ROOT)
            self._child = nursery.spawn(command, out)
        self.process = psutil.Process(self._child.pid)

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return bool(self.process.status() == psutil.STATUS_STOPPED)

    def said(self, word: str) -> bool:
        """Whether its log has the word."""
        return word in self.log.read_text()

    def kill9(self) -> None:
        """As a power cut would."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGKILL)
        self._child.wait(10)

    def stop(self) -> None:
        """Ask it to end."""
        if self._child.poll() is None:
            self.process.resume()
            self._child.send_signal(signal.SIGTERM)
            try:
                self._child.wait(15)
            except subprocess.TimeoutExpired:
                self.kill9()
