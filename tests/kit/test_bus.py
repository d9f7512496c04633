"""The bus against real Kafka: nothing is lost, nothing is stuck, and only records at fault die."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from faststream import AckPolicy

from deploy.local.stack import Stack
from services.contracts.events import ContractError, encode
from services.contracts.items import ItemsMissing
from services.contracts.topics import ITEMS, LABELS, PROJECTS, TOPICS, Topic
from services.kit.bus import Bus
from services.kit.errors import Infrastructure
from services.kit.records import Record
from services.kit.settings import Settings
from tests.kit.support import Child, event, make_topics, producing, read_all, until

MISSING = "labelbus.v1.ItemsMissing"


@pytest.fixture
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    async with producing(settings) as producer:
        yield producer


class Seen:
    """A handler that remembers the indexes it was given, and fails where told."""

    def __init__(self) -> None:
        self.indexes: list[int] = []
        self.batches: list[int] = []
        self.outages = 0
        self.poison: dict[int, Exception] = {}

    async def __call__(self, records: Sequence[Record]) -> None:
        self.batches.append(len(records))
        if self.outages:
            self.outages -= 1
            raise Infrastructure("the store is away")
        events = [record.event for record in records]
        for each in events:
            assert isinstance(each, ItemsMissing)
            if each.index in self.poison:
                raise self.poison[each.index]
        self.indexes += [each.index for each in events if isinstance(each, ItemsMissing)]


async def send(
    settings: Settings, producer: AIOKafkaProducer, value: bytes | None, *, type_: bytes = MISSING.encode(),
    key: bytes | None = b"p", topic: Topic = ITEMS, **headers: bytes,
) -> asyncio.Future[Any]:  # fmt: skip
    all_headers = [("ce_id", b"p:1"), ("ce_type", type_), *headers.items()]
    future: asyncio.Future[Any] = await producer.send(
        settings.topic_prefix + topic.name, value, key=key, headers=all_headers
    )
    return future


def chunk(index: int) -> bytes:
    return encode(ItemsMissing(project="p", scan=1, index=index))


async def start(settings: Settings, seen: Any, topic: Topic = ITEMS) -> Bus:
    bus = Bus(settings, "queue")
    bus.subscribe(topic, seen)
    await bus.start()
    await until(lambda: bus.ready)
    return bus


async def test_records_that_cannot_be_read_die_and_all_others_arrive(
    settings: Settings, producer: AIOKafkaProducer
) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    bad: list[tuple[bytes | None, dict[str, Any]]] = [
        (b'{"project": ', {}),
        (b"\xff\xfe", {}),
        (None, {}),
        (chunk(0), {"type_": b"labelbus.v1.Project"}),
        (chunk(0), {"type_": b"org.example.Other"}),
        (chunk(0), {"type_": b"\xff\xfe"}),
        (chunk(0), {"key": None}),
        (b'{"project": "p", "scan": "many"}', {}),
    ]
    futures = []
    for index in range(2001):
        futures.append(await send(settings, producer, chunk(index), key=b"p%d" % (index % 7), foreign=b"\xff\xfe"))
        if index % 250 == 0 and index // 250 < len(bad):
            value, options = bad[index // 250]
            futures.append(await send(settings, producer, value, **options))
    await asyncio.gather(*futures)
    seen = Seen()
    bus = await start(settings, seen)
    await until(lambda: len(set(seen.indexes)) == 2001, 30)
    await bus.stop()
    dead = await read_all(settings, ITEMS.dead)
    assert len(dead) == len(bad)
    assert {each.value for each in dead} == {value for value, _ in bad}
    for each in dead:
        headers = dict(each.headers)
        assert headers["dead_topic"].decode() == settings.topic_prefix + ITEMS.name
        assert headers["dead_reason"]
        assert int(headers["dead_offset"]) >= 0
        assert "ce_type" in headers


async def test_one_poison_record_dies_alone(settings: Settings, producer: AIOKafkaProducer) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    seen = Seen()
    seen.poison = {7: KeyError("scan"), 9: ContractError("answers: a label that the project does not have")}
    await asyncio.gather(*[await send(settings, producer, chunk(index)) for index in range(20)])
    bus = await start(settings, seen)
    await until(lambda: len(set(seen.indexes)) == 18)
    await bus.stop()
    reasons = [dict(each.headers)["dead_reason"].decode() for each in await read_all(settings, ITEMS.dead)]
    assert sorted(reasons) == ["ContractError: answers: a label that the project does not have", "KeyError: 'scan'"]


async def test_an_outage_brings_the_batch_back_and_fills_no_dead_letters(
    settings: Settings, producer: AIOKafkaProducer
) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    seen = Seen()
    seen.outages = 4
    await asyncio.gather(*[await send(settings, producer, chunk(index), key=b"%d" % index) for index in range(20)])
    bus = await start(settings, seen)
    await until(lambda: len(set(seen.indexes)) == 20)
    assert len(seen.batches) > 4
    assert not bus.dead()
    await bus.stop()
    assert await read_all(settings, ITEMS.dead) == []


async def test_an_escaped_cancellation_does_not_end_the_loop(settings: Settings, producer: AIOKafkaProducer) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    seen = Seen()
    calls = 0

    async def handler(records: Sequence[Record]) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise asyncio.CancelledError
        await seen(records)

    await asyncio.gather(*[await send(settings, producer, chunk(index)) for index in range(3)])
    bus = await start(settings, handler)
    await until(lambda: set(seen.indexes) == {0, 1, 2})
    assert not bus.dead()
    await bus.stop()


async def test_tombstones_of_compacted_topics_reach_the_handler(settings: Settings, producer: AIOKafkaProducer) -> None:
    await make_topics(settings, [LABELS, LABELS.dead])
    got: list[Record] = []

    async def handler(records: Sequence[Record]) -> None:
        got.extend(records)

    await (await send(settings, producer, encode(event("p/one", 1)), type_=b"labelbus.v1.LabelSubmitted", topic=LABELS))
    await (await send(settings, producer, None, topic=LABELS))
    bus = await start(settings, handler, LABELS)
    await until(lambda: len(got) == 2)
    await bus.stop()
    assert [record.event is None for record in got] == [False, True]


async def test_what_a_stopped_service_handled_does_not_come_back(
    settings: Settings, producer: AIOKafkaProducer
) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    first, second = Seen(), Seen()
    await (await send(settings, producer, chunk(0)))
    bus = await start(settings, first)
    await until(lambda: first.indexes == [0])
    await bus.stop()
    await (await send(settings, producer, chunk(1)))
    bus = await start(settings, second)
    await until(lambda: second.indexes)
    await bus.stop()
    assert second.indexes == [1]


async def test_the_successor_of_a_killed_subscriber_reads_on_at_once(
    settings: Settings, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    await (await send(settings, producer, chunk(0)))
    killed = Child("bus_process", settings, tmp_path / "killed.log")
    await until(lambda: killed.said("handled 0;"))
    killed.kill9()
    await (await send(settings, producer, chunk(1)))
    seen = Seen()
    bus = await start(settings, seen)
    # Without a name that outlives the process this takes as long as the session of the dead one, 45 s.
    await until(lambda: 1 in seen.indexes, 15)
    await bus.stop()


async def test_live_sees_only_what_is_published_from_now_on(settings: Settings, producer: AIOKafkaProducer) -> None:
    await make_topics(settings, [ITEMS])
    await (await send(settings, producer, chunk(0)))
    seen = Seen()
    bus = Bus(settings, "gateway")
    bus.live([ITEMS], seen)
    await bus.start()
    await until(lambda: bus.ready)
    await (await send(settings, producer, b"{", type_=b"?"))
    await (await send(settings, producer, chunk(1)))
    await until(lambda: seen.indexes)
    await bus.stop()
    assert seen.indexes == [1]


async def test_the_bus_waits_for_kafka_and_outlives_its_absence(
    settings: Settings, producer: AIOKafkaProducer, stack: Stack
) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    await (await send(settings, producer, chunk(0)))
    stack.kafka_process.stop()
    seen = Seen()
    bus = Bus(settings, "queue")
    try:
        bus.subscribe(ITEMS, seen)
        await bus.start()
        await asyncio.sleep(0)
        assert not bus.ready
        assert not bus.dead()
    finally:
        stack.kafka_process.start()
    await until(lambda: seen.indexes == [0], 40)
    await bus.stop()


async def test_a_loop_that_ended_or_does_not_turn_is_reported(settings: Settings) -> None:
    await make_topics(settings, [ITEMS, ITEMS.dead])
    bus = await start(settings, Seen())
    assert not bus.dead()
    assert "did not turn" in bus.dead(stall_s=-1)
    for task in bus.subscribers[0].tasks:
        task.cancel()
    await until(lambda: "has ended" in bus.dead())
    await bus.stop()


async def test_every_subscriber_is_of_the_group_and_has_a_name_of_its_own(settings: Settings) -> None:
    bus = Bus(settings, "queue")
    for topic in TOPICS:
        bus.subscribe(topic, Seen())
    assert len(bus.broker.subscribers) == len(TOPICS) == len(bus.subscribers)
    names = set()
    for subscriber in bus.subscribers:
        options = subscriber._connection_args
        assert subscriber.group_id == f"{settings.topic_prefix}labelbus-queue"
        assert options["group_instance_id"].startswith("queue-0-")
        assert options["isolation_level"] == "read_committed"
        assert options["auto_offset_reset"] == "earliest"
        assert subscriber.ack_policy is AckPolicy.NACK_ON_ERROR
        names.add(options["group_instance_id"])
    assert len(names) == len(TOPICS)
    assert PROJECTS in TOPICS
