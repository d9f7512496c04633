"""The code that is shown with an export reads its file: each sample is run where the file was downloaded to."""

import contextlib
import io
from pathlib import Path
from typing import Any

import pytest

from services.contracts.exports import ExportFormat, ExportJob, JobState, export_formats
from services.contracts.projects import TaskType
from services.gateway.exports.samples import sample
from tests.export.labeled import labeled
from tests.export.world import World

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    # Of the libraries themselves.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

LIBRARIES = "from torchvision"
"""Where the part of a sample begins that needs what is too large for tests; test_foreign.py runs it."""


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
