"""Exports read by Datumaro and by Label Studio's own importers, which live in an environment of their own."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.labels import Region
from services.contracts.projects import Project, TaskType
from tests.export import foreign
from tests.export.labeled import PICTURE, png
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted, polygon, rle_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.proof]

BOXES = [box("a", 8, 12, 40, 36, label="l1"), box("b", 0.25, 0, 64, 47.5)]
POLYGONS = [polygon("a", 0, 0, 64, 0, 32, 24, label="l1"), polygon("b", 10, 10, 20.5, 10, 20.5, 30, 10, 30)]
NAMES = ("Cat", "big Dog")


async def drawn(world: World, task: TaskType, *regions: list[Region]) -> Project:
    of = project(*NAMES, task=task)
    await world.publish(of, of.id)
    keys = [f"{of.id}-{number}.png" for number in range(len(regions))]
    for key in keys:
        world.put("pictures", key, png())
    await world.draw(of, await world.discover(of.id, keys, PICTURE), lambda number: regions[number])
    return of


async def unpacked(world: World, of: Project, format_: ExportFormat, folder: Path) -> ExportJob:
    """The export, pictures included, in `folder`."""
    job = await world.ended(await world.request(of.id, format_, images=True))
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    world.zip(job).extractall(folder)
    return job


async def told(program: str, format_: str, folder: Path) -> dict[str, Any]:
    """What a reader finds, by the number of the picture."""
    found = await foreign.told(program, format_, str(folder), folder=folder)
    return {name.rpartition("-")[2].partition(".")[0]: results for name, results in found.items()}


def shapes(regions: list[Region], kind: str) -> list[Any]:
    return sorted([kind, NAMES[int(each.label[1])], list(each.points)] for each in regions)


async def test_datumaro_reads_boxes(world: World, tmp_path: Path) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, BOXES, [], BOXES[1:])
    for format_, name in ((ExportFormat.VOC, "voc"), (ExportFormat.YOLO, "yolo"), (ExportFormat.COCO, "coco")):
        folder = tmp_path / format_
        await unpacked(world, of, format_, folder)
        if format_ is ExportFormat.COCO:
            (folder / "annotations").mkdir()
            (folder / "annotations.json").rename(folder / "annotations" / "instances_train.json")
        found = await told("datumaro", name, folder)
        for number, regions in (("0", BOXES), ("2", BOXES[1:])):
            for ours, theirs in zip(shapes(regions, "bbox"), found[number], strict=True):
                assert ours[:2] == theirs[:2]
                assert theirs[2] == pytest.approx(ours[2], abs=0.011), format_
        assert found.get("1", []) == []


async def test_datumaro_reads_polygons(world: World, tmp_path: Path) -> None:
    of = await drawn(world, TaskType.IMAGE_POLYGON, POLYGONS)
    await unpacked(world, of, ExportFormat.COCO, tmp_path)
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations.json").rename(tmp_path / "annotations" / "instances_train.json")
    found = (await told("datumaro", "coco", tmp_path))["0"]
    assert [each for each in found if each[0] == "polygon"] == shapes(POLYGONS, "polygon")


async def test_datumaro_reads_masks(world: World, tmp_path: Path) -> None:
    ring = np.zeros((48, 64), np.uint8)
    ring[5:20, 5:25] = 1
    ring[10:12, 10:12] = 0
    rows = [mask("a", rle_of(ring)), mask("b", painted(48, 64, (30, 30, 40, 50)), label="l1")]
    of = await drawn(world, TaskType.IMAGE_MASK, rows)
    for format_, name in ((ExportFormat.COCO, "coco"), (ExportFormat.VOC, "voc_segmentation")):
        folder = tmp_path / format_
        await unpacked(world, of, format_, folder)
        if format_ is ExportFormat.COCO:
            (folder / "annotations").mkdir()
            (folder / "annotations.json").rename(folder / "annotations" / "instances_train.json")
        found = (await told("datumaro", name, folder))["0"]
        areas = {label: area for kind, label, (area, *_) in found if kind == "mask" and label != "background"}
        assert areas == {"Cat": ring.sum(), "big Dog": 200}


@pytest.mark.parametrize("format_", [ExportFormat.COCO, ExportFormat.YOLO])
async def test_label_studio_reads_boxes(world: World, tmp_path: Path, format_: ExportFormat) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, BOXES, BOXES[1:])
    await unpacked(world, of, format_, tmp_path)
    found = await told("label_studio", format_, tmp_path)
    for number, regions in (("0", BOXES), ("1", BOXES[1:])):
        wanted = []
        for region in regions:
            x0, y0, x1, y1 = region.points
            per_cent = [x0 / 64, y0 / 48, (x1 - x0) / 64, (y1 - y0) / 48]
            wanted.append([NAMES[int(region.label[1])], [share * 100 for share in per_cent]])
        for ours, theirs in zip(sorted(wanted), found[number], strict=True):
            assert (ours[0], theirs[1]) == (theirs[0], pytest.approx(ours[1], abs=1e-4))
