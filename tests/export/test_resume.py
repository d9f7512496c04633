"""Exports end, whatever dies in between, and end with the whole file."""

import pytest
import pytest_asyncio

from deploy.local.stack import Stack
from services.contracts import topics
from services.contracts.exports import ExportFormat, ExportJob, ExportRequested, JobState
from services.contracts.projects import RunState
from services.export.exports.models import Export
from services.export.files.models import Checkpoint
from services.kit import clock
from tests.export.world import World, project

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

ITEMS = 42_000
"""Enough for several parts of 5 MiB."""
CHUNK = 6_000


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def large(deployment: World) -> str:
    """A project with so many labels that its file has several parts."""
    world = deployment
    pets = project("Cat", "Dog", "Cow", multi=True)
    await world.publish(pets, pets.id)
    for start in range(0, ITEMS, CHUNK):
        keys = [f"folder/with a rather long name/{number:06}.png" for number in range(start, start + CHUNK)]
        await world.label(await world.discover(pets.id, keys), lambda number: ["l0", "l1", "l2"][: 1 + number % 3])
    return pets.id


async def _export(world: World, job: ExportJob) -> Export:
    found = await world.exports["exports"].find_one({"_id": job.id})
    return Export.model_validate(found["export"] if found else {"job": job})


async def _is_right(world: World, job: ExportJob) -> None:
    assert (job.state, job.rows) == (JobState.SUCCEEDED, ITEMS)
    file = world.coco(job)
    assert [image["id"] for image in file["images"]] == list(range(1, ITEMS + 1))
    assert len({image["file_name"] for image in file["images"]}) == ITEMS
    assert [annotation["id"] for annotation in file["annotations"]] == list(range(1, 2 * ITEMS + 1))
    numbers = {image["id"]: int(image["file_name"][-10:-4]) for image in file["images"]}
    chosen: dict[int, list[int]] = {}
    for annotation in file["annotations"]:
        chosen.setdefault(annotation["image_id"], []).append(annotation["category_id"])
    assert all(chosen[id_] == [1, 2, 3][: 1 + number % 3] for id_, number in numbers.items())
    assert world.objects(f"Labeling/export/{job.format}/{job.project}/{job.id}") == [job.key]


@pytest.mark.parametrize(("part", "copied"), [(1, 0), (2, 0), (0, 1)], ids=["first", "second", "copying"])
async def test_killed_in_the_middle_it_goes_on_behind_its_last_part(
    world: World, large: str, part: int, copied: int
) -> None:
    asked, before = await _killed(world, large, part, copied)
    world.start()
    job = await world.ended(asked)
    await _is_right(world, job)
    after = (await _export(world, asked)).checkpoint
    assert before.upload == after.upload
    assert job.finished_at is not None


async def _killed(world: World, large: str, part: int, copied: int) -> tuple[ExportJob, Checkpoint]:
    """An export that was killed when it had come so far; one that was faster than the kill is let go."""
    for _attempt in range(10):
        asked = await world.request(large, ExportFormat.COCO_AZURE)

        async def reached(asked: ExportJob = asked) -> bool:
            checkpoint = (await _export(world, asked)).checkpoint
            return len(checkpoint.parts) >= part and checkpoint.copied >= copied

        await world.until(reached)
        world.kill9()
        before = (await _export(world, asked)).checkpoint
        if not before.complete:
            return asked, before
        world.start()
        await world.ended(asked)
    raise AssertionError("ten exports were faster than the kill")


async def test_a_storage_that_dropped_the_parts_gets_them_again(world: World, large: str) -> None:
    asked = await world.request(large, ExportFormat.COCO_AZURE)

    async def reached() -> bool:
        return bool((await _export(world, asked)).checkpoint.parts)

    await world.until(reached)
    world.kill9()
    checkpoint = (await _export(world, asked)).checkpoint
    world.s3._abort_multipart_upload(world.settings.bucket, (await _export(world, asked)).job.key, checkpoint.upload)
    world.start()
    await _is_right(world, await world.ended(asked))


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
        return bool((await _export(world, asked)).checkpoint.parts)

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
