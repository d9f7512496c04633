"""What is in the files, read by the readers that people use."""

import contextlib
import hashlib
import io
import json
from pathlib import Path

import pytest
from pycocotools.coco import COCO

from services.contracts.exports import ExportFormat, ExportJob, JobState
from tests.export.world import World, project

pytestmark = pytest.mark.asyncio(loop_scope="package")

PROFILES = (ExportFormat.COCO, ExportFormat.COCO_AZURE)
KEYS = ["a b/ä☃.png", 'q"uote\\.png', "deep/er/x%20y#?.jpg", "..", "plain.bmp"]


def read(world: World, job: ExportJob, tmp_path: Path) -> COCO:
    file = tmp_path / "coco.json"
    file.write_bytes(world.file(job))
    with contextlib.redirect_stdout(io.StringIO()):  # it talks
        return COCO(str(file))


@pytest.mark.parametrize("profile", PROFILES)
async def test_multi_class_is_read_by_pycocotools(world: World, tmp_path: Path, profile: ExportFormat) -> None:
    pets = project("Cat", "Dog", "Never chosen")
    await world.publish(pets, pets.id)
    await world.label(await world.discover(pets.id, KEYS), lambda number: [f"l{number % 2}"])
    job = await world.ended(await world.request(pets.id, profile))
    assert (job.state, job.rows, job.total, job.error) == (JobState.SUCCEEDED, 5, 5, "")

    coco = read(world, job, tmp_path)
    names = {number: category["name"] for number, category in coco.cats.items()}
    assert names == {1: "Cat", 2: "Dog", 3: "Never chosen"}
    assert sorted(coco.imgs) == sorted(coco.anns) == [1, 2, 3, 4, 5]
    truth = {key: ["Cat", "Dog"][number % 2] for number, key in enumerate(KEYS)}
    assert {coco.imgs[a["image_id"]]["file_name"]: names[a["category_id"]] for a in coco.anns.values()} == truth
    assert sorted(coco.getImgIds(catIds=[2])) == sorted(
        {a["image_id"] for a in coco.anns.values() if a["category_id"] == 2}
    )


async def test_multi_label_has_an_annotation_for_each_label(world: World, tmp_path: Path) -> None:
    pets = project("Cat", "Dog", "Cow", multi=True)
    await world.publish(pets, pets.id)
    chosen = [["l0"], ["l0", "l1"], ["l0", "l1", "l2"]]
    await world.label(await world.discover(pets.id, ["1", "2", "3"]), lambda number: chosen[number])
    job = await world.ended(await world.request(pets.id))
    coco = read(world, job, tmp_path)
    by_file = {image["file_name"]: [a["category_id"] for a in coco.imgToAnns[id_]] for id_, image in coco.imgs.items()}
    assert by_file == {"1": [1], "2": [1, 2], "3": [1, 2, 3]}
    assert sorted(coco.anns) == [1, 2, 3, 4, 5, 6]
    assert job.rows == 3


async def test_azure_profile_has_exactly_the_fields_of_azure(world: World) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    (item,) = await world.label(await world.discover(pets.id, ["a b/ä.png"]), lambda _: ["l0"])
    job = await world.ended(await world.request(pets.id, ExportFormat.COCO_AZURE))
    file = world.coco(job)
    captured = file["images"][0].pop("date_captured")
    assert captured == f"{captured[:19]}.{item['times']['discovered'] % 1000:03}0000Z"
    assert file == {
        "images": [
            {
                "id": 1,
                "width": 100,
                "height": 50,
                "file_name": "a b/ä.png",
                "coco_url": "AmlDatastore://pictures/a b/ä.png",
                "absolute_url": f"{world.settings.s3_url}/pictures/a%20b/%C3%A4.png",
            }
        ],
        "annotations": [{"id": 1, "category_id": 1, "image_id": 1, "area": 0.0}],
        "categories": [{"id": 1, "name": "Cat"}],
    }


async def test_coco_profile_covers_the_whole_picture(world: World) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    await world.label(await world.discover(pets.id, ["1"]), lambda _: ["l0"])
    (annotation,) = world.coco(await world.ended(await world.request(pets.id)))["annotations"]
    assert annotation == {
        "id": 1, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": 5000, "bbox": [0, 0, 100, 50],
    }  # fmt: skip


async def test_nested_classes_have_their_path_as_name(world: World) -> None:
    pets = project("Animals", "Animals/Cat", "Animals/Cat/Siamese", "Plants")
    await world.publish(pets, pets.id)
    categories = world.coco(await world.ended(await world.request(pets.id)))["categories"]
    names = ["Animals", "Animals/Cat", "Animals/Cat/Siamese", "Plants"]
    assert categories == [{"id": number, "name": name} for number, name in enumerate(names, 1)]


@pytest.mark.parametrize("profile", PROFILES)
async def test_without_labels_the_arrays_are_empty(world: World, profile: ExportFormat) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    await world.discover(pets.id, ["1", "2"])
    job = await world.ended(await world.request(pets.id, profile))
    file = world.coco(job)
    assert (file["images"], file["annotations"], job.rows, job.state) == ([], [], 0, JobState.SUCCEEDED)


async def test_the_record_says_where_the_file_is_and_what_it_is(world: World) -> None:
    pets = project("Cat")
    await world.publish(pets, pets.id)
    await world.label(await world.discover(pets.id, ["1"]), lambda _: ["l0"])
    asked = await world.request(pets.id)
    job = await world.ended(asked)
    data = world.file(job)
    assert (job.size, job.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert job.bucket == world.settings.bucket
    assert job.key == f"Labeling/export/coco/{pets.id}/{job.id}/{asked.requested_at:%Y%m%dT%H%M%SZ}.json"
    assert job.started_at is not None
    assert job.finished_at is not None
    assert asked.requested_at <= job.started_at <= job.finished_at
    assert json.loads(data)["info"]["description"] == pets.name
    told = await world.told(asked)
    assert [each.version for each in told] == list(range(1, len(told) + 1))
    assert [told[0].state, told[1].state, told[-1].state] == [JobState.REQUESTED, JobState.RUNNING, JobState.SUCCEEDED]
    assert world.objects(f"Labeling/export/coco/{pets.id}/") == sorted([job.key, job.manifest_key])
