"""Exports with masks end with the whole file and every mask, whatever dies in between."""

import io

import numpy as np
import pytest
from PIL import Image

from services.contracts.exports import ExportFormat, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import Project, RunState, TaskType
from tests.export.world import World, project
from tests.queue.drawings import mask, painted

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(240)]

MASKS = 150
SMALL = Media(format=MediaFormat.PNG, width=90, height=60)


async def _painted(world: World) -> Project:
    """Item n has its first n % 50 + 1 columns painted."""
    of = project("Cat", task=TaskType.IMAGE_MASK)
    await world.publish(of, of.id)
    found = await world.discover(of.id, [f"{number:03}" for number in range(MASKS)], SMALL)
    await world.draw(of, found, lambda number: [mask("m", painted(60, 90, (0, 0, 60, number % 50 + 1)))])
    return of


async def test_killed_while_it_paints_it_paints_all(world: World) -> None:
    of = await _painted(world)
    asked = await world.request(of.id, ExportFormat.JSONL)
    folder = f"Labeling/export/jsonl/{of.id}/{asked.id}/"

    async def begun() -> bool:
        return len(world.objects(f"{folder}masks/")) > 20

    await world.until(begun)
    world.kill9()
    world.start()
    job = await world.ended(asked)
    assert (job.state, job.rows) == (JobState.SUCCEEDED, MASKS)
    rows = world.rows(job)
    assert len({row["mask_url"] for row in rows}) == MASKS
    for row in rows[::30]:
        picture = np.asarray(Image.open(io.BytesIO(world.beside(job, f"masks/{row['mask_url'].rpartition('/')[2]}"))))
        columns = int(row["image_url"][-3:]) % 50 + 1
        assert picture[:, :columns].all()
        assert not picture[:, columns:].any()
    assert len(world.objects(folder)) == MASKS + 4


async def test_a_canceled_export_leaves_nothing(world: World) -> None:
    of = await _painted(world)
    asked = await world.request(of.id, ExportFormat.JSONL)
    folder = f"Labeling/export/jsonl/{of.id}/{asked.id}/"

    async def begun() -> bool:
        return bool(world.objects(f"{folder}masks/"))

    await world.until(begun)
    world.kill9()
    await world.exports["projects"].update_one({"_id": of.id}, {"$set": {"run_state": RunState.DELETING}})
    world.start()
    assert (await world.ended(asked)).state is JobState.CANCELED
    assert world.objects(folder) == []


async def test_regions_that_are_lost_fail_the_export_with_a_reason(world: World) -> None:
    of = project("Cat", task=TaskType.IMAGE_MASK)
    await world.publish(of, of.id)
    (item,) = await world.draw(
        of, await world.discover(of.id, ["a"], SMALL), lambda _: [mask("m", painted(60, 90, (0, 0, 9, 9)))]
    )
    key = item["label"]["regions_ref"]["key"]
    world.s3.remove_object(bucket_name=world.settings.bucket, object_name=key)
    job = await world.ended(await world.request(of.id, ExportFormat.JSONL))
    assert job.state is JobState.FAILED
    assert key in job.error
    assert world.objects(f"Labeling/export/jsonl/{of.id}/") == []
