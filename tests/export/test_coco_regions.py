"""COCO of boxes, polygons and masks, read and judged by pycocotools."""

import contextlib
import io
from typing import Any

import numpy as np
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region
from services.contracts.projects import Project, TaskType
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted, polygon, rle_of

pytestmark = pytest.mark.asyncio(loop_scope="package")

PICTURE = Media(format=MediaFormat.JPEG, width=640, height=480)
TURNED = PICTURE.model_copy(update={"orientation": 6})
BOXES = [box("a", 10, 10, 40, 70, label="l1"), box("b", 0.25, 0.5, 640, 480)]
POLYGONS = [polygon("a", 0, 0, 100, 0, 100, 50), polygon("b", 10, 10, 20.5, 10, 20.5, 30, 10, 30, label="l1")]


async def drawn(world: World, task: TaskType, *regions: list[Region], media: Media = PICTURE) -> Project:
    of = project("Cat", "Dog", task=task)
    await world.publish(of, of.id)
    found = await world.discover(of.id, [f"{number}.jpg" for number in range(len(regions))], media)
    await world.draw(of, found, lambda number: regions[number])
    return of


async def exported(world: World, of: Project, format_: ExportFormat, **wishes: object) -> ExportJob:
    job = await world.ended(await world.request(of.id, format_, **wishes))
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    return job


def read(world: World, job: ExportJob) -> COCO:
    coco = COCO()
    with contextlib.redirect_stdout(io.StringIO()):  # it talks
        coco.dataset = world.coco(job)
        coco.createIndex()
    return coco


def precision(truth: COCO, kind: str) -> float:
    """Mean average precision of an export against itself."""
    results = [{**annotation, "score": 1.0} for annotation in truth.dataset["annotations"]]
    with contextlib.redirect_stdout(io.StringIO()):
        judge = COCOeval(truth, truth.loadRes(results), kind)
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
    return float(judge.stats[0])


async def test_boxes_are_pixels_for_strict_readers(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, BOXES, [], BOXES[:1])
    coco = read(world, await exported(world, of, ExportFormat.COCO))
    by_file = {image["file_name"]: coco.imgToAnns[id_] for id_, image in coco.imgs.items()}
    assert [(a["bbox"], a["area"], a["iscrowd"], a["category_id"]) for a in by_file["0.jpg"]] == [
        ([10, 10, 30, 60], 1800, 0, 2),
        ([0.25, 0.5, 639.75, 479.5], 306760.125, 0, 1),
    ]
    assert by_file["1.jpg"] == []
    assert sorted(coco.anns) == [1, 2, 3]
    assert precision(coco, "bbox") == 1


async def test_boxes_are_shares_in_the_profile_of_azure(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, BOXES[:1])
    (annotation,) = world.coco(await exported(world, of, ExportFormat.COCO_AZURE))["annotations"]
    shares = [0.015625, 10 / 480, 0.046875, 0.125]
    assert annotation == {"id": 1, "category_id": 2, "image_id": 1, "bbox": shares, "area": 0.0}


async def test_polygons_have_their_area(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_POLYGON, POLYGONS, POLYGONS[1:])
    coco = read(world, await exported(world, of, ExportFormat.COCO))
    first, second = next(found for id_, found in coco.imgToAnns.items() if coco.imgs[id_]["file_name"] == "0.jpg")
    assert (first["segmentation"], first["area"], first["bbox"]) == ([[0, 0, 100, 0, 100, 50]], 2500, [0, 0, 100, 50])
    assert (second["area"], second["bbox"], second["iscrowd"]) == (210, [10, 10, 10.5, 20], 0)
    assert precision(coco, "segm") == 1
    assert precision(coco, "bbox") == 1
    azure = world.coco(await exported(world, of, ExportFormat.COCO_AZURE))["annotations"]
    flat = [each for annotation in azure for each in annotation["segmentation"][0]]
    assert all(0 <= share <= 1 for share in flat)
    assert {annotation["area"] for annotation in azure} == {0.0}


async def test_masks_are_runs_with_holes(world: World) -> None:
    ring = np.zeros((480, 640), np.uint8)
    ring[10:40, 20:70] = 1
    ring[20:30, 30:60] = 0
    rows = [mask("a", rle_of(ring)), mask("b", painted(480, 640, (100, 5, 101, 6)), label="l1")]
    of = await drawn(world, TaskType.IMAGE_MASK, rows, [mask("c", painted(480, 640, (0, 0, 480, 640)))])
    job = await exported(world, of, ExportFormat.COCO)
    coco = read(world, job)
    by_file = {image["file_name"]: coco.imgToAnns[id_] for id_, image in coco.imgs.items()}
    first, pixel = by_file["0.jpg"]
    assert (coco.annToMask(first) == ring).all()
    assert (first["area"], first["bbox"], first["iscrowd"]) == (1200, [20, 10, 50, 30], 0)
    assert (pixel["area"], pixel["bbox"], pixel["category_id"]) == (1, [5, 100, 1, 1], 2)
    assert by_file["1.jpg"][0]["bbox"] == [0, 0, 640, 480]
    assert precision(coco, "segm") == 1
    assert job.rows == 2


@pytest.mark.parametrize("task", [TaskType.IMAGE_BOX, TaskType.IMAGE_POLYGON, TaskType.IMAGE_MASK])
async def test_pictures_that_are_stored_turned_are_named_and_turned_on_request(world: World, task: TaskType) -> None:
    shapes = {
        TaskType.IMAGE_BOX: box("a", 100, 40, 110, 60),
        TaskType.IMAGE_POLYGON: polygon("a", 100, 40, 110, 40, 110, 60, 100, 60),
        TaskType.IMAGE_MASK: mask("a", painted(480, 640, (40, 100, 60, 110))),
    }
    of = await drawn(world, task, [shapes[task]], media=TURNED)
    found: dict[bool, dict[str, Any]] = {}
    for as_stored in (False, True):
        job = await exported(world, of, ExportFormat.COCO, as_stored=as_stored)
        found[as_stored] = world.coco(job)
        manifest = world.manifest(job)
        assert manifest["turned"] == [{"file": "0.jpg", "orientation": 6}]
        assert manifest["orientation"] == ("stored" if as_stored else "upright")
    assert [(file["images"][0]["width"], file["annotations"][0]["bbox"]) for file in found.values()] == [
        (640, [100, 40, 10, 20]),
        (480, [40, 530, 20, 10]),
    ]
