"""The store under both drivers: transactions, outages, and reads that never go back."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from pymongo.errors import OperationFailure

from deploy.local.stack import Stack
from services.kit.settings import Settings
from services.kit.store import (
    BulkWriteError,
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


async def test_a_snapshot_is_of_one_moment(store: Store) -> None:
    await store["items"].insert_one({"_id": 1})
    async with store.snapshot() as moment:
        assert len([row async for row in store["items"].find({}, session=moment)]) == 1
        await store["items"].insert_one({"_id": 2})
        assert [row["_id"] async for row in store.aggregate("items", [], moment)] == [1]
    assert await store["items"].count_documents({}) == 2


def test_a_transaction_that_the_server_ended_is_no_defect() -> None:
    assert is_outage(OperationFailure("Transaction exceeded its lifetime", 290))


async def test_aggregate_is_the_same_under_both_drivers(store: Store) -> None:
    await store["items"].insert_many([{"_id": n, "kind": n % 2} for n in range(6)])
    groups = [
        g
        async for g in store.aggregate("items", [{"$group": {"_id": "$kind", "n": {"$sum": 1}}}, {"$sort": {"_id": 1}}])
    ]
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


class Race:
    """One writer and one reader of one document; both live through outages, and nothing else."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen: list[int] = []
        self.written: list[int] = []
        self.stopped = False

    async def write(self) -> None:
        for version in itertools.count(1):
            if self.stopped:
                return
            if await self.lived_through(self.store["items"].update_one({"_id": 1}, {"$set": {"version": version}})):
                self.written.append(version)

    async def read(self) -> None:
        while not self.stopped:
            if found := await self.lived_through(self.store["items"].find_one({"_id": 1})):
                self.seen.append(found["version"])

    @staticmethod
    async def lived_through(call: Awaitable[Any]) -> Any:
        try:
            return await call
        except PyMongoError as error:
            if not is_outage(error):
                raise
            return None

    async def further(self, reads: int, writes: int) -> None:
        reads, writes = len(self.seen) + reads, len(self.written) + writes
        await until(lambda: len(self.seen) > reads and len(self.written) > writes)


async def test_no_version_goes_back_when_the_server_is_killed(store: Store, stack: Stack) -> None:
    await store["items"].insert_one({"_id": 1, "version": 0})
    race = Race(store)
    tasks = [asyncio.create_task(race.write()), asyncio.create_task(race.read())]
    try:
        for _ in range(2):
            await race.further(50, 20)
            await asyncio.to_thread(stack.mongo_process.kill9)
            await asyncio.to_thread(stack.mongo_process.start)
        await race.further(5, 5)
    finally:
        race.stopped = True
        await asyncio.gather(*tasks)
    assert race.seen == sorted(race.seen)
    final = await store["items"].find_one({"_id": 1})
    assert final is not None
    assert final["version"] >= max(race.written)
