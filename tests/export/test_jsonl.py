"""What is in files of JSON Lines, for each task type, read back as people read them."""

import io
import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region
from services.contracts.projects import Project, TaskType
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted, polygon, rle_of, span

pytestmark = pytest.mark.asyncio(loop_scope="package")

KEYS = ["a b/ä☃.png", 'q"uote\\.png', "deep/er/x%20y#?.jpg"]
PICTURE = Media(format=MediaFormat.JPEG, width=640, height=480)
TEXT = "Zoë met 🐈 Tom in Köln."
TEXTS = Media(format=MediaFormat.TEXT, chars=len(TEXT))


async def exported(world: World, of: Project) -> ExportJob:
    job = await world.ended(await world.request(of.id, ExportFormat.JSONL))
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    return job


def by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["image_url"].removeprefix("AmlDatastore://pictures/"): row for row in rows}


async def drawn(world: World, task: TaskType, media: Media, *regions: list[Region]) -> tuple[ExportJob, list[Any]]:
    """The export of items with these regions, and its rows in the order of `regions`."""
    of = project("Animals", "Animals/Cat", "Dog", task=task)
    await world.publish(of, of.id)
    keys = [f"item {number}" for number in range(len(regions))]
    await world.draw(of, await world.discover(of.id, keys, media), lambda number: regions[number])
    job = await exported(world, of)
    assert job.rows == len(regions)
    found = by_key(world.rows(job))
    return job, [found[key] for key in keys]


async def test_multi_class(world: World) -> None:
    of = project("Cat", "Animals", "Animals/Dog")
    await world.publish(of, of.id)
    await world.label(await world.discover(of.id, KEYS, PICTURE), lambda number: [["l0"], ["l2"], []][number])
    job = await exported(world, of)
    details = {"format": "jpeg", "width": 640, "height": 480}
    assert by_key(world.rows(job)) == {
        key: {
            "image_url": f"AmlDatastore://pictures/{key}",
            "image_details": details,
            "label": name,
            "label_confidence": 1.0,
        }
        for key, name in zip(KEYS, ["Cat", "Animals/Dog"], strict=False)
    }
    assert (job.rows, job.total) == (2, 2)
    assert job.key == f"Labeling/export/jsonl/{of.id}/{job.id}/data.jsonl"
    assert job.size == len(world.file(job))
    assert sorted(world.objects(f"Labeling/export/jsonl/{of.id}/")) == [
        f"{job.key[:-10]}MLTable",
        job.key,
        job.manifest_key,
    ]


async def test_multi_label(world: World) -> None:
    of = project("Cat", "Dog", multi=True)
    await world.publish(of, of.id)
    await world.label(await world.discover(of.id, KEYS[:2]), lambda number: [["l0"], ["l1", "l0"]][number])
    rows = by_key(world.rows(await exported(world, of)))
    assert [(rows[key]["label"], rows[key]["label_confidence"]) for key in KEYS[:2]] == [
        (["Cat"], [1.0]),
        (["Dog", "Cat"], [1.0, 1.0]),
    ]


async def test_texts_point_to_their_objects_and_have_no_size(world: World) -> None:
    for task, expected in ((TaskType.TEXT_MULTI_CLASS, "Dog"), (TaskType.TEXT_MULTI_LABEL, ["Dog"])):
        of = project("Cat", "Dog", task=task)
        await world.publish(of, of.id)
        await world.label(await world.discover(of.id, ["notes/a b.txt"], TEXTS), lambda _: ["l1"])
        (row,) = world.rows(await exported(world, of))
        assert (row["image_url"], row["label"]) == ("AmlDatastore://pictures/notes/a b.txt", expected)
        assert "image_details" not in row


async def test_boxes_are_corners_as_shares_of_the_picture(world: World) -> None:
    _, (row, empty) = await drawn(
        world, TaskType.IMAGE_BOX, PICTURE, [box("a", 10, 10, 40, 70, label="l1"), box("b", 0, 0, 640, 480)], []
    )
    first, second = row["label"]
    corners = {"topX": 0.015625, "topY": 10 / 480, "bottomX": 0.0625, "bottomY": 70 / 480}
    assert first == {"label": "Animals/Cat", **corners, "isCrowd": 0}
    assert [second[key] for key in ("topX", "topY", "bottomX", "bottomY")] == [0, 0, 1, 1]
    assert row["label_confidence"] == [1.0, 1.0]
    assert (empty["label"], empty["label_confidence"]) == ([], [])


async def test_boxes_that_lie_in_object_storage_are_the_same(world: World) -> None:
    many = [box(f"region-{n:04}", n % 600, n % 400, n % 600 + 7.25, n % 400 + 3.5, label="l2") for n in range(2_000)]
    _, (row,) = await drawn(world, TaskType.IMAGE_BOX, PICTURE, many)
    back = [
        [each["topX"] * 640, each["topY"] * 480, each["bottomX"] * 640, each["bottomY"] * 480] for each in row["label"]
    ]
    assert np.round(back, 2).tolist() == [region.points for region in many]
    assert {each["label"] for each in row["label"]} == {"Dog"}


async def test_polygons_are_lists_of_parts(world: World) -> None:
    points = [0.0, 0.0, 640.0, 0.0, 320.5, 479.99]
    _, (row,) = await drawn(world, TaskType.IMAGE_POLYGON, PICTURE, [polygon("a", *points)])
    (region,) = row["label"]
    assert (region["label"], region["isCrowd"]) == ("Animals", 0)
    assert region["polygon"] == [[0, 0, 1, 0, 320.5 / 640, 479.99 / 480]]


async def test_spans_are_code_points(world: World) -> None:
    spans = [span("a", 0, 3), span("b", 8, 9, label="l1"), span("c", 10, 13, label="l2"), span("d", 17, 21)]
    _, (row, none) = await drawn(world, TaskType.TEXT_ENTITIES, TEXTS, spans, [])
    told = [(TEXT[each["offsetStart"] : each["offsetEnd"]], each["label"]) for each in row["label"]]
    assert told == [("Zoë", "Animals"), ("🐈", "Animals/Cat"), ("Tom", "Dog"), ("Köln", "Animals")]
    assert (len(row["label_confidence"]), none["label"]) == (4, [])


async def test_masks_are_indexed_pictures_with_a_map_of_classes(world: World) -> None:
    truth = np.zeros((480, 640), np.uint8)
    truth[5:100, 7:300] = 1
    truth[200:480, 600:640] = 3
    truth[479, 0] = 3
    drawings = [mask("a", rle_of((truth == 3).astype(np.uint8)), label="l2")]
    drawings.append(mask("b", rle_of((truth == 1).astype(np.uint8))))
    job, (row, empty) = await drawn(world, TaskType.IMAGE_MASK, PICTURE, drawings, [])
    assert (row["label"], row["label_confidence"], row["image_details"]["width"]) == (["Animals", "Dog"], [1, 1], 640)
    folder = f"AmlDatastore://{job.bucket}/{job.key[: -len('data.jsonl')]}"
    assert row["mask_url"].startswith(f"{folder}masks/")
    picture = Image.open(io.BytesIO(world.beside(job, row["mask_url"].removeprefix(folder))))
    assert (picture.mode, picture.size, picture.format) == ("P", (640, 480), "PNG")
    assert (np.asarray(picture) == truth).all()
    assert not np.asarray(Image.open(io.BytesIO(world.beside(job, empty["mask_url"].removeprefix(folder))))).any()
    classes = json.loads(world.beside(job, "classes.json"))
    assert classes["background"] == 0
    assert [(each["id"], each["name"]) for each in classes["classes"]] == [
        (1, "Animals"),
        (2, "Animals/Cat"),
        (3, "Dog"),
    ]
    palette = picture.getpalette()
    assert palette is not None
    assert bytes(palette[9:12]).hex() == classes["classes"][2]["color"].removeprefix("#")
    names = [
        name.removeprefix(job.key[: -len("data.jsonl")]) for name in world.objects(f"{job.key.rpartition('/')[0]}/")
    ]
    assert sorted(names)[:4] == ["MLTable", "classes.json", "data.jsonl", "manifest.json"]
    assert len(names) == 6


async def test_a_picture_of_255_classes(world: World) -> None:
    of = project(*(f"class {number}" for number in range(255)), task=TaskType.IMAGE_MASK)
    await world.publish(of, of.id)
    drawings = [mask(f"m{n}", painted(1, 255, (0, n, 1, n + 1)), label=f"l{n}") for n in range(255)]
    await world.draw(
        of,
        await world.discover(of.id, ["a"], PICTURE.model_copy(update={"width": 255, "height": 1})),
        lambda _: drawings,
    )
    job = await exported(world, of)
    (row,) = world.rows(job)
    picture = Image.open(io.BytesIO(world.beside(job, f"masks/{row['mask_url'].rpartition('/')[2]}")))
    assert np.asarray(picture).tolist() == [list(range(1, 256))]
    assert len(row["label"]) == 255


@pytest.mark.parametrize("task", list(TaskType))
async def test_an_empty_file_of_each_type_is_described(world: World, task: TaskType) -> None:
    of = project("Cat", task=task)
    await world.publish(of, of.id)
    job = await exported(world, of)
    assert (world.file(job), job.rows, job.size) == (b"", 0, 0)
    table = world.beside(job, "MLTable").decode()
    assert "  - file: ./data.jsonl\n" in table
    kind = {
        TaskType.IMAGE_BOX: "object_detection",
        TaskType.IMAGE_POLYGON: "instance_segmentation",
        TaskType.IMAGE_MASK: "segmentation",
        TaskType.TEXT_ENTITIES: "named_entity_recognition",
    }.get(task, "multi_label_classification" if task.multi else "classification")
    assert f"  label_type: {kind}\n" in table


async def test_a_format_that_a_type_does_not_have_fails_with_a_reason(world: World) -> None:
    of = project("Cat", task=TaskType.IMAGE_MASK)
    await world.publish(of, of.id)
    job = await world.ended(await world.request(of.id, ExportFormat.CSV))
    assert (job.state, job.error) == (JobState.FAILED, "There is no csv of image_mask.")
