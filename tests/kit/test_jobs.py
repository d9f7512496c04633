"""Jobs: one worker at a time, and a dead worker's job is taken over."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from services.kit.errors import Infrastructure
from services.kit.jobs import TRIES, JobLost, Jobs, attempt, pause_ms
from services.kit.store import Store


async def test_of_many_workers_one_gets_the_job(store: Store) -> None:
    await store["jobs"].insert_one({"_id": "a", **Jobs.fields()})
    taken = await asyncio.gather(*(Jobs(store["jobs"]).take() for _ in range(8)))
    assert [job["_id"] for job in taken if job] == ["a"]


async def test_an_abandoned_job_is_taken_over_and_its_former_worker_fenced(store: Store) -> None:
    await store["jobs"].insert_one({"_id": "a", **Jobs.fields()})
    jobs = Jobs(store["jobs"], lease_ms=-1)
    former, present = await jobs.take(), await jobs.take()
    assert former is not None
    assert present is not None
    assert present["tries"] == 2
    with pytest.raises(JobLost):
        await jobs.beat(former, {"done": 1})
    await jobs.beat(present, {"done": 2, "text": "$cost"})
    await jobs.finish(present, {"file": "x"})
    found = await store["jobs"].find_one({"_id": "a"})
    assert found == {"_id": "a", "work": "done", "lease": None, "tries": 2, "done": 2, "text": "$cost", "file": "x"}
    assert await jobs.take() is None


async def test_a_postponed_job_waits(store: Store) -> None:
    await store["jobs"].insert_one({"_id": "a", **Jobs.fields()})
    jobs = Jobs(store["jobs"])
    job = await jobs.take()
    assert job is not None
    await jobs.postpone(job, 60_000)
    assert await jobs.take() is None
    await store["jobs"].update_one({"_id": "a"}, [{"$set": {"lease.until": {"$subtract": ["$$NOW", 1]}}}])
    assert await jobs.take() is not None


class Foreseen(Exception):
    """An error that the work below knows."""


class Work:
    """Work that does what it is told, and remembers what became of it."""

    noun, id = "work", "w1"

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work, self.failures, self.told = work, 0, list[object]()

    async def work(self) -> None:
        await self._work()

    async def settle(self, error: Exception) -> bool:
        if isinstance(error, Foreseen):
            self.told.append("settled")
        return isinstance(error, Foreseen)

    async def put_off(self, delay_ms: int, failures: int) -> None:
        self.failures = failures
        self.told.append(delay_ms)

    async def give_up(self, why: str) -> None:
        self.told.append(why)


def raising(error: BaseException) -> Work:
    async def work() -> None:
        raise error

    return Work(work)


class TestAttempts:
    async def test_what_fails_is_tried_again_and_then_given_up(self) -> None:
        work = raising(ValueError("odd"))
        for tries in range(1, TRIES + 1):
            await attempt(work, tries)
        pauses = [pause_ms(tries) for tries in range(1, TRIES)]
        assert work.told == [*pauses, "failed 5 times, the last time with ValueError('odd')."]

    async def test_an_outage_is_waited_out(self) -> None:
        work = raising(Infrastructure("away"))
        for tries in range(1, 4 * TRIES):
            await attempt(work, tries)
        assert (work.failures, work.told[-1], len(work.told)) == (0, pause_ms(100), 4 * TRIES - 1)

    async def test_what_is_foreseen_lost_or_stopped(self) -> None:
        foreseen, lost, stopped = raising(Foreseen()), raising(JobLost("w1")), raising(asyncio.CancelledError())
        stopped.failures = 3
        await attempt(foreseen, 1)
        await attempt(lost, 1)
        with pytest.raises(asyncio.CancelledError):
            await attempt(stopped, 1)
        assert (foreseen.told, lost.told, stopped.told, stopped.failures) == (["settled"], [], [0], 3)
