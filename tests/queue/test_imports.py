"""Imports that were agreed to: what is written, what stays, and that a kill -9 neither doubles nor loses anything."""

import asyncio
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deploy.local.process import Child, Command
from services.contracts import ids
from services.contracts.import_lines import ImportLine, chunk_key
from services.contracts.imports import ImportFormat, ImportJob, ImportMode, ImportState
from services.contracts.labels import Answer, ItemState, Origin, Region, Shape
from services.contracts.projects import RunState, TaskType
from services.kit import clock
from services.kit.outbox import COLLECTION as OUTBOX
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, answered, skipped
from tests.support import nursery

REPOSITORY = Path(__file__).parents[2]


async def ready(bench: Bench, names: Sequence[str]) -> None:
    """Items that wait to be labeled."""
    for begin in range(0, len(names), 1_000):
        await bench.discover(names[begin : begin + 1_000])
        await bench.probe(names[begin : begin + 1_000])


def line(bench: Bench, name: str, label: str = "l1", confidence: float = 1.0) -> ImportLine:
    answers = [Answer(set="main", labels=[label])]
    return ImportLine(item=bench.item(name), answers=answers, confidence=confidence)


async def agreed(
    bench: Bench,
    chunks: Sequence[Sequence[ImportLine]],
    mode: ImportMode,
    state: ImportState = ImportState.APPLYING,
) -> str:
    """An import with these chunks, as the topic brings it."""
    job = ImportJob(
        id=ids.new_id("i"),
        project=bench.project,
        version=7,
        format=ImportFormat.COCO,
        mode=mode,
        state=state,
        datastore="d",
        key="k",
        matched=sum(map(len, chunks)),
        chunks=len(chunks),
        requested_by="importer",
        requested_at=clock.now(),
        confirmed_at=clock.from_ms(bench.now),
    )
    for number, lines in enumerate(chunks):
        data = "".join(f"{one.model_dump_json(exclude_defaults=True)}\n" for one in lines).encode()
        await bench.blobs.put(bench.settings.bucket, chunk_key(bench.project, job.id, number), data)
    await bench.queue.imports.add(job)
    return job.id


async def applied(bench: Bench, chunks: Sequence[Sequence[ImportLine]], mode: ImportMode) -> ImportJob:
    """The import after its worker is done with it."""
    import_id = await agreed(bench, chunks, mode)
    assert await bench.queue.applier.step()
    return await job_of(bench, import_id)


async def job_of(bench: Bench, import_id: str) -> ImportJob:
    found = await bench.store["imports"].find_one({"_id": import_id})
    assert found is not None
    return ImportJob.model_validate(found["import"]["job"])


async def items(bench: Bench) -> dict[str, dict[str, Any]]:
    found = bench.store["items"].find({"project": bench.project})
    return {item["source"]["key"]: item async for item in found}


class TestFinalLabels:
    async def test_only_items_that_wait_get_one(self, bench: Bench) -> None:
        names = ["waits", "labeled", "skipped", "held"]
        await ready(bench, [*names, "gone"])
        page = await bench.claim("anna", size=5)
        await bench.submit("anna", page.token, [answered(bench.item("labeled")), skipped(bench.item("skipped"))])
        await bench.release("anna", page.token, items=[bench.item("waits"), bench.item("gone")])
        await bench.miss(["gone"])
        unknown = ImportLine(item=ids.item_id("p0000000000000000", "x"), answers=[Answer(set="main", labels=["l1"])])
        lines = [line(bench, name) for name in [*names, "gone"]]
        job = await applied(bench, [lines[:2], [*lines[2:], unknown]], ImportMode.LABELS)
        assert (job.state, job.applied, job.already_labeled, job.kept) == (ImportState.SUCCEEDED, 1, 1, 4)
        found = await items(bench)
        assert found["waits"]["state"] == ItemState.LABELED
        assert found["waits"]["label"]["answers"] == [{"set": "main", "labels": ["l1"]}]
        assert (found["waits"]["label"]["by"], found["waits"]["label"]["import_id"]) == ("importer", job.id)
        assert [found[name]["state"] for name in names[1:]] == ["labeled", "skipped", "leased"]
        assert found["labeled"]["label"]["by"] == "anna"
        row = await bench.store["history"].find_one({"item": bench.item("waits")})
        assert row is not None
        assert (row["version"], row["import_id"]) == (1, job.id)

    async def test_what_the_project_no_longer_takes_is_named(self, bench: Bench) -> None:
        await ready(bench, ["a", "b"])
        job = await applied(bench, [[line(bench, "a", "l2"), line(bench, "b")]], ImportMode.LABELS)
        assert (job.applied, job.kept) == (1, 1)
        assert [(one.key, one.code) for one in job.problems] == [("a", "changed_meanwhile")]

    async def test_it_waits_for_items_on_their_way(self, bench: Bench) -> None:
        await bench.discover(["late"])
        import_id = await agreed(bench, [[line(bench, "late")]], ImportMode.LABELS)
        assert await bench.queue.applier.step()
        assert (await job_of(bench, import_id)).state is ImportState.APPLYING
        assert not await bench.queue.applier.step()
        await bench.probe(["late"])
        await bench.store["imports"].update_one({"_id": import_id}, {"$set": {"lease": None}})
        assert await bench.queue.applier.step()
        assert (await job_of(bench, import_id)).applied == 1

    async def test_a_canceled_import_writes_nothing_more(self, bench: Bench) -> None:
        await ready(bench, ["a"])
        import_id = await agreed(bench, [[line(bench, "a")]], ImportMode.LABELS)
        assert await bench.queue.imports.cancel(import_id, "It was canceled.")
        assert await bench.queue.imports.cancel(import_id, "Again.")
        assert not await bench.queue.applier.step()
        assert (await items(bench))["a"]["state"] == ItemState.QUEUED

    async def test_a_deleted_project_gets_none(self, bench: Bench) -> None:
        await ready(bench, ["a"])
        import_id = await agreed(bench, [[line(bench, "a")]], ImportMode.LABELS)
        await bench.turn(RunState.DELETING)
        assert await bench.queue.applier.step()
        assert (await job_of(bench, import_id)).state is ImportState.CANCELED


class TestCounting:
    async def test_what_has_a_label_is_told_before_anybody_agrees(self, bench: Bench) -> None:
        names = ["waits", "labeled", "skipped", "held"]
        await ready(bench, names)
        await bench.discover(["probed later"])
        page = await bench.claim("anna", size=4)
        await bench.submit("anna", page.token, [answered(bench.item("labeled")), skipped(bench.item("skipped"))])
        await bench.release("anna", page.token, items=[bench.item("waits")])
        before = await items(bench)
        lines = [line(bench, name) for name in [*names, "probed later", "not here yet"]]
        import_id = await agreed(bench, [lines[:2], lines[2:]], ImportMode.LABELS, ImportState.COUNTING)
        assert await bench.queue.applier.step()
        job = await job_of(bench, import_id)
        assert (job.state, job.applied, job.already_labeled, job.kept) == (ImportState.CHECKED, 0, 1, 2)
        assert job.checked_at is not None
        assert await items(bench) == before
        assert not await bench.queue.applier.step()

        await bench.probe(["probed later"])
        stale = job.model_copy(update={"version": job.version - 1, "state": ImportState.COUNTING})
        await bench.queue.imports.add(stale)
        assert not await bench.queue.applier.step()
        confirmed = {
            "version": job.version + 1,
            "state": ImportState.APPLYING,
            "confirmed_at": clock.from_ms(bench.now),
        }
        await bench.queue.imports.add(job.model_copy(update=confirmed))
        assert await bench.queue.applier.step()
        job = await job_of(bench, import_id)
        assert (job.state, job.applied, job.already_labeled, job.kept) == (ImportState.SUCCEEDED, 2, 1, 3)

    async def test_it_is_canceled_or_fails_as_others(self, bench: Bench) -> None:
        await ready(bench, ["a"])
        import_id = await agreed(bench, [[line(bench, "a")]], ImportMode.LABELS, ImportState.COUNTING)
        assert await bench.queue.imports.cancel(import_id, "It was canceled.")
        assert not await bench.queue.applier.step()
        import_id = await agreed(bench, [[line(bench, "a")]], ImportMode.LABELS, ImportState.COUNTING)
        await bench.blobs.delete(bench.settings.bucket, chunk_key(bench.project, import_id, 0))
        assert await bench.queue.applier.step()
        job = await job_of(bench, import_id)
        assert (job.state, "gone from object storage" in job.error) == (ImportState.FAILED, True)


class TestPrelabels:
    async def test_the_surest_come_first_and_versions_stay(self, bench: Bench) -> None:
        await ready(bench, [f"{number}" for number in range(6)])
        lines = [line(bench, f"{number}", confidence=number / 3) for number in range(4)]
        job = await applied(bench, [lines], ImportMode.PRELABELS)
        assert job.applied == 4
        ranks = {key: item["rank"] for key, item in (await items(bench)).items() if item["kind"] == 0}
        assert sorted(ranks, key=ranks.__getitem__) == ["3", "2", "1", "0"]
        page = await bench.claim("anna", size=6)
        assert (page.kind, len(page.items)) == (0, 4)
        assert {item.version for item in page.items} == {0}
        first = next(item for item in page.items if item.source.key == "3")
        assert first.answers == [Answer(set="main", labels=["l1"])]
        assert first.prelabel is not None
        assert (first.prelabel.run, first.prelabel.confidence) == (f"import:{job.id}", 1.0)
        assert await bench.store["history"].count_documents({}) == 0

    async def test_masks_come_from_object_storage(self, bench: Bench) -> None:
        await bench.prepare(TaskType.IMAGE_MASK)
        await bench.turn(RunState.RUNNING)
        await ready(bench, ["a"])
        region = Region(id="i1", label="l0", shape=Shape.MASK, origin=Origin.IMPORT, rle="0P2")
        await applied(bench, [[ImportLine(item=bench.item("a"), regions=[region])]], ImportMode.PRELABELS)
        assert (await items(bench))["a"]["prelabel"]["regions"] == []
        (item,) = (await bench.claim("anna", size=1)).items
        assert item.regions == [region]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("number", "kills"), [(900, 2), pytest.param(20_000, 12, marks=pytest.mark.proof)])
async def test_killed_again_and_again_nothing_is_lost_or_doubled(
    bench: Bench, settings: QueueSettings, number: int, kills: int
) -> None:
    chance = random.Random(number)
    names = [f"{place}" for place in range(number)]
    await ready(bench, names)
    bench.now = clock.now_ms()
    size = number // 3
    chunks = [[line(bench, name) for name in names[begin : begin + size]] for begin in range(0, number, size)]
    import_id = await agreed(bench, chunks, ImportMode.LABELS)
    for least in sorted(chance.sample(range(number * 2 // 3), kills)):
        process = _process(settings)
        await _until(bench, import_id, least)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    process = _process(settings)
    try:
        await _until(bench, import_id, number)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    job = await job_of(bench, import_id)
    assert (job.state, job.applied, job.already_labeled, job.kept) == (ImportState.SUCCEEDED, number, 0, 0)
    assert {(item["state"], item["version"]) for item in (await items(bench)).values()} == {("labeled", 1)}
    assert await bench.store["history"].count_documents({"project": bench.project}) == number
    told = Counter([entry["_id"]["a"] async for entry in bench.store[OUTBOX].find({"topic": {"$regex": "labels"}})])
    assert (len(told), set(told.values())) == (number, {1})


@pytest.mark.proof
@pytest.mark.timeout(300)
async def test_killed_while_it_counts_it_counts_each_once(bench: Bench, settings: QueueSettings) -> None:
    names = [f"{place}" for place in range(4_000)]
    await ready(bench, names)
    chunks = [[line(bench, name) for name in names[begin : begin + 20]] for begin in range(0, 4_000, 20)]
    await applied(bench, chunks[:150], ImportMode.LABELS)
    import_id = await agreed(bench, chunks, ImportMode.LABELS, ImportState.COUNTING)
    for least in (600, 1_200, 1_800, 2_400):
        process = _process(settings)
        await _until_counted(bench, import_id, least)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    process = _process(settings)
    try:
        await _until_counted(bench, import_id, 3_000, ImportState.CHECKED)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    job = await job_of(bench, import_id)
    assert (job.already_labeled, job.kept, job.applied) == (3_000, 0, 0)


async def _until_counted(bench: Bench, import_id: str, least: int, state: ImportState | None = None) -> None:
    deadline = time.monotonic() + 60
    while True:
        job = await job_of(bench, import_id)
        if job.already_labeled >= least and job.state is (state or job.state):
            return
        assert time.monotonic() < deadline, job
        await asyncio.sleep(0.002)


def _process(settings: QueueSettings) -> Child:
    shown = settings.model_dump(mode="json") | {
        name: value.get_secret_value() for name, value in settings if hasattr(value, "get_secret_value")
    }
    program = [sys.executable, "-m", "tests.queue.import_process", json.dumps(shown)]
    return nursery.spawn(Command(program, {}, REPOSITORY), sys.stderr.fileno())


async def _until(bench: Bench, import_id: str, least: int) -> None:
    """Wait until so many labels are written, and at the end until the import says so."""
    deadline = time.monotonic() + 120
    while True:
        job = await job_of(bench, import_id)
        if job.applied >= least and (job.applied < job.matched or job.state is ImportState.SUCCEEDED):
            return
        assert time.monotonic() < deadline, job
        await asyncio.sleep(0.01)
