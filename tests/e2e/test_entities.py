"""Named entities by mouse and by keyboard: what was tagged is on the topic, and Python cuts the same words out."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Dialog, expect

from bench import projects
from tests.e2e.events import labels_of, spans_of
from tests.e2e.reading import ReadingRoom
from tests.e2e.texts import ENTITIES, NEWS
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")
NOTE = "😀 Angela Merkel met Emmanuel Macron in Paris. Merkel left Paris.\n"


@dataclass
class Desk:
    """A labeler in front of a project of texts."""

    world: World
    project: dict[str, Any]
    room: ReadingRoom

    async def events(self, versions: dict[str, int]) -> dict[str, list[tuple[str, int, int]]]:
        """Entities of each file, as a subscriber reads them."""
        names = {label["id"]: label["name"] for label in self.project["label_sets"][0]["labels"]}
        items = await labels_of(self.world, self.project["id"], versions)
        return {name: spans_of(item, names) for name, item in items.items()}


async def _sit_down(world: World, files: dict[str, str]) -> AsyncIterator[Desk]:
    texts = {name: text.encode() for name, text in files.items()}
    project = await world.over("Texts", texts, ENTITIES, "text_entities")
    context = await world.context(await world.person())
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    room = ReadingRoom(page)
    await room.shown()
    yield Desk(world, project, room)
    await context.close()


@pytest_asyncio.fixture(loop_scope="package")
async def news(world: World) -> AsyncIterator[Desk]:
    """Three texts."""
    async for desk in _sit_down(world, {name: each.text for name, each in NEWS.items()}):
        yield desk


@pytest_asyncio.fixture(loop_scope="package")
async def note(world: World) -> AsyncIterator[Desk]:
    """One text."""
    async for desk in _sit_down(world, {"note.txt": NOTE}):
        yield desk


async def test_tagged_by_mouse(news: Desk) -> None:
    room, name = news.room, await news.room.shown()
    while name:
        for label, words in NEWS[name].entities:
            await room.label(label).click()
            if " " in words:
                await room.drag(words)
            else:
                await room.double_click(words)
        await room.expect_tagged(*(f"{words}, {label}" for label, words in NEWS[name].entities))
        await room.submit.click()
        name = await room.turn(name)
    found = await news.events(dict.fromkeys(NEWS, 1))
    assert found == {name: each.spans for name, each in NEWS.items()}
    for name, each in NEWS.items():
        assert [each.text[start:end] for _, start, end in found[name]] == [words for _, words in each.entities]


async def test_tagged_by_keyboard_alone(note: Desk) -> None:
    room = note.room
    await expect(room.text).to_be_focused()
    await room.press("1", "ArrowRight", "ArrowRight", "Control+Shift+ArrowRight", "Control+Shift+ArrowRight", "Enter")
    await room.press("Control+ArrowRight", "Control+ArrowRight", "Control+Shift+ArrowRight", "Control+Shift+ArrowLeft")
    await room.press("Control+ArrowLeft", "Control+Shift+ArrowRight", "Control+Shift+ArrowRight", "Enter")
    await room.press("2", "Control+ArrowRight", "Control+ArrowRight", "Enter")
    await room.press("Control+End", "Control+ArrowLeft", "Control+Shift+ArrowRight", "3")
    await room.expect_tagged("Angela Merkel, person", "Emmanuel Macron, person", "Paris, place", "Paris, organisation")
    await room.press("ArrowLeft", "Space")
    await expect(room.hint).to_contain_text("1 selected")
    await room.press("2", "Control+Enter")
    await expect(room.done).to_be_visible()
    spans = (await note.events({"note.txt": 1}))["note.txt"]
    assert [(label, NOTE[start:end]) for label, start, end in spans] == [
        ("person", "Angela Merkel"),
        ("person", "Emmanuel Macron"),
        ("place", "Paris"),
        ("place", "Paris"),
    ]


async def test_what_overlaps_is_refused_with_a_hint_and_replaces_when_asked_again(note: Desk) -> None:
    room = note.room
    await room.label("person").click()
    await room.double_click("Angela")
    await room.label("organisation").click()
    await room.press("Escape")
    await room.label("organisation").click()
    await room.drag("Angela Merkel")
    await expect(room.hint).to_contain_text("This overlaps an entity")
    await room.expect_tagged("Angela, person")
    await room.press("Enter")
    await room.expect_tagged("Angela Merkel, organisation")
    await room.press("Control+z")
    await room.expect_tagged("Angela, person")
    await room.press("Control+Shift+z")
    await room.expect_tagged("Angela Merkel, organisation")


async def test_edges_go_to_whole_words_unless_alt_is_held(note: Desk) -> None:
    room = note.room
    await room.label("person").click()
    await room.drag("ngela Merk")
    await room.expect_tagged("Angela Merkel, person")
    await room.page.keyboard.down("Alt")
    await room.drag("manuel Mac")
    await room.page.keyboard.up("Alt")
    await room.expect_tagged("Angela Merkel, person", "manuel Mac, person")


async def test_all_of_a_label_change_but_those_that_were_taken_out(note: Desk) -> None:
    room = note.room
    await room.label("person").click()
    for words in ("Angela", "Emmanuel", "Paris"):
        await room.double_click(words)
    await room.page.locator("[data-tag]").first.click()
    await expect(room.hint).to_contain_text("3 selected")
    await room.click("Emmanuel")
    await expect(room.hint).to_contain_text("2 selected")
    await room.label("place").click()
    await room.expect_tagged("Angela, place", "Emmanuel, person", "Paris, place")
    await room.click("Paris")
    await room.press("Delete")
    await room.expect_tagged("Angela, place", "Emmanuel, person")
    await room.page.get_by_role("button", name="Remove Angela, place").click()
    await room.expect_tagged("Emmanuel, person")


async def _leave(dialog: Dialog) -> None:
    await dialog.accept()


async def test_a_reload_keeps_the_entities_and_back_changes_them(note: Desk) -> None:
    room, page = note.room, note.room.page
    page.on("dialog", _leave)
    await room.label("place").click()
    await room.double_click("Paris")
    await room.expect_tagged("Paris, place")
    await page.reload()
    await room.expect_tagged("Paris, place")
    await room.press("Control+Enter")
    await expect(room.done).to_be_visible()
    await page.get_by_role("button", name="What you did before").click()
    await room.expect_tagged("Paris, place")
    await room.label("person").click()
    await room.double_click("Angela")
    await page.get_by_role("button", name="Save change").click()
    await expect(page.get_by_text("Change saved")).to_be_visible()
    spans = (await note.events({"note.txt": 2}))["note.txt"]
    assert [(label, NOTE[start:end]) for label, start, end in spans] == [("person", "Angela"), ("place", "Paris")]


async def test_a_text_without_entities_may_be_submitted(note: Desk) -> None:
    await note.room.press("Control+Enter")
    await expect(note.room.done).to_be_visible()
    assert await note.events({"note.txt": 1}) == {"note.txt": []}
    await projects.wait_for(note.world.owner, note.project["id"], lambda now: now["labeled"] == 1, 10)
