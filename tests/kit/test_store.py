"""The store under both drivers: transactions, outages, and reads that never go back."""

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from deploy.local.stack import Stack
from services.kit.settings import Settings
from services.kit.store import (
    BulkWriteError,
    Document,
    DuplicateKeyError,
    InsertOne,
    PyMongoError,
    Session,
    Store,
    is_outage,
)
from tests.kit.support import until


@pytest.fixture(params=["motor", "pymongo"])
async def store(request: pytest.FixtureRequest, settings: Settings) -> AsyncIterator[Store]:
    store = Store(settings.model_copy(update={"mongo_driver": request.param}), "store")
    yield store
    await store.drop()
    await store.close()


async def test_a_transaction_writes_all_or_nothing(store: Store) -> None:
    async def fail(session: Session) -> None:
        await store["items"].insert_one({"_id": 1}, session=session)
        raise KeyError("after the write")

    with pytest.raises(KeyError):
        await store.transact(fail)
    assert await store["items"].count_documents({}) == 0


async def test_rival_transactions_are_repeated_until_both_are_through(store: Store) -> None:
    await store["items"].insert_one({"_id": 1, "count": 0})

    async def add(session: Session) -> None:
        found = await store["items"].find_one({"_id": 1}, session=session)
        assert found is not None
        await store["items"].update_one({"_id": 1}, {"$set": {"count": found["count"] + 1}}, session=session)

    await asyncio.gather(*(store.transact(add) for _ in range(16)))
    assert (await store["items"].find_one({"_id": 1}) or {})["count"] == 16


async def test_callbacks_run_after_a_commit_and_only_then(store: Store) -> None:
    called: list[str] = []

    async def body(session: Session) -> None:
        store.after_commit(session, lambda: called.append("done"))
        assert not called
        if not await store["items"].count_documents({}, session=session):
            raise KeyError

    with pytest.raises(KeyError):
        await store.transact(body)
    assert not called
    await store["items"].insert_one({"_id": 1})
    await store.transact(body)
    assert called == ["done"]


async def test_a_transaction_gives_up_at_its_deadline(store: Store) -> None:
    await store["items"].insert_one({"_id": 1})
    entered = asyncio.Event()
    leave = asyncio.Event()

    async def hold(session: Session) -> None:
        await store["items"].update_one({"_id": 1}, {"$set": {"held": True}}, session=session)
        entered.set()
        await leave.wait()

    async def rival(session: Session) -> None:
        await store["items"].update_one({"_id": 1}, {"$set": {"held": False}}, session=session)

    holding = asyncio.create_task(store.transact(hold))
    await entered.wait()
    with pytest.raises(PyMongoError) as refused:
        await store.transact(rival, deadline_s=0.3)
    assert is_outage(refused.value)
    leave.set()
    await holding


async def test_aggregate_is_the_same_under_both_drivers(store: Store) -> None:
    await store["items"].insert_many([{"_id": n, "kind": n % 2} for n in range(6)])
    groups = [g async for g in store.aggregate("items", [{"$group": {"_id": "$kind", "n": {"$sum": 1}}}, {"$sort": {"_id": 1}}])]
    assert groups == [{"_id": 0, "n": 3}, {"_id": 1, "n": 3}]


async def test_a_duplicate_is_no_outage(store: Store) -> None:
    await store["items"].insert_one({"_id": 1})
    with pytest.raises(DuplicateKeyError) as single:
        await store["items"].insert_one({"_id": 1})
    with pytest.raises(BulkWriteError) as bulk:
        await store["items"].bulk_write([InsertOne({"_id": 1})], ordered=False)
    assert not is_outage(single.value)
    assert not is_outage(bulk.value)


async def test_the_server_tells_the_time_and_the_deployment(store: Store) -> None:
    await store.ping()
    assert await store.now_ms() > 1_700_000_000_000
    first, second = await asyncio.gather(store.deployment_id(), store.deployment_id())
    assert first == second
    assert len(first) == 12


async def test_no_version_goes_back_when_the_server_is_killed(store: Store, stack: Stack) -> None:
    await store["items"].insert_one({"_id": 1, "version": 0})
    seen: list[int] = []
    written: list[int] = []
    stop = asyncio.Event()

    async def writer() -> None:
        for version in itertools.count(1):
            if stop.is_set():
                return
            try:
                await store["items"].update_one({"_id": 1}, {"$set": {"version": version}})
            except PyMongoError as error:
                assert is_outage(error)
            else:
                written.append(version)

    async def reader() -> None:
        while not stop.is_set():
            try:
                found: Document | None = await store["items"].find_one({"_id": 1})
            except PyMongoError as error:
                assert is_outage(error)
            else:
                assert found is not None
                seen.append(found["version"])

    tasks = [asyncio.create_task(writer()), asyncio.create_task(reader())]
    try:
        for _ in range(2):
            before = len(seen)
            await until(lambda before=before: len(seen) > before + 50 and len(written) > 20)
            await asyncio.to_thread(stack.mongo_process.kill9)
            await asyncio.to_thread(stack.mongo_process.start)
        before = len(written)
        await until(lambda: len(written) > before + 5)
    finally:
        stop.set()
        await asyncio.gather(*tasks)
    assert seen == sorted(seen)
    final = await store["items"].find_one({"_id": 1})
    assert final is not None
    assert final["version"] >= max(written)
