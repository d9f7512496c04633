"""A manifest of more files than one part holds, which lists each of them."""

import pytest

from services.contracts.exports import ExportFormat, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import TaskType
from services.kit.parts import LEAST
from tests.export.world import World, project
from tests.queue.drawings import box

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.proof]

PICTURE = Media(format=MediaFormat.PNG, width=640, height=480)
ITEMS = 45_000
CHUNK = 5_000


async def test_every_file_is_listed(world: World) -> None:
    of = project("Cat", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    for start in range(0, ITEMS, CHUNK):
        keys = [f"folder/{number:06}.png" for number in range(start, start + CHUNK)]
        await world.draw(of, await world.discover(of.id, keys, PICTURE), lambda _: [box("r", 1, 2, 3, 4)])
    job = await world.ended(await world.request(of.id, ExportFormat.YOLO), 300)
    assert (job.state, job.rows, job.files) == (JobState.SUCCEEDED, ITEMS, ITEMS + 3)
    assert len(world.beside(job, "manifest.json")) > LEAST
    names = [each["name"] for each in world.manifest(job)["files"]]
    assert sorted(names) == sorted(world.zip(job).namelist())
    assert len(set(names)) == ITEMS + 2
