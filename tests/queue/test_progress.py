"""Progress, the recount that checks it, and the end of a project."""

import asyncio
import os
import subprocess
import sys

import pytest

from services.contracts.projects import RunState
from services.kit.outbox import Outbox
from services.kit.problems import Refused
from services.queue.projects import purge
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, answered, skipped


async def test_sums_add_up(bench: Bench) -> None:
    await bench.fill(20)
    await bench.discover(["waits.png"])
    page = await bench.claim("ann", 4)
    await bench.claim("bob", 3)
    labeled = [answered(page.items[0].id), answered(page.items[1].id, label="l1"), skipped(page.items[2].id)]
    await bench.submit("ann", page.token, labeled)
    await bench.publish()
    progress = await bench.queue.progresses.find(bench.project)
    assert (progress.total, progress.labeled, progress.skipped, progress.leased) == (21, 2, 1, 4)
    assert (progress.pending, progress.queued) == (1, {"0": 0, "1": 0, "2": 13})
    assert {(bar.label, bar.items) for bar in progress.labels} == {("l0", 1), ("l1", 1)}
    (ann,) = progress.labelers
    assert (ann.user, ann.labeled, ann.skipped) == ("ann", 2, 1)
    assert progress.last_change == bench.now


async def test_progress_of_an_unknown_project_is_refused(bench: Bench) -> None:
    with pytest.raises(Refused) as refused:
        await bench.queue.progresses.find("p" + "0" * 16)
    assert (refused.value.status, refused.value.code) == (404, "project_unknown")


async def test_recount_finds_and_repairs_drift_with_entries_still_waiting(bench: Bench) -> None:
    await bench.fill(4)
    page = await bench.claim("ann", 4)
    await bench.submit("ann", page.token, [answered(item.id) for item in page.items[:2]])
    await bench.publish()
    await bench.submit("ann", page.token, [answered(item.id, label="l1") for item in page.items[2:]])
    assert await bench.queue.recounter.check([bench.project], repair=False) == []
    await bench.store["counters"].update_one({"_id": bench.project}, {"$inc": {"labeled": 5, "labels.main.l9": 1}})
    await bench.store["intake"].update_one({"_id": bench.project}, {"$inc": {"total": 1}})
    (drifted,) = await bench.queue.recounter.check([bench.project], repair=False)
    assert drifted.drift() == {
        "counters.labeled": (9, 4),
        "counters.labels.main.l9": (1, 0),
        "intake.total": (5, 4),
    }
    await bench.queue.recounter.check([bench.project], repair=True)
    assert await bench.queue.recounter.check([bench.project], repair=False) == []
    await bench.publish()
    assert (await bench.queue.progresses.find(bench.project)).labeled == 4
    assert await bench.queue.recounter.check([bench.project], repair=False) == []


async def test_recount_is_right_while_labels_go_on(bench: Bench) -> None:
    await bench.fill(60)

    async def label(user: str) -> None:
        while (page := await bench.claim(user, 3)).items:
            await bench.submit(user, page.token, [answered(item.id) for item in page.items])

    work = asyncio.gather(*(label(f"user{number}") for number in range(4)))
    while not work.done():
        assert await bench.queue.recounter.check([bench.project], repair=False) == []
        await asyncio.sleep(0)
    await work


async def test_recount_command_says_what_differs_and_ends_with_1(bench: Bench, settings: QueueSettings) -> None:
    await bench.fill(2)
    await bench.store["intake"].update_one({"_id": bench.project}, {"$inc": {"pending": 3}})
    environment = {
        **os.environ,
        "LABELBUS_MONGO_URL": settings.mongo_url,
        "LABELBUS_DATABASE_PREFIX": settings.database_prefix,
        "LABELBUS_INTERNAL_KEY": "k" * 32,
    }

    async def run(*options: str) -> tuple[int | None, str]:
        command = (sys.executable, "-m", "services.queue", "recount", *options)
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, env=environment)
        said, _ = await process.communicate()
        return process.returncode, said.decode()

    status, said = await run("--project", bench.project)
    assert status == 1
    assert f"{bench.project} intake.pending: kept 3, counted 0" in said
    assert (await run("--repair"))[0] == 1
    assert not (await bench.recount()).drift()


async def test_deleted_project_leaves_nothing_but_nulls(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "ITEMS_AT_ONCE", 4)
    await bench.fill(10)
    page = await bench.claim("ann", 3)
    await bench.submit("ann", page.token, [answered(item.id) for item in page.items])
    await bench.publish()
    await bench.turn(RunState.DELETING)
    while await bench.queue.purge.step():
        assert not await bench.queue.purge.is_done(bench.project)
    events = await bench.events()
    assert {event["_id"]["a"] for event in events} == {item.id for item in page.items}
    assert {(event["value"], event["_id"]["v"]) for event in events} == {(None, 2)}
    assert not await bench.queue.purge.is_done(bench.project)
    await bench.publish()
    await bench.queue.purge.step()
    assert await bench.queue.purge.is_done(bench.project)
    for collection in ("items", "history", "chunks", "requests", "counters"):
        assert await bench.store[collection].find_one({}) is None
    await bench.discover(["late.png"])
    assert await bench.store["items"].find_one({}) is None
    assert await bench.queue.purge.step() is False


async def test_deletion_leaves_other_projects_alone(bench: Bench) -> None:
    await bench.fill(3)
    other = Bench(bench.store, Outbox(bench.store), bench.settings)
    await other.prepare()
    await other.fill(3)
    await bench.turn(RunState.DELETING)
    while await bench.queue.purge.step():
        pass
    assert len((await other.claim("ann")).items) == 3
