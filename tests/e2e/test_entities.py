"""Named entities by mouse and by keyboard: what was tagged is on the topic, and Python cuts the same words out."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Dialog, expect

from bench.client import Person
from tests.e2e.events import labels_of, spans_of
from tests.e2e.reading import ReadingRoom
from tests.e2e.tabs import tab_to
from tests.e2e.texts import ENTITIES, NEWS
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")
NOTE = "😀 Angela Merkel met Emmanuel Macron in Paris. Merkel left Paris.\n"
_NOTES = 30
"""What a test opened or only fetched ahead stays leased to its browser: there must be enough for all."""


@dataclass
class Desk:
    """A labeler in front of a project of texts."""

    world: World
    project: dict[str, Any]
    room: ReadingRoom
    name: str

    async def tagged(self, version: int = 1) -> list[tuple[str, str]]:
        """Label and words of each entity of the note, as a subscriber reads them."""
        spans = (await self.events({self.name: version}))[self.name]
        return [(label, NOTE[start:end]) for label, start, end in spans]

    async def events(self, versions: dict[str, int]) -> dict[str, list[tuple[str, int, int]]]:
        """Entities of each file, as a subscriber reads them."""
        names = {label["id"]: label["name"] for label in self.project["label_sets"][0]["labels"]}
        items = await labels_of(self.world, self.project["id"], versions)
        return {name: spans_of(item, names) for name, item in items.items()}


@asynccontextmanager
async def _seated(world: World, project: dict[str, Any], person: Person) -> AsyncIterator[Desk]:
    context = await world.context(person)
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    room = ReadingRoom(page)
    yield Desk(world, project, room, await room.shown())
    await world.tidy()


@pytest_asyncio.fixture(loop_scope="package")
async def news(world: World) -> AsyncIterator[Desk]:
    """Three texts."""
    texts = {name: each.text.encode() for name, each in NEWS.items()}
    project = await world.over("Texts", texts, ENTITIES, "text_entities")
    async with _seated(world, project, await world.person()) as desk:
        yield desk


@pytest_asyncio.fixture(loop_scope="package")
async def note(world: World) -> AsyncIterator[Desk]:
    """One text of many that are alike."""
    if "text_entities" not in world.shared:
        files = {f"note-{number:02}.txt": NOTE.encode() for number in range(_NOTES)}
        project = await world.over("Notes", files, ENTITIES, "text_entities")
        world.shared["text_entities"] = project, await world.person()
    async with _seated(world, *world.shared["text_entities"]) as desk:
        yield desk


async def test_tagged_by_mouse(news: Desk) -> None:
    room, name = news.room, news.name
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
    await room.press("2")
    await tab_to(room.sheet.get_by_role("button", name=re.compile("^person")))
    await room.press("Enter")
    await expect(room.hint).to_contain_text("2 selected")
    await tab_to(room.text)
    await room.press("Control+Home", "ArrowRight", "ArrowRight", "ArrowRight", "Space")
    await expect(room.hint).to_contain_text("1 selected")
    await room.press("3", "Control+End", "Delete")
    await room.expect_tagged("Angela Merkel, person", "Emmanuel Macron, organisation", "Paris, place", "Paris, place")
    await room.press("ArrowLeft", "ArrowLeft", "Delete")
    await room.expect_tagged("Angela Merkel, person", "Emmanuel Macron, organisation", "Paris, place")
    await room.press("Control+Enter")
    await room.turn(note.name)
    assert await note.tagged() == [
        ("person", "Angela Merkel"),
        ("organisation", "Emmanuel Macron"),
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
    await room.turn(note.name)
    await room.press("b")
    await room.expect_tagged("Paris, place")
    await room.label("person").click()
    await room.double_click("Angela")
    await page.get_by_role("button", name="Save change").click()
    await expect(page.get_by_text("Change saved")).to_be_visible()
    assert await note.tagged(2) == [("person", "Angela"), ("place", "Paris")]


async def test_a_text_without_entities_may_be_submitted(note: Desk) -> None:
    await note.room.press("Control+Enter")
    await note.room.turn(note.name)
    assert await note.tagged() == []
    _, person = note.world.shared["text_entities"]
    done = await person.call("GET", f"/projects/{note.project['id']}/done")
    assert {item["name"]: item["state"] for item in done["items"]}[note.name] == "labeled"
