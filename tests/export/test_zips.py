"""Zips of many files: YOLO, Pascal VOC, Hugging Face, and the pictures themselves; read by the standard library."""

import hashlib
import io
import json
import zipfile
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region
from services.contracts.projects import Project, TaskType
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted, polygon, span

pytestmark = pytest.mark.asyncio(loop_scope="package")

PICTURE = Media(format=MediaFormat.PNG, width=64, height=48)
KEYS = ["deep/er/a.png", "deep/er/A.png", "../../etc/b.png", "c.jpg", "c.png", "two\nlines \\.png"]
BOXES = [box("a", 8, 12, 40, 36, label="l2"), box("b", 0.25, 0, 64, 47.99)]


def picture(number: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (number, 0, 0)).save(file, "PNG")
    return file.getvalue()


async def drawn(
    world: World, task: TaskType, keys: list[str], *regions: list[Region], media: Media = PICTURE
) -> Project:
    of = project("Animals", "Animals/Cat", "Dog", task=task)
    await world.publish(of, of.id)
    await world.draw(of, await world.discover(of.id, keys, media), lambda number: regions[number % len(regions)])
    return of


async def exported(world: World, of: Project, format_: ExportFormat, **wishes: object) -> ExportJob:
    job = await world.ended(await world.request(of.id, format_, **wishes))
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    return job


def told(world: World, job: ExportJob) -> zipfile.ZipFile:
    """The zip, after a comparison of all that is in it with its manifest."""
    file, manifest = world.zip(job), world.manifest(job)
    listed = {each["name"]: (each["size"], each["sha256"]) for each in manifest["files"]}
    read = {name: file.read(name) for name in file.namelist()}
    assert listed == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in read.items()}
    assert len(file.namelist()) == len(read) == job.files - 1
    assert manifest["file"] == {"name": job.key.rpartition("/")[2], "size": job.size, "sha256": job.sha256}
    return file


async def test_yolo_has_a_file_for_each_picture(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, KEYS, BOXES, [])
    file = told(world, await exported(world, of, ExportFormat.YOLO))
    assert file.read("classes.txt").decode().splitlines() == ["Animals", "Animals/Cat", "Dog"]
    assert '  1: "Animals/Cat"\n' in file.read("data.yaml").decode()
    labels = [name for name in file.namelist() if name.startswith("labels/")]
    assert len({name.casefold() for name in labels}) == len(KEYS) == len(labels)
    assert not any(".." in name or "\n" in name or "\\" in name for name in labels)
    first = file.read(next(name for name in labels if name in {"labels/deep/er/a.txt", "labels/_/_/etc/b.txt"}))
    assert first.decode().splitlines() == [
        "2 0.37500000 0.50000000 0.50000000 0.50000000",
        f"0 {(0.25 + 64) / 2 / 64:.8f} {47.99 / 2 / 48:.8f} {63.75 / 64:.8f} {47.99 / 48:.8f}",
    ]
    assert sum(not file.read(name) for name in labels) == 3


async def test_yolo_of_polygons(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_POLYGON, ["a.png"], [polygon("a", 0, 0, 64, 0, 32, 24)])
    file = told(world, await exported(world, of, ExportFormat.YOLO))
    line = "0 0.00000000 0.00000000 1.00000000 0.00000000 0.50000000 0.50000000\n"
    assert file.read("labels/a.txt").decode() == line


async def test_voc_of_boxes(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, ["x/a&b.png"], BOXES)
    file = told(world, await exported(world, of, ExportFormat.VOC))
    assert file.read("ImageSets/Main/train.txt").decode() == "x/a&b\n"
    root = ET.fromstring(file.read("Annotations/x/a&b.xml"))  # noqa: S314 - we wrote it
    assert (root.findtext("filename"), root.findtext("size/width")) == ("x/a&b.png", "64")
    found = [
        [each.findtext("name"), *(corner.text for corner in each.find("bndbox") or ())] for each in root.iter("object")
    ]
    assert found == [["Dog", "8", "12", "40", "36"], ["Animals", "0.25", "0", "64", "47.99"]]


async def test_voc_of_masks(world: World) -> None:
    rows = [mask("a", painted(48, 64, (0, 0, 10, 20)), label="l2"), mask("b", painted(48, 64, (20, 0, 21, 1)))]
    of = await drawn(world, TaskType.IMAGE_MASK, ["a.png"], rows)
    file = told(world, await exported(world, of, ExportFormat.VOC))
    picture = Image.open(io.BytesIO(file.read("SegmentationClass/a.png")))
    truth = np.zeros((48, 64), np.uint8)
    truth[:10, :20], truth[20, 0] = 3, 1
    assert (np.asarray(picture) == truth).all()
    assert picture.convert("RGB").getpixel((0, 0)) == (128, 128, 0)
    assert file.read("labelmap.txt").decode().splitlines()[1:] == [
        "background:0,0,0::",
        "Animals:128,0,0::",
        "Animals/Cat:0,128,0::",
        "Dog:128,128,0::",
    ]


@pytest.mark.parametrize("format_", [ExportFormat.COCO, ExportFormat.JSONL, ExportFormat.CSV, ExportFormat.YOLO])
async def test_pictures_are_in_the_zip_on_request(world: World, format_: ExportFormat) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, KEYS, BOXES)
    for number, key in enumerate(KEYS[:-1]):
        if key != "../../etc/b.png":  # no storage keeps such a key: this picture is gone
            world.put("pictures", f"{key}", picture(number))
    job = await exported(world, of, format_, images=True)
    file = told(world, job)
    pictures = [name for name in file.namelist() if name.startswith("images/")]
    assert len(pictures) == 4
    assert sorted(file.read(name) for name in pictures) == sorted(picture(number) for number in (0, 1, 3, 4))
    assert sorted(each["file"] for each in world.manifest(job)["missing"]) == sorted([KEYS[2], KEYS[5]])
    assert job.rows == len(KEYS)
    if format_ is ExportFormat.COCO:
        named = {f"images/{image['file_name']}" for image in json.loads(file.read("annotations.json"))["images"]}
        assert set(pictures) <= named
    if format_ is ExportFormat.JSONL:
        rows = [json.loads(line) for line in file.read("data.jsonl").decode().splitlines()]
        assert set(pictures) <= {row["image_url"] for row in rows}


async def test_a_large_picture_is_streamed(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, ["large.png", "small.png"], BOXES)
    large = bytes(range(256)) * 80_000
    world.put("pictures", "large.png", large)
    world.put("pictures", "small.png", b"x")
    file = told(world, await exported(world, of, ExportFormat.YOLO, images=True))
    assert (file.read("images/large.png"), file.read("images/small.png")) == (large, b"x")


async def test_hugging_face_has_rows_and_a_card(world: World) -> None:
    of = await drawn(world, TaskType.IMAGE_BOX, ["a.png"], BOXES)
    file = told(world, await exported(world, of, ExportFormat.HUGGINGFACE))
    (row,) = (json.loads(line) for line in file.read("data/train.jsonl").splitlines())
    assert row == {
        "image_url": "AmlDatastore://pictures/a.png",
        "width": 64,
        "height": 48,
        "objects": {"bbox": [[8, 12, 32, 24], [0.25, 0, 63.75, 47.99]], "categories": ["Dog", "Animals"]},
    }
    assert file.read("README.md").startswith(b"---\nconfigs:\n")


async def test_texts_are_read_from_their_objects(world: World) -> None:
    text = "\ufeffZoë met 🐈 Tom in Köln."
    world.put("pictures", "t/1.txt", text.encode())
    media = Media(format=MediaFormat.TEXT, chars=len(text) - 1)
    spans = [span("a", 0, 3), span("c", 10, 13, label="l2")]
    of = await drawn(world, TaskType.TEXT_ENTITIES, ["t/1.txt", "t/gone.txt"], spans, media=media)
    job = await exported(world, of, ExportFormat.HUGGINGFACE)
    (row,) = (json.loads(line) for line in told(world, job).read("data/train.jsonl").splitlines())
    assert (row["text"], [row["text"][e["start"] : e["end"]] for e in row["entities"]]) == (text[1:], ["Zoë", "Tom"])
    assert ([each["file"] for each in world.manifest(job)["missing"]], job.rows) == (["t/gone.txt"], 1)

    job = await exported(world, of, ExportFormat.CONLL)
    lines = ["Zoë B-Animals", "met O", "🐈 O", "Tom B-Dog", "in O", "Köln O", ". O"]
    assert world.file(job).decode() == "\n".join(lines) + "\n\n"


async def test_an_empty_zip(world: World) -> None:
    of = project("Cat", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    job = await exported(world, of, ExportFormat.VOC)
    assert (told(world, job).read("ImageSets/Main/train.txt"), job.rows) == (b"", 0)
