"""The relay on real Kafka and MongoDB: whatever is frozen or killed, nothing is lost, stuck, reordered or doubled."""

import asyncio
import time
import zlib

import pytest
from bson import Int64

from deploy.local.stack import Stack
from services.contracts.topics import LABELS, PROJECTS
from services.kit.backlog import Backlog, BatchGone
from services.kit.lease import Lease, LeaseLost
from services.kit.outbox import EventTooLarge, Outbox, shard
from services.kit.producer import Producer
from services.kit.settings import Settings
from services.kit.store import Store
from tests.kit.conftest import StartRelay
from tests.kit.support import configure, entry, event, ids, make_topics, producing, read_all, until, write

COMPACTED = {
    "cleanup.policy": "compact",
    "min.cleanable.dirty.ratio": "0.001",
    "segment.ms": "200",
    "max.compaction.lag.ms": "500",
    "delete.retention.ms": "100",
}


async def empty(store: Store) -> bool:
    return await store["outbox"].count_documents({}) == 0


async def test_versions_of_one_item_arrive_in_their_order(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay
) -> None:
    await make_topics(settings, [LABELS])
    for version in range(1, 13):
        await write(store, outbox, [entry("p/one", version), entry(f"p/{version}", 1)])
    start_relay()
    await until(lambda: empty(store))
    found = [name for name in ids(await read_all(settings, LABELS)) if name.startswith("p/one")]
    assert found == [f"p/one:{version}" for version in range(1, 13)]
    counters = await store["counters"].find_one({"_id": "p"})
    assert counters == {"_id": "p", "labeled": 24, "labels": {"main": {"cat": 24}}}


async def test_shard_is_the_same_in_every_process() -> None:
    assert shard("p/one") == zlib.crc32(b"p/one") % 12


async def test_versions_sort_as_numbers(store: Store, outbox: Outbox) -> None:
    for version in (10, 9, 2):
        await write(store, outbox, [entry("p/one", version)])
    batch = await Backlog(store, Lease(store)).read(shard("p/one"), 500)
    assert [e["_id"]["v"] for e in batch.entries] == [2, 9, 10]
    assert isinstance(batch.entries[0]["_id"]["v"], Int64)


async def test_an_event_over_the_limit_is_refused_before_anything_is_written(store: Store, outbox: Outbox) -> None:
    large = entry("p/one", 1)
    object.__setattr__(large, "event", event("p/one", 1, "x" * 520_000))
    with pytest.raises(EventTooLarge, match="p/one:1"):
        await write(store, outbox, [entry("p/two", 1), large])
    assert await empty(store)


@pytest.mark.parametrize(
    "point", ["sent", pytest.param("read", marks=pytest.mark.proof), pytest.param("committed", marks=pytest.mark.proof)]
)
async def test_a_relay_frozen_in_a_batch_never_publishes_an_old_version_last(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay, point: str
) -> None:
    await make_topics(settings, [LABELS], 1)
    await write(store, outbox, [entry("p/one", 1)])
    frozen = start_relay(point)
    await until(lambda: frozen.frozen)
    await write(store, outbox, [entry("p/one", 2), entry("p/one", 3)])
    start_relay()
    await until(lambda: empty(store))
    frozen.process.resume()
    await until(lambda: frozen.said("relay_stepped_down"))
    first_copies = list(dict.fromkeys(ids(await read_all(settings, LABELS))))
    assert first_copies == ["p/one:1", "p/one:2", "p/one:3"]
    await compact(settings)
    assert [name for name in ids(await read_all(settings, LABELS)) if name.startswith("p/one")] == ["p/one:3"]
    assert (await store["counters"].find_one({"_id": "p"}) or {})["labeled"] == 3


async def compact(settings: Settings) -> None:
    """Make Kafka compact eagerly, and roll segments until it has compacted what lies before them."""
    await configure(settings, LABELS, COMPACTED)
    async with producing(settings) as producer:

        async def compacted() -> bool:
            await producer.send_and_wait(
                settings.topic_prefix + LABELS.name, b"{}", key=b"filler", headers=[("ce_id", b"filler:1")]
            )
            return ids(await read_all(settings, LABELS)).count("p/one:3") == 1 and "p/one:1" not in ids(
                await read_all(settings, LABELS)
            )

        await until(compacted, 60)


async def test_labels_are_visible_within_15_s_after_the_relay_was_killed(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay
) -> None:
    await make_topics(settings, [LABELS])
    await write(store, outbox, [entry("p/one", 1)])
    killed = start_relay("sent")
    await until(lambda: killed.frozen)
    standby = start_relay()
    await until(lambda: standby.said("relay_stands_by"))
    died = time.monotonic()
    killed.kill9()
    await write(store, outbox, [entry("p/one", 2)])
    await until(lambda: empty(store))
    assert ids(await read_all(settings, LABELS)) == ["p/one:1", "p/one:2"]
    assert time.monotonic() - died < 15


async def test_a_record_too_large_for_kafka_is_buried_and_the_rest_arrives(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay
) -> None:
    await make_topics(settings, [LABELS], config={"max.message.bytes": "550000"})
    await write(store, outbox, [entry(f"p/{number}", 1) for number in range(40)])
    await store["outbox"].update_one({"_id.a": "p/17"}, {"$set": {"value": b"x" * 600_000}})
    await write(store, outbox, [entry("p/17", 2)])
    start_relay()
    await until(lambda: empty(store), 40)
    expected = {f"p/{number}:1" for number in range(40) if number != 17} | {"p/17:2"}
    assert set(ids(await read_all(settings, LABELS))) == expected
    dead = await store["outbox_dead"].find().to_list(None)
    assert [(each["_id"]["a"], each["_id"]["v"], len(each["value"])) for each in dead] == [("p/17", 1, 600_000)]
    assert "MessageSizeTooLarge" in dead[0]["reason"]
    assert (await store["counters"].find_one({"_id": "p"}) or {})["labeled"] == 41


async def test_a_missing_topic_holds_up_nothing_else(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay
) -> None:
    await make_topics(settings, [LABELS])
    await write(store, outbox, [entry(f"p/{number}", 1) for number in range(24)])
    await write(store, outbox, [entry("p/lost", 1, PROJECTS)])
    start_relay()
    await until(lambda: empty(store), 30)
    assert len(await read_all(settings, LABELS)) == 24
    dead = await store["outbox_dead"].find().to_list(None)
    assert [(each["_id"]["a"], each["topic"]) for each in dead] == [("p/lost", PROJECTS.name)]


async def test_a_broker_frozen_in_a_batch_delays_but_loses_nothing(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay, stack: Stack
) -> None:
    await make_topics(settings, [LABELS])
    relay = start_relay()
    await until(lambda: relay.said("relay_took_lease"))
    await write(store, outbox, [entry("p/one", 1)])
    await until(lambda: empty(store))
    stack.kafka_process.pause()
    try:
        await write(store, outbox, [entry("p/one", version) for version in range(2, 30)])
        await until(lambda: relay.said("relay_failed"), 30)
    finally:
        stack.kafka_process.resume()
    await until(lambda: empty(store), 40)
    assert list(dict.fromkeys(ids(await read_all(settings, LABELS)))) == [
        f"p/one:{version}" for version in range(1, 30)
    ]
    assert (await store["counters"].find_one({"_id": "p"}) or {})["labeled"] == 29
    assert await store["outbox_dead"].count_documents({}) == 0


async def test_two_finishers_count_a_batch_once(store: Store, outbox: Outbox) -> None:
    await write(store, outbox, [entry(f"p/{number}", 1) for number in range(100)])
    lease = Lease(store)
    assert await lease.take()
    backlog = Backlog(store, lease)
    batch = await backlog.read_all()
    assert batch is not None
    await backlog.finish(batch)
    with pytest.raises(BatchGone):
        await backlog.finish(batch)
    assert (await store["counters"].find_one({"_id": "p"}) or {})["labeled"] == 100


async def test_a_former_relay_finishes_nothing(store: Store, outbox: Outbox) -> None:
    await write(store, outbox, [entry("p/one", 1)])
    former, present = Lease(store), Lease(store)
    assert await former.take()
    assert not await present.take()
    await store["lease"].update_one({"_id": "relay"}, [{"$set": {"until": {"$subtract": ["$$NOW", 1]}}}])
    assert await present.take()
    backlog = Backlog(store, former)
    batch = await backlog.read_all()
    assert batch is not None
    with pytest.raises(LeaseLost):
        await backlog.finish(batch)
    assert not await empty(store)
    assert await store["counters"].find_one({"_id": "p"}) is None


async def test_the_relay_outlives_a_killed_database(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay, stack: Stack
) -> None:
    await make_topics(settings, [LABELS])
    relay = start_relay()
    await write(store, outbox, [entry("p/one", 1)])
    await until(lambda: empty(store))
    await asyncio.to_thread(stack.mongo_process.kill9)
    await until(lambda: relay.said("relay_failed"))
    await asyncio.to_thread(stack.mongo_process.start)
    await write(store, outbox, [entry("p/one", 2)])
    await until(lambda: empty(store), 40)
    assert list(dict.fromkeys(ids(await read_all(settings, LABELS)))) == ["p/one:1", "p/one:2"]


async def test_another_process_with_our_transactional_id_raises_the_alarm(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay
) -> None:
    await make_topics(settings, [LABELS])
    relay = start_relay()
    await write(store, outbox, [entry("p/one", 1)])
    await until(lambda: empty(store))
    name = f"labelbus-{await store.deployment_id()}-relay-relay"
    for version in (2, 3, 4):
        thief = Producer(settings, name)
        await thief.start()
        await write(store, outbox, [entry("p/one", version)])
        await until(lambda: empty(store), 30)
        await thief.stop()
    assert relay.said("relay_id_shared")
    assert ids(await read_all(settings, LABELS)) == [f"p/one:{version}" for version in range(1, 5)]


async def test_entries_without_end_are_published_shard_by_shard(
    settings: Settings, store: Store, outbox: Outbox, start_relay: StartRelay
) -> None:
    await make_topics(settings, [LABELS])
    for start in range(0, 3000, 500):
        await write(
            store, outbox, [entry(f"p/{number % 100}", number // 100 + 1) for number in range(start, start + 500)]
        )
    start_relay()
    await until(lambda: empty(store), 40)
    versions: dict[str, list[int]] = {}
    for name in ids(await read_all(settings, LABELS)):
        item, version = name.split(":")
        versions.setdefault(item, []).append(int(version))
    assert len(versions) == 100
    assert all(found == list(range(1, 31)) for found in versions.values())
    assert (await store["counters"].find_one({"_id": "p"}) or {})["labeled"] == 3000
