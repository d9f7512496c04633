"""Workers: they go on at once while there is more, outlive failures, and say when they do not turn."""

import asyncio

from services.kit.worker import Worker
from tests.kit.support import until


async def test_a_worker_goes_on_at_once_while_there_is_more_and_wakes_when_told() -> None:
    left = 5
    calls = 0

    async def step() -> bool:
        nonlocal left, calls
        calls += 1
        left -= left > 0
        return left > 0

    worker = Worker("w", step, idle_s=60)
    worker.start("queue")
    await until(lambda: left == 0)
    before = calls
    worker.wake()
    await until(lambda: calls == before + 1)
    assert not worker.dead()
    await worker.stop()


async def test_a_worker_that_finds_nothing_looks_less_often_until_it_is_woken() -> None:
    calls = 0

    async def step() -> bool:
        nonlocal calls
        calls += 1
        return False

    worker = Worker("w", step, idle_s=0.02, quiet_s=60)
    worker.start("queue")
    await asyncio.sleep(1)
    before = calls
    assert before < 15, "it would be 50 at an even pace"
    worker.wake()
    await until(lambda: calls > before + 2)
    await worker.stop()


async def test_a_worker_outlives_a_step_that_fails() -> None:
    calls = 0

    async def step() -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise KeyError("first")
        return False

    worker = Worker("w", step, idle_s=60)
    worker.start("queue")
    await until(lambda: calls == 2)
    assert not worker.dead()
    await worker.stop()


async def test_a_step_that_hangs_is_reported_unless_it_beats() -> None:
    entered = asyncio.Event()

    async def step() -> bool:
        entered.set()
        await asyncio.Event().wait()
        return False

    worker = Worker("w", step, stall_s=0.05)
    worker.start("queue")
    await entered.wait()
    await until(lambda: "did not turn" in worker.dead())
    worker.beat()
    assert not worker.dead()
    await worker.stop(grace_s=0)
