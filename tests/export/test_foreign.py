"""Exports in the hands of Azure's reader of MLTable and of torchvision, which live in an environment of their own."""

import platform
from pathlib import Path
from typing import Any

import pytest

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.projects import Project, TaskType
from services.gateway.exports.samples import sample
from tests.export import foreign
from tests.export.labeled import labeled
from tests.export.world import World

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.proof]
DRAWN = {
    TaskType.IMAGE_BOX: [["Dog", [8, 12, 32, 24], 0]],
    TaskType.IMAGE_POLYGON: [["Dog", [0, 0, 64, 24], 768]],
    TaskType.IMAGE_MASK: [["Dog", [0, 0, 20, 10], 200]],
}
"""Class, box and pixels of the region that each picture has."""


async def exported(world: World, of: Project, format_: ExportFormat, **wishes: object) -> ExportJob:
    job = await world.ended(await world.request(of.id, format_, **wishes))
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    return job


@pytest.mark.skipif(platform.machine() in {"aarch64", "arm64"}, reason="mltable has no wheel for this processor")
async def test_mltable_has_the_rows_of_every_task_type(world: World, tmp_path: Path) -> None:
    wanted: list[list[dict[str, Any]]] = []
    for task in TaskType:
        job = await exported(world, await labeled(world, task), ExportFormat.JSONL)
        folder = tmp_path / str(len(wanted))
        folder.mkdir()
        (folder / "data.jsonl").write_bytes(world.file(job))
        (folder / "MLTable").write_bytes(world.beside(job, "MLTable"))
        wanted.append(world.rows(job))
    folders = [str(number) for number in range(len(wanted))]
    assert await foreign.told("mltable", *folders, folder=tmp_path) == wanted


@pytest.mark.parametrize("task", list(DRAWN))
async def test_torchvision_has_pictures_and_what_is_drawn(world: World, task: TaskType, tmp_path: Path) -> None:
    job = await exported(world, await labeled(world, task), ExportFormat.COCO, images=True)
    world.zip(job).extractall(tmp_path / "export")
    found = await foreign.told("torchvision", "export", folder=tmp_path)
    assert len(found) == 2
    assert all(size == [64, 48] for size, _ in found.values())
    for _, drawn in found.values():
        assert [one[:2] for one in drawn] == [one[:2] for one in DRAWN[task]]
        assert [one[2] for one in drawn] == pytest.approx([one[2] for one in DRAWN[task]], rel=0.05)
    (tmp_path / "it's.zip").write_bytes(world.file(job))
    (tmp_path / "sample.py").write_text(sample(job, task, "it's.zip"))
    assert "'bbox'" in await foreign.said(tmp_path / "sample.py", folder=tmp_path)
