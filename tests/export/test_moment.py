"""An export shows the labels as they stood when it was asked for, whatever happens since."""

import pytest

from services.contracts.exports import ExportFormat, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import TaskType
from services.kit import clock
from services.kit.annotations import Annotations, Then
from services.kit.store import Document
from tests.export.world import World, project
from tests.queue.drawings import box

pytestmark = pytest.mark.asyncio(loop_scope="package")

PICTURE = Media(format=MediaFormat.PNG, width=640, height=480)


async def test_later_changes_are_not_in_the_file(world: World) -> None:
    pets = project("Cat", "Dog")
    await world.publish(pets, pets.id)
    items = await world.discover(pets.id, [f"{number}.png" for number in range(60)])
    old = await world.label(items[:40], lambda number: ["l0"] if number < 30 else [])
    world.kill9()  # so that everything below happens before a line is written
    await world.tick()
    asked = await world.request(pets.id)
    await world.tick()
    await world.label(old[:10], lambda _: ["l1"])  # labeled anew
    await world.label(old[10:15], lambda _: [])  # skipped
    await world.label(await world.label(old[15:20], lambda _: ["l1"]), lambda _: ["l1"])  # twice
    await world.remove(old[20:25])
    await world.label(old[30:35], lambda _: ["l1"])  # was skipped
    await world.label(items[40:50], lambda _: ["l1"])  # had no label
    await world.discover(pets.id, ["new.png"])
    world.start()
    job = await world.ended(asked)
    file = world.coco(job)
    assert sorted(image["file_name"] for image in file["images"]) == sorted(f"{number}.png" for number in range(30))
    assert {annotation["category_id"] for annotation in file["annotations"]} == {1}
    assert job.rows == 30
    assert job.state is JobState.SUCCEEDED

    now = world.coco(await world.ended(await world.request(pets.id)))
    assert len(now["images"]) == len(now["annotations"]) == 35


async def test_later_changes_of_regions_are_not_in_the_file(world: World) -> None:
    of = project("Cat", "Dog", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    found = await world.discover(of.id, [f"{number}" for number in range(6)], PICTURE)
    many = [box(f"region-{number}", 1, 1, 2, 2) for number in range(1_500)]
    old = await world.draw(of, found[:5], lambda number: many if number < 2 else [box("r", 0, 0, 5, 5)])
    world.kill9()
    await world.tick()
    asked = await world.request(of.id, ExportFormat.JSONL)
    await world.tick()
    await world.draw(of, old[:1], lambda _: [box("r", 3, 3, 9, 9, label="l1")])  # was in object storage
    await world.draw(of, old[2:3], lambda _: many)  # is there now
    await world.label(old[3:4], lambda _: [])  # skipped
    await world.draw(of, found[5:], lambda _: many)  # had no label
    world.start()
    rows = world.rows(await world.ended(asked))
    counts = {row["image_url"][-1]: len(row["label"]) for row in rows}
    assert counts == {"0": 1_500, "1": 1_500, "2": 1, "3": 1, "4": 1}
    assert {each["label"] for row in rows for each in row["label"]} == {"Cat"}

    now = world.rows(await world.ended(await world.request(of.id, ExportFormat.JSONL)))
    assert {row["image_url"][-1]: len(row["label"]) for row in now} == {
        "0": 1,
        "1": 1_500,
        "2": 1_500,
        "4": 1,
        "5": 1_500,
    }


async def test_pages_behind_an_item_neither_miss_nor_repeat(world: World) -> None:
    items = await world.discover("p1", [f"{number}" for number in range(4_500)])
    await world.label(items, lambda number: ["l0"] if number % 3 else [])
    other = await world.label(await world.discover("p10", ["1"]), lambda _: ["l0"])
    annotations = Annotations(world.settings)
    then = Then("p1", clock.now_ms())
    try:
        pages = [page async for page in annotations.labeled_as_of(then)]
        assert len(pages) > 1
        seen = [item.item for page in pages for item in page.items]
        assert seen == sorted(_labeled_ids(items))
        assert other[0]["_id"] not in seen
        behind = [item.item async for page in annotations.labeled_as_of(then, pages[0].last) for item in page.items]
        assert behind == seen[len(pages[0].items) :]
        assert await annotations.labeled(then) == 3_000
    finally:
        await annotations.close()


def _labeled_ids(items: list[Document]) -> list[str]:
    return [item["_id"] for number, item in enumerate(items) if number % 3]
