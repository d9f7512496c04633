"""Exports end, whatever dies in between, and end with the whole file."""

import pytest
import pytest_asyncio

from deploy.local.stack import Stack
from services.contracts import topics
from services.contracts.exports import ExportFormat, ExportJob, ExportRequested, JobState
from services.contracts.projects import RunState
from services.kit import clock
from tests.export.world import World, project

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(240)]

ITEMS = 12_600
"""Enough for several parts of 5 MiB, of images and of annotations, since names are long and labels many."""
CHUNK = 4_200
CLASSES = [f"Class {number}" for number in range(15)]
EACH = (1 + len(CLASSES)) // 2
"""Labels of an item in the middle."""
LONG = "/".join(["a folder with a name that is rather long"] * 15)


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def large(deployment: World) -> str:
    """A project with so many labels that its file has several parts."""
    world = deployment
    pets = project(*CLASSES, multi=True)
    await world.publish(pets, pets.id)
    for start in range(0, ITEMS, CHUNK):
        keys = [f"{LONG}/{number:06}.png" for number in range(start, start + CHUNK)]
        await world.label(await world.discover(pets.id, keys), lambda number: [f"l{one}" for one in _classes(number)])
    return pets.id


def _classes(number: int) -> range:
    """Of an item, from 0."""
    return range(1 + number % len(CLASSES))


def _is_right(world: World, job: ExportJob) -> None:
    assert (job.state, job.rows) == (JobState.SUCCEEDED, ITEMS)
    file = world.coco(job)
    assert [image["id"] for image in file["images"]] == list(range(1, ITEMS + 1))
    assert len({image["file_name"] for image in file["images"]}) == ITEMS
    assert [annotation["id"] for annotation in file["annotations"]] == list(range(1, EACH * ITEMS + 1))
    numbers = {image["id"]: int(image["file_name"][-10:-4]) for image in file["images"]}
    chosen: dict[int, list[int]] = {}
    for annotation in file["annotations"]:
        chosen.setdefault(annotation["image_id"], []).append(annotation["category_id"])
    assert all(chosen[id_] == [1 + one for one in _classes(number)] for id_, number in numbers.items())
    folder = f"Labeling/export/{job.format}/{job.project}/{job.id}"
    assert sorted(world.objects(folder)) == [job.key, f"{folder}/manifest.json"]


def _are_right(world: World, job: ExportJob) -> None:
    assert (job.state, job.rows) == (JobState.SUCCEEDED, ITEMS)
    rows = world.rows(job)
    assert len({row["image_url"] for row in rows}) == len(rows) == ITEMS
    numbers = [int(row["image_url"][-10:-4]) for row in rows]
    assert all(row["label"] == [CLASSES[one] for one in _classes(n)] for row, n in zip(rows, numbers, strict=True))
    folder = job.key.removesuffix("data.jsonl")
    assert sorted(world.objects(folder)) == [f"{folder}MLTable", job.key, f"{folder}manifest.json"]


@pytest.mark.parametrize(
    ("part", "copied"),
    [
        pytest.param(1, 0, id="first", marks=pytest.mark.proof),
        pytest.param(2, 0, id="second"),
        pytest.param(0, 1, id="copying"),
    ],
)
async def test_killed_in_the_middle_it_goes_on_behind_its_last_part(
    world: World, large: str, part: int, copied: int
) -> None:
    asked, before = await world.killed(
        large, ExportFormat.COCO_AZURE, lambda done: len(done.parts) >= part and done.copied >= copied
    )
    world.start()
    job = await world.ended(asked)
    _is_right(world, job)
    after = (await world.export(asked)).checkpoint
    assert before.upload == after.upload
    assert job.finished_at is not None


@pytest.mark.parametrize("profile", [ExportFormat.COCO_AZURE, ExportFormat.JSONL])
async def test_a_storage_that_dropped_the_parts_gets_them_again(
    world: World, large: str, profile: ExportFormat
) -> None:
    asked, before = await world.killed(large, profile, lambda done: bool(done.parts))
    world.s3._abort_multipart_upload(world.settings.bucket, (await world.export(asked)).job.key, before.upload)
    world.start()
    job = await world.ended(asked)
    (_are_right if profile is ExportFormat.JSONL else _is_right)(world, job)


async def test_lines_go_on_behind_their_last_part(world: World, large: str) -> None:
    asked, before = await world.killed(large, ExportFormat.JSONL, lambda done: bool(done.parts))
    assert before.last
    world.start()
    _are_right(world, await world.ended(asked))
    after = (await world.export(asked)).checkpoint
    assert (after.upload, after.items) == (before.upload, ITEMS)


async def test_killed_between_the_file_and_its_news_it_tells_of_the_same_file(world: World, large: str) -> None:
    first = await world.ended(await world.request(large, ExportFormat.JSONL))
    data, manifest = world.file(first), world.manifest(first)
    world.kill9()
    again = {"export.job.state": "running", "export.job.version": first.version - 1, "work": "waiting", "lease": None}
    await world.exports["exports"].update_one({"_id": first.id}, {"$set": again})
    world.start()

    async def told_again() -> ExportJob | None:
        job = (await world.export(first)).job
        return job if job.state is JobState.SUCCEEDED else None

    job = await world.until(told_again)
    _are_right(world, job)
    assert (world.file(job), job.sha256, job.size) == (data, first.sha256, first.size)
    assert (world.manifest(job), job.files) == (manifest, first.files)


async def test_an_outage_of_the_storage_only_delays(world: World, stack: Stack) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    await world.label(await world.discover(pets.id, ["1"]), lambda _: ["l0"])
    stack.s3_process.kill9()
    try:
        asked = await world.request(pets.id)

        async def postponed() -> bool:
            tried = {"_id": asked.id, "tries": {"$gte": 2}, "export.job.state": "running"}
            return await world.exports["exports"].find_one(tried) is not None

        await world.until(postponed)
    finally:
        stack.s3_process.start()
    assert (await world.ended(asked)).state is JobState.SUCCEEDED


async def test_a_project_being_deleted_ends_its_exports(world: World) -> None:
    pets = project("Cat")
    gone = pets.model_copy(update={"version": 4, "run_state": RunState.DELETING})
    await world.publish(gone, pets.id)
    await world.publish(pets, pets.id)  # late, and older
    job = await world.ended(await world.request(pets.id))
    assert (job.state, job.error) == (JobState.CANCELED, "The project was deleted.")
    assert world.objects(f"Labeling/export/coco/{pets.id}/") == []


async def test_a_running_export_is_canceled_when_its_project_is_deleted(world: World, large: str) -> None:
    asked = await world.request(large, ExportFormat.COCO_AZURE)

    async def running() -> bool:
        return bool((await world.export(asked)).checkpoint.parts)

    await world.until(running)
    world.kill9()
    projects = world.exports["projects"]
    await projects.update_one({"_id": large}, {"$set": {"run_state": "deleting"}})
    world.start()
    assert (await world.ended(asked)).state is JobState.CANCELED
    assert world.objects(f"Labeling/export/coco_azure/{large}/{asked.id}") == []
    await projects.update_one({"_id": large}, {"$set": {"run_state": "running"}})


async def test_a_project_that_never_arrives_fails_the_export(world: World) -> None:
    old = ExportJob(
        id="e0123456789abcdef",
        project="p0123456789abcdef",
        version=1,
        format=ExportFormat.COCO,
        state=JobState.REQUESTED,
        requested_at=clock.from_ms(clock.now_ms() - 31_000),
    )
    await world.publish(ExportRequested(export=old), old.id)
    job = await world.ended(old)
    assert (job.state, job.error) == (JobState.FAILED, "There is no project p0123456789abcdef.")


async def test_a_project_that_arrives_late_is_waited_for(world: World) -> None:
    pets = project("Cat")
    asked = await world.request(pets.id)

    async def tried() -> bool:
        return await world.exports["exports"].find_one({"_id": asked.id, "tries": {"$gte": 1}}) is not None

    await world.until(tried)
    await world.publish(pets, pets.id)
    assert (await world.ended(asked)).state is JobState.SUCCEEDED


async def test_a_label_that_no_class_of_the_project_is_fails_with_a_reason(world: World) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    await world.label(await world.discover(pets.id, ["1"]), lambda _: ["l7"])
    asked = await world.request(pets.id)
    job = await world.ended(asked)
    assert job.state is JobState.FAILED
    assert "l7" in job.error


async def test_foreign_records_stop_nothing(world: World) -> None:
    type_ = "labelbus.v1.ExportRequested"
    job = ExportJob(
        id="../../x",
        project="pfedcba9876543210",
        version=1,
        format=ExportFormat.COCO,
        state=JobState.REQUESTED,
        requested_at=clock.now(),
    )
    for value in (b"", b"{", b'{"export":{}}', None):
        await world.send(topics.EXPORTS, "e1", value, type_)
    await world.send(topics.EXPORTS, "e1", b"{}", "labelbus.v9.Unknown")
    await world.publish(ExportRequested(export=job), job.id)
    pets = project("Cat")
    await world.send(topics.PROJECTS, pets.id, None, "")
    await world.publish(pets, pets.id)
    assert (await world.ended(await world.request(pets.id))).state is JobState.SUCCEEDED
    assert await world.exports["exports"].find_one({"export.job.project": job.project}) is None


async def test_the_same_request_twice_makes_one_file(world: World) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    asked = await world.request(pets.id)
    await world.publish(ExportRequested(export=asked), asked.id)
    first = await world.ended(asked)
    await world.publish(ExportRequested(export=asked), asked.id)
    await world.ended(await world.request(pets.id))
    assert [each for each in await world.told(asked) if each.state is JobState.SUCCEEDED] == [first]
