"""Texts with labels of their own, by mouse and by keyboard; how they look; texts that are gone."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from minio import Minio
from playwright.async_api import expect

from bench import projects
from tests.e2e.events import labels_of
from tests.e2e.reading import ReadingRoom
from tests.e2e.tabs import tab_to
from tests.e2e.texts import KINDS, kind_of, letter, letters
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


GUIDE = "https://example.org/guide"


@dataclass
class Desk:
    """A labeler in front of a project of texts."""

    world: World
    project: dict[str, Any]
    room: ReadingRoom

    async def labels(self, versions: dict[str, int]) -> dict[str, list[str]]:
        """Names of the labels of each file, as a subscriber reads them."""
        names = {label["id"]: label["name"] for label in self.project["label_sets"][0]["labels"]}
        items = await labels_of(self.world, self.project["id"], versions)
        return {name: sorted(names[each] for each in _labels(item)) for name, item in items.items()}


def _labels(item: dict[str, Any]) -> list[str]:
    return [label for each in item["answers"] for label in each["labels"]]


async def _sit_down(world: World, files: dict[str, bytes], task: str) -> AsyncIterator[Desk]:
    project = await world.over("Texts", files, KINDS, task, instructions={"text": "Read all.", "url": GUIDE})
    context = await world.context(await world.person())
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    yield Desk(world, project, ReadingRoom(page))
    await world.tidy()


@pytest_asyncio.fixture(loop_scope="package")
async def one(world: World) -> AsyncIterator[Desk]:
    """Four texts, one label each."""
    async for desk in _sit_down(world, letters(4), "text_multi_class"):
        yield desk


@pytest_asyncio.fixture(loop_scope="package")
async def several(world: World) -> AsyncIterator[Desk]:
    """Four texts, several labels each."""
    async for desk in _sit_down(world, letters(4), "text_multi_label"):
        yield desk


async def test_one_label_by_keyboard_and_by_mouse(one: Desk) -> None:
    room, name = one.room, await one.room.shown()
    by_keyboard = True
    while name:
        await expect(room.page.get_by_text(f"This is a {kind_of(name)} 🙂", exact=False)).to_be_visible()
        await expect(room.submit).to_be_disabled()
        await expect(room.page.get_by_text(name, exact=True)).to_have_count(1)
        wrong = KINDS[KINDS.index(kind_of(name)) - 1]
        for label in (wrong, kind_of(name)):
            if by_keyboard:
                await room.press(str(KINDS.index(label) + 1))
            else:
                await room.label(label).click()
        await expect(room.page.get_by_role("button", name=f"Remove {kind_of(name)} from {name}")).to_be_visible()
        await expect(room.page.get_by_role("button", name=f"Remove {wrong} from {name}")).to_have_count(0)
        if by_keyboard:
            await room.press("Control+Enter")
        else:
            await room.submit.click()
        name, by_keyboard = await room.turn(name), not by_keyboard
    names = [letter(number) for number in range(4)]
    assert await one.labels(dict.fromkeys(names, 1)) == {name: [kind_of(name)] for name in names}


async def test_several_labels_and_a_skip_by_keyboard_and_by_mouse(several: Desk) -> None:
    room = several.room
    chips = room.sheet.get_by_role("button", name="Remove ")
    first = await room.shown()
    await room.press("1", "2", "3", "2")
    await room.page.get_by_role("button", name=f"Remove question from {first}").click()
    await room.press("2")
    await room.press("Control+Enter")
    second = await room.turn(first)
    for kind in KINDS:
        await room.label(kind).click()
    await expect(chips).to_have_count(3)
    await room.label("complaint").click()
    await room.page.get_by_role("button", name=f"Remove praise from {second}").click()
    await expect(chips).to_have_count(1)
    await room.submit.click()
    third = await room.turn(second)
    await room.press("s")
    fourth = await room.turn(third)
    await room.page.get_by_role("button", name="Skip").click()
    await expect(room.done).to_be_visible()
    found = await several.labels(dict.fromkeys((first, second, third, fourth), 1))
    assert found == {first: ["complaint", "praise"], second: ["question"], third: [], fourth: []}
    await projects.wait_for(several.world.owner, several.project["id"], lambda now: now["skipped"] == 2, 10)


async def test_size_and_font_are_remembered_and_instructions_are_at_hand(one: Desk) -> None:
    room, page = one.room, one.room.page
    await room.shown()
    for key in ("i", ""):
        await (page.keyboard.press(key) if key else page.get_by_role("button", name="Instructions").click())
        link = page.get_by_role("dialog").get_by_role("link", name="View detailed instructions")
        await expect(link).to_have_attribute("href", GUIDE)
        await page.keyboard.press("Escape")
        await expect(link).to_have_count(0)
    row = page.locator("[data-row]").first
    await expect(row).to_have_css("font-size", "16px")
    await page.keyboard.press("+")
    await page.get_by_role("button", name="Larger text").click()
    await page.keyboard.press("-")
    await expect(row).to_have_css("font-size", "18px")
    await page.get_by_role("button", name="Smaller text").click()
    await expect(row).to_have_css("font-size", "16px")
    await page.keyboard.press("+")
    await page.keyboard.press("+")
    font = page.get_by_role("combobox", name="Font")
    await tab_to(font)
    await room.press("Enter")
    serif = page.get_by_role("option", name="Serif")
    await expect(serif).to_be_visible()
    for _ in range(3):  # the list begins with none or with the present one
        await room.press("ArrowDown")
        if await serif.get_attribute("data-combobox-selected"):
            break
    await room.press("Enter")
    await expect(font).to_have_value("Serif")
    await expect(row).to_have_css("font-size", "20px")
    await expect(room.submit).to_be_disabled()
    await font.click()
    await page.get_by_role("option", name="Fixed width").click()
    await page.keyboard.press("1")
    await expect(page.get_by_role("button", name=f"Remove {KINDS[0]} from")).to_be_visible()
    await page.reload()
    await expect(row).to_have_css("font-size", "20px")
    assert "mono" in await row.evaluate("(row) => getComputedStyle(row).fontFamily")


async def test_a_text_of_one_long_line_reaches_its_end(world: World) -> None:
    words = " ".join(f"word{number}" for number in range(400_000))
    async for desk in _sit_down(world, {"long.txt": words.encode()}, "text_entities"):
        room, page = desk.room, desk.room.page
        await room.shown()
        assert await page.locator("[data-row]").count() < 8
        await room.press("Control+End", "1", "Control+Shift+ArrowLeft", "Enter")
        await room.expect_tagged("word399999, question")
        await expect(page.locator("mark")).to_be_in_viewport()
        await room.press("Control+Enter")
        await expect(room.done).to_be_visible()
        item = (await labels_of(world, desk.project["id"], {"long.txt": 1}))["long.txt"]
        assert item["regions"][0]["points"] == [len(words) - len("word399999"), len(words)]


async def test_a_text_that_is_gone_says_so_and_can_be_skipped(world: World) -> None:
    project = await world.over(
        "Texts", {"here.txt": b"Here.\n", "gone.txt": b"Soon gone.\n"}, KINDS, "text_multi_class"
    )
    stack = world.system.stack
    host = stack.s3_url.removeprefix("http://")
    s3 = Minio(endpoint=host, access_key=stack.s3_access_key, secret_key=stack.s3_secret_key, secure=False)
    prefix = project["source"]["prefix"]
    s3.remove_object(bucket_name=stack.bucket, object_name=f"{prefix}gone.txt")
    s3.put_object(bucket_name=stack.bucket, object_name=f"{prefix}here.txt", data=io.BytesIO(b"Here.\n"), length=6)
    context = await world.context(await world.person())
    room = ReadingRoom(await context.new_page())
    await room.page.goto(f"/projects/{project['id']}/label")
    await room.page.get_by_role("button", name="Start labeling").click()
    for _ in range(2):
        await expect(room.sheet).to_be_visible()
        name = await room.name.inner_text()
        if name == "gone.txt":
            await expect(room.page.get_by_text("This text is gone from the store.")).to_be_visible()
            await room.press("s")
        else:
            await expect(room.page.get_by_text("Here.", exact=True)).to_be_visible()
            await room.press("1", "Control+Enter")
        await expect(room.name.filter(has_text=name)).to_have_count(0)
    await expect(room.done).to_be_visible()
