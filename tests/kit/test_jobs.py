"""Jobs: one worker at a time, and a dead worker's job is taken over."""

import asyncio

import pytest

from services.kit.jobs import JobLost, Jobs
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
