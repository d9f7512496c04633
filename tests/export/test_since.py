"""What came since an export, put onto it, is what a full export has: whatever happened to items in between."""

import csv
import io
import random
from typing import Any, Final

import pytest

from services.contracts.exports import ExportFilter, ExportFormat, ExportJob
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import ItemState
from services.contracts.projects import Project, TaskType
from services.kit import clock
from services.kit.admission import Admission
from services.kit.annotations import Annotations, Then
from services.kit.store import Document
from tests.export.world import World, project
from tests.queue.drawings import box, span

pytestmark = pytest.mark.asyncio(loop_scope="package")

MANY, CHUNK = 42_000, 6_000
"""Enough for several parts of 5 MiB."""
PICTURE = Media(format=MediaFormat.PNG, width=90, height=60)
FILTERS: Final = (ExportFilter(), ExportFilter(labels=["l1"]), ExportFilter(approved=True))
CHOSEN: Final = {"cat": ["l0"], "dog": ["l1"], "skip": list[str]()}
STATES: Final = {"remove": "removed", "lose": "missing", "reset": "queued"}
Labels = dict[str, Any]


async def _happen(world: World, lot: str, items: list[Document]) -> list[Document]:
    if lot in CHOSEN:
        return await world.label(items, lambda _: CHOSEN[lot])
    if lot in STATES:
        return await _to(world, STATES[lot], items)
    labeled = [item for item in items if item["state"] == ItemState.LABELED]
    approved = {"approved": {"by": "ben"}}
    return labeled and await world.step(labeled, lambda item: {"label": item["label"] | approved})


async def _to(world: World, state: str, items: list[Document]) -> list[Document]:
    return await world.step(items, lambda _: {"state": state})


async def _live(world: World, items: list[Document], chance: random.Random) -> list[Document]:
    """Something happens to each item, or nothing."""
    after = {item["_id"]: item for item in items}
    for _ in range(chance.randint(1, 3)):
        lots = {id_: chance.choice([*CHOSEN, *STATES, "approve", "", ""]) for id_ in after}
        for lot in {*lots.values()} - {""}:
            changed = await _happen(world, lot, [after[id_] for id_ in lots if lots[id_] == lot])
            after |= {item["_id"]: item for item in changed}
    return list(after.values())


async def _read(annotations: Annotations, then: Then) -> tuple[Labels, set[str]]:
    pages = [page async for page in annotations.labeled_as_of(then, page=7)]
    labels: Labels = {item.item: (item.labels, item.approved) for page in pages for item in page.items}
    return labels, {gone.item for page in pages for gone in page.gone}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(1, 12))])
async def test_what_came_since_makes_of_the_earlier_labels_the_later_ones(deployment: World, seed: int) -> None:
    chance, of = random.Random(seed), project("Cat", "Dog").id
    items = await _live(deployment, await deployment.discover(of, [f"{n}.png" for n in range(60)]), chance)
    times = [clock.now_ms()]
    for _ in range(2):
        await deployment.tick()
        items = await _live(deployment, items, chance) + await deployment.discover(of, [f"{len(times)}-new.png"])
        times.append(clock.now_ms())
        await deployment.tick()
    await _live(deployment, items, chance)  # what comes later must not matter
    annotations = Annotations(deployment.settings)
    try:
        for wanted in map(Admission, FILTERS):
            whole = [(await _read(annotations, Then(of, at, wanted)))[0] for at in times]
            merged = dict(whole[0])
            for number in (1, 2):
                changed, gone = await _read(annotations, Then(of, times[number], wanted, times[number - 1]))
                assert gone <= merged.keys()
                merged = {item: label for item, label in merged.items() if item not in gone} | changed
                assert merged == whole[number]
    finally:
        await annotations.close()


async def test_what_was_being_saved_while_an_export_was_made_is_in_the_next(deployment: World) -> None:
    of = project("Cat", "Dog").id
    items = await deployment.discover(of, [f"{n}.png" for n in range(4)])
    late, unlabeled, old, new = items
    old, unlabeled = await deployment.label([old, unlabeled], lambda _: ["l0"])
    await deployment.tick()
    asked = clock.now_ms()
    (late,) = await deployment.label([late], lambda _: ["l1"])
    await _to(deployment, "queued", [unlabeled])
    await deployment.tick()
    since = clock.now_ms()  # the two changes have the time `asked` and might reach the store only now
    await deployment.tick()
    (new,) = await deployment.label([new], lambda _: ["l0"])
    annotations = Annotations(deployment.settings)
    try:
        exact = Then(of, clock.now_ms(), since_ms=since)
        labels, gone = await _read(annotations, exact)
        assert (set(labels), gone) == ({new["_id"]}, set())
        labels, gone = await _read(annotations, exact._replace(overlap_ms=since - asked + 1))
        assert (set(labels), gone) == ({new["_id"], late["_id"]}, {unlabeled["_id"]})
    finally:
        await annotations.close()


def _place(row: dict[str, Any]) -> str:
    return f"{row['file']}#{row['row']}" if "row" in row else str(row["file"])


def _jsonl(world: World, job: ExportJob) -> Labels:
    return {row["image_url"].partition("//pictures/")[2] or row["image_url"]: row for row in world.rows(job)}


def _yolo(world: World, job: ExportJob) -> Labels:
    """By the names that the manifest gives."""
    file, listed = world.zip(job), world.manifest(job)["origins"]
    return {_place(each): file.read(f"labels/{each['name'].rpartition('.')[0]}.txt") for each in listed}


def _conll(world: World, job: ExportJob) -> Labels:
    texts = [text for text in world.file(job).decode().split("\n\n") if text]
    return dict(zip(map(_place, world.manifest(job)["origins"]), texts, strict=True))


def _csv(world: World, job: ExportJob) -> Labels:
    rows = list(csv.reader(io.StringIO(world.file(job).decode())))[1:]
    return dict(zip(map(_place, world.manifest(job)["origins"]), rows, strict=True))


def _coco(world: World, job: ExportJob) -> Labels:
    file, found = world.coco(job), {}
    for image in file["images"]:
        own = [each for each in file["annotations"] if each["image_id"] == image["id"]]
        found[image["file_name"]] = [(each["category_id"], each["bbox"]) for each in own]
    return found


READERS: Final = {
    ExportFormat.JSONL: _jsonl,
    ExportFormat.COCO: _coco,
    ExportFormat.YOLO: _yolo,
    ExportFormat.CONLL: _conll,
    ExportFormat.CSV: _csv,
}


async def _all(world: World, of: Project, formats: list[ExportFormat], since: list[ExportJob]) -> list[ExportJob]:
    before = [{"since_export": job.id, "since": job.requested_at} for job in since] or [{}] * len(formats)
    asked = [await world.request(of.id, each, **wishes) for each, wishes in zip(formats, before, strict=True)]
    return [await world.ended(job) for job in asked]


async def _compare(
    world: World, formats: list[ExportFormat], first: list[ExportJob], since: list[ExportJob], whole: list[ExportJob]
) -> list[dict[str, Any]]:
    """What the manifests say is gone."""
    for format_, base, step, full in zip(formats, first, since, whole, strict=True):
        read, manifest = READERS[format_], world.manifest(step)
        changed, gone = read(world, step), {_place(each) for each in manifest["removed"]}
        assert manifest["removed_items"] == len(manifest["removed"]) == step.removed
        kept = {place: label for place, label in read(world, base).items() if place not in gone}
        assert (step.rows, kept | changed) == (len(changed), read(world, full)), format_
        assert "removed" not in world.manifest(full)
    removed: list[dict[str, Any]] = world.manifest(since[0])["removed"]
    return removed


async def test_files_of_pictures_fit_each_other(world: World) -> None:
    of = project("Cat", "Dog", task=TaskType.IMAGE_BOX)
    formats = [ExportFormat.JSONL, ExportFormat.COCO, ExportFormat.YOLO]
    await world.publish(of, of.id)
    keys = ["a.png", "a.jpg", "skip.png", "gone.png", "lost.png", "again.png", "open.png", "b.png"]
    found = await world.discover(of.id, keys, PICTURE)
    old = dict(zip(keys, await world.draw(of, found[:7], lambda _: [box("r", 1, 1, 9, 9)]), strict=False))
    await world.tick()
    first = await _all(world, of, formats, [])
    await world.tick()
    await world.label([old["skip.png"]], lambda _: [])
    for key, state in {"gone.png": "removed", "lost.png": "missing", "open.png": "queued"}.items():
        await _to(world, state, [old[key]])
    await world.draw(of, [old["a.jpg"], found[7]], lambda _: [box("r", 2, 2, 9, 9, label="l1")])
    await world.step([old["again.png"]], lambda _: {})
    await world.tick()
    since = await _all(world, of, formats, first)
    whole = await _all(world, of, formats, [])
    removed = await _compare(world, formats, first, since, whole)
    assert {each["file"]: each["reason"] for each in removed} == {
        "skip.png": "skipped",
        "gone.png": "removed",
        "lost.png": "missing",
        "open.png": "unlabeled",
    }
    # no name of the later zip is that of another item in the earlier one
    names = [{each["name"]: each["file"] for each in world.manifest(jobs[2])["origins"]} for jobs in (first, since)]
    assert all(names[0].get(name, file) == file for name, file in names[1].items())


@pytest.mark.proof
async def test_killed_in_the_middle_it_still_fits_the_earlier_one(world: World) -> None:
    of, formats, labeled = project("Cat", "Dog"), [ExportFormat.JSONL], list[Document]()
    await world.publish(of, of.id)
    for start in range(0, MANY, CHUNK):
        keys = [f"folder/with a rather long name/{number:06}.png" for number in range(start, start + CHUNK)]
        labeled += await world.label(await world.discover(of.id, keys), lambda _: ["l0"])
    await world.tick()
    first = await _all(world, of, formats, [])
    await world.tick()
    await world.remove(labeled[:CHUNK])
    for start in range(CHUNK, MANY, CHUNK):
        await world.label(labeled[start : start + CHUNK], lambda _: ["l1"])
    await world.tick()
    wishes: dict[str, Any] = {"since_export": first[0].id, "since": first[0].requested_at}
    asked, before = await world.killed(of.id, formats[0], lambda done: bool(done.parts), **wishes)
    world.start()
    since = await world.ended(asked)
    assert (await world.export(asked)).checkpoint.upload == before.upload
    removed = await _compare(world, formats, first, [since], await _all(world, of, formats, []))
    assert (since.rows, len(removed)) == (MANY - CHUNK, CHUNK)


async def test_files_that_do_not_name_their_items_fit_each_other(world: World) -> None:
    texts, rows = project("City", task=TaskType.TEXT_ENTITIES), project("Cat", task=TaskType.TEXT_MULTI_CLASS)
    for of in (texts, rows):
        await world.publish(of, of.id)
    keys = ["1.txt", "2.txt", "3.txt"]
    for key in keys:
        world.put("pictures", key, b"To Rome and back")
    found = await world.discover(texts.id, keys, Media(format=MediaFormat.TEXT, chars=16))
    drawn = await world.draw(texts, found[:2], lambda _: [span("s", 3, 7)])
    cells = await world.table(rows.id, "t.csv", [{"text": f"row {number}"} for number in range(5)])
    await world.tick()
    formats = [ExportFormat.CONLL], [ExportFormat.CSV]
    first = [await _all(world, of, each, []) for of, each in zip((texts, rows), formats, strict=True)]
    await world.tick()
    await world.label(drawn[:1], lambda _: [])
    await world.draw(texts, found[2:], lambda _: [span("s", 0, 2)])
    await world.step(cells[1:2], lambda _: {"state": "removed"})
    await world.label(cells[2:3], lambda _: [])
    await world.label(cells[3:4], lambda _: ["l0"])
    await world.tick()
    for of, each, base in zip((texts, rows), formats, first, strict=True):
        since, whole = await _all(world, of, each, base), await _all(world, of, each, [])
        removed = await _compare(world, each, base, since, whole)
        assert sorted(map(_place, removed)) == (["1.txt"] if of is texts else ["t.csv#2", "t.csv#3"])
