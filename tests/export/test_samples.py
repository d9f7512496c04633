"""The code that is shown with an export reads its file: each sample is run where the file was downloaded to."""

import contextlib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from services.contracts.exports import ExportFormat, ExportJob, JobState, export_formats
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region
from services.contracts.projects import Project, TaskType
from services.gateway.exports.samples import sample
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted, polygon, span

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    # Of the libraries themselves.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PICTURE = Media(format=MediaFormat.PNG, width=64, height=48)
TEXT = "Zoë met Tom in Köln."
REGIONS: dict[TaskType, Region] = {
    TaskType.IMAGE_BOX: box("a", 8, 12, 40, 36, label="l1"),
    TaskType.IMAGE_POLYGON: polygon("a", 0, 0, 64, 0, 32, 24, label="l1"),
    TaskType.IMAGE_MASK: mask("a", painted(48, 64, (0, 0, 10, 20)), label="l1"),
    TaskType.TEXT_ENTITIES: span("a", 0, 3, label="l1"),
}
LIBRARIES = "from torchvision"
"""Where the part of a sample begins that needs what is too large for tests."""


async def labeled(world: World, task: TaskType) -> Project:
    """Two items labeled as Dog, and the pictures or texts themselves."""
    of = project("Cat", "Dog", task=task)
    await world.publish(of, of.id)
    is_text = task.media == "text"
    keys = [f"samples/{task}/{number}.{'txt' if is_text else 'png'}" for number in range(2)]
    file = io.BytesIO()
    Image.new("RGB", (64, 48)).save(file, "PNG")
    for key in keys:
        world.put("pictures", key, TEXT.encode() if is_text else file.getvalue())
    media = Media(format=MediaFormat.TEXT, chars=len(TEXT)) if is_text else PICTURE
    found = await world.discover(of.id, keys, media)
    if task in REGIONS:
        await world.draw(of, found, lambda _: [REGIONS[task]])
    else:
        await world.label(found, lambda _: ["l1"])
    return of


def run(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the code prints."""
    monkeypatch.chdir(folder)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(code, "sample", "exec"), {})  # noqa: S102 - it is ours
    return told.getvalue()


@pytest.mark.parametrize("task", list(TaskType))
async def test_samples(world: World, task: TaskType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    of = await labeled(world, task)
    wishes: list[dict[str, Any]] = [{"images": False}]
    if task in (TaskType.IMAGE_BOX, TaskType.IMAGE_MASK):
        wishes.append({"images": True})
    asked = [await world.request(of.id, format_, **each) for format_ in export_formats(task) for each in wishes]
    for number, each in enumerate(asked):
        job = await world.ended(each)
        assert (job.state, job.error, job.rows) == (JobState.SUCCEEDED, "", 2)
        folder = tmp_path / str(number)
        folder.mkdir()
        name = f"pets “2026”.{job.key.rpartition('.')[2]}"
        (folder / name).write_bytes(world.file(job))
        told = run(sample(job, task, name).partition(LIBRARIES)[0], folder, monkeypatch)
        assert _names_the_class(job, told), told


def _names_the_class(job: ExportJob, told: str) -> bool:
    """A sample of masks may print no more than numbers of classes."""
    return "Dog" in told or (job.format is ExportFormat.VOC and "[0 2]" in told)
