"""Zips with pictures end whole, whatever dies in between: no picture twice, none missing, every CRC right."""

import hashlib

import pytest

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import Project, TaskType
from tests.export.world import World, project
from tests.queue.drawings import box

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(240)]

PICTURE = Media(format=MediaFormat.PNG, width=640, height=480)
ITEMS = 36
LARGE = 2_500_000
"""Bytes of a picture that is streamed; every fourth one is."""
SMALL = 600_000


def content(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * ((LARGE if number % 4 == 0 else SMALL) // 32)


@pytest.fixture(scope="module")
def pictures(deployment: World) -> list[str]:
    """Keys of the pictures. Two of them would meet in a zip."""
    keys = [f"photos/{'IMG' if number % 2 else 'img'}_{number // 2:03}.png" for number in range(ITEMS)]
    for number, key in enumerate(keys):
        deployment.put("pictures", key, content(number))
    return keys


async def _drawn(world: World, keys: list[str]) -> Project:
    of = project("Cat", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    await world.draw(of, await world.discover(of.id, keys, PICTURE), lambda _: [box("r", 1, 2, 3, 4)])
    return of


def _is_right(world: World, job: ExportJob) -> None:
    assert (job.state, job.rows, job.error) == (JobState.SUCCEEDED, ITEMS, "")
    file, manifest = world.zip(job), world.manifest(job)
    names = file.namelist()
    assert len({name.casefold() for name in names}) == len(names) == 2 * ITEMS + 2 == job.files - 1
    stored = sorted(hashlib.sha256(file.read(name)).hexdigest() for name in names if name.startswith("images/"))
    assert stored == sorted(hashlib.sha256(content(number)).hexdigest() for number in range(ITEMS))
    listed = {each["name"]: each["sha256"] for each in manifest["files"]}
    assert listed == {name: hashlib.sha256(file.read(name)).hexdigest() for name in names}
    assert (manifest["items"], manifest["missing"]) == (ITEMS, [])
    folder = job.key.rpartition("/")[0]
    assert sorted(world.objects(f"{folder}/")) == sorted([job.key, job.manifest_key])


@pytest.mark.parametrize(
    "parts", [pytest.param(1, marks=pytest.mark.proof), 2, *(pytest.param(n, marks=pytest.mark.proof) for n in (3, 5))]
)
async def test_killed_in_the_middle(world: World, pictures: list[str], parts: int) -> None:
    of = await _drawn(world, pictures)
    asked, before = await world.killed(of.id, ExportFormat.YOLO, lambda done: len(done.parts) >= parts, images=True)
    assert before.last
    world.start()
    _is_right(world, await world.ended(asked))
    assert (await world.export(asked)).checkpoint.upload == before.upload


@pytest.mark.proof
async def test_killed_again_and_again(world: World, pictures: list[str]) -> None:
    of = await _drawn(world, pictures)
    asked = await world.request(of.id, ExportFormat.YOLO, images=True)
    for step in range(1, 8):

        async def is_further(step: int = step) -> bool:
            export = await world.export(asked)
            return export.checkpoint.step >= step or export.job.state is JobState.SUCCEEDED

        await world.until(is_further)
        world.kill9()
        world.start()
    _is_right(world, await world.ended(asked))
