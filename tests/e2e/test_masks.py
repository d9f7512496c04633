"""Masks: what was painted, by mouse or keyboard, is what the server holds and what subscribers read, pixel by pixel."""

from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Dialog, expect

from bench.client import Person
from tests.e2e.canvases import png
from tests.e2e.drawing import Board, drawing_project
from tests.e2e.events import labels_of
from tests.e2e.painting import HEIGHT, WIDTH, Truth, brush_size, held, ids_of, label_map, paint, stored
from tests.e2e.world import World

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    # pycocotools decodes in a way that numpy will not take for ever.
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]

CAT, DOG = 1, 2


class Desk:
    """One labeler at a fresh project of two pictures."""

    def __init__(self, person: Person, project: dict[str, Any], board: Board, name: str) -> None:
        self.person, self.project, self.board, self.name = person, project, board, name

    async def submit(self) -> None:
        """Submit, and wait until the server has it."""
        await self.board.turn(self.name)
        await self.board.saved()

    async def check(self, truth: Truth) -> None:
        """Submit; the server holds the truth."""
        await self.submit()
        assert truth.matches(await held(self.person, self.project, self.name))


@pytest_asyncio.fixture(loop_scope="package")
async def desk(world: World) -> AsyncIterator[Desk]:
    """See the class."""
    files = {"a.png": png(WIDTH, HEIGHT), "b.png": png(WIDTH, HEIGHT)}
    project = await drawing_project(world, "image_mask", files)
    person = await world.person()
    context = await world.context(person)
    board = Board(await context.new_page())
    yield Desk(person, project, board, await board.opened(project["id"]))
    await context.close()


async def test_last_paint_wins_and_the_eraser_leaves_background(world: World, desk: Desk) -> None:
    board, truth = desk.board, Truth()
    await expect(board.missing).to_have_text("Paint something, or skip")
    await paint(board, (50, 50), (90, 90))
    await board.hint("Choose a label first")
    size = await brush_size(board)
    await board.label("cat")
    truth.stroke(CAT, size, await paint(board, (40, 60), (200, 80), (220, 200)))
    await board.label("dog")
    truth.stroke(DOG, size, await paint(board, (120, 30), (130, 260)))
    await board.press("e")
    truth.stroke(0, size, await paint(board, (30, 150), (300, 160)))
    truth.stroke(0, size, await paint(board, (60, 64)))
    await desk.check(truth)
    events = await labels_of(world, desk.project["id"], {desk.name: 1})
    event = events[desk.name]
    assert event["regions"] == []
    assert event["regionsRef"]["count"] == 2
    assert truth.matches(label_map(stored(world, event), ids_of(desk.project)))


async def test_paint_is_listed_hidden_and_deleted(desk: Desk) -> None:
    board = desk.board
    listed = board.page.get_by_role("region", name="Regions")
    await expect(listed).to_contain_text("Nothing drawn yet")
    await board.label("cat")
    await paint(board, (40, 60), (200, 80))
    await board.label("dog")
    await paint(board, (120, 30), (130, 260))
    await expect(listed).to_contain_text("Painted: cat, dog")
    await board.press("v")
    await expect(board.page.get_by_role("button", name="Show all regions")).to_be_visible()
    await board.press("v", "Shift+Delete")
    await expect(board.page.get_by_role("button", name="Clear the mask").last).to_be_focused()
    await board.press("Enter")
    await expect(listed).to_contain_text("Nothing drawn yet")
    await board.press("Control+z")
    await expect(listed).to_contain_text("Painted: cat, dog")


async def test_painting_by_keyboard_is_exact(desk: Desk) -> None:
    board, truth = desk.board, Truth()
    await board.label("dog")
    await board.press("]", "]", "]", "[")
    size = await brush_size(board)
    await board.press("ArrowRight")
    await board.steer((200, 150), (80, 100))
    await board.press("Enter")
    await board.steer((80, 100), (123, 100))
    await board.steer((123, 100), (123, 151))
    await board.press("Enter")
    await board.press("e")
    await board.press("ArrowRight")
    await board.steer((200, 150), (100, 100))
    await board.press("Enter", "Enter")
    path = [(80.0, 100.0), (123.0, 100.0), (123.0, 151.0)]
    truth.stroke(DOG, size, path)
    truth.stroke(0, size, [(100.0, 100.0)])
    await desk.check(truth)


async def test_undo_redo_and_a_reload_keep_exactly_what_is_shown(desk: Desk) -> None:
    board, truth = desk.board, Truth()
    page = board.page

    async def leave(dialog: Dialog) -> None:
        await dialog.accept()

    page.on("dialog", leave)
    await board.label("cat")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (60, 60), (200, 60)))
    second = await paint(board, (60, 120), (200, 120))
    await paint(board, (60, 180), (200, 180))
    await board.press("Control+z", "Control+z", "Control+Shift+z")
    truth.stroke(CAT, size, second)
    await page.reload()
    await board.shows(desk.name)
    await expect(page.get_by_text("The draft of 1 item is back.")).to_be_visible()
    await board.label("dog")
    truth.stroke(DOG, size, await paint(board, (130, 40), (130, 200)))
    await desk.check(truth)


async def test_polygons_become_part_of_the_mask(desk: Desk) -> None:
    board, truth = desk.board, Truth()
    await board.label("cat")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (60, 100), (250, 100)))
    await board.press("p")
    await board.label("dog")
    await board.press("ArrowRight")
    corners = [(120.0, 60.0), (240.0, 80.0), (180.0, 220.0)]
    at = (200.0, 150.0)
    for corner in corners:
        await board.steer(at, corner)
        await board.press("Enter")
        at = corner
    await board.steer(at, corners[0])
    await board.press("Enter")
    await expect(board.rows).to_have_count(1)
    truth.polygon(DOG, corners)
    await desk.check(truth)


async def test_a_mask_that_is_wholly_erased_is_refused_and_comes_back(desk: Desk) -> None:
    board, truth = desk.board, Truth()
    await board.label("cat")
    await paint(board, (100, 100))
    await board.press("e")
    await paint(board, (100, 100))
    await board.press("Control+Enter")
    refused = board.page.get_by_role("dialog").filter(has_text="The server refused a label")
    await expect(refused).to_be_visible()
    await refused.get_by_role("button", name="Claim again").click()
    await expect(board.page.get_by_role("dialog")).to_have_count(0)
    await board.shows(desk.name)
    await board.press("b")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (200, 100)))
    await desk.check(truth)


_BREAK = """async (counts) => {
    const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open("labelbus");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const store = db.transaction("drafts", "readwrite").objectStore("drafts");
    const all = await new Promise((resolve) => (store.getAll().onsuccess = (event) => resolve(event.target.result)));
    for (const draft of all) {
        const label = draft.mask.strokes[0].label;
        store.put({ ...draft, mask: { base: [{ label, counts }], strokes: [] } });
    }
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    db.close();
}"""


@pytest.mark.parametrize(
    ("counts", "why"), [("not run lengths", "The mask is damaged"), ("16", "made for an image of another size")]
)
async def test_a_broken_draft_says_so_and_the_page_stays_usable(desk: Desk, counts: str, why: str) -> None:
    board, truth = desk.board, Truth()
    page = board.page

    async def leave(dialog: Dialog) -> None:
        await dialog.accept()

    page.on("dialog", leave)
    await board.label("cat")
    await paint(board, (100, 100))
    await expect(board.submit).to_be_enabled()
    await page.evaluate(_BREAK, counts)
    await page.reload()
    await expect(page.get_by_role("alert").filter(has_text=why)).to_be_visible()
    await page.get_by_role("button", name="Begin with an empty mask").click()
    await board.label("dog")
    size = await brush_size(board)
    truth.stroke(DOG, size, await paint(board, (200, 100), (250, 140)))
    await expect(page.get_by_role("alert")).to_have_count(0)
    await desk.check(truth)


async def test_an_earlier_mask_is_changed(desk: Desk) -> None:
    board, truth = desk.board, Truth()
    await board.label("cat")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (60, 60), (200, 60)))
    await desk.submit()
    await board.press("h")
    await board.shows(desk.name)
    await expect(board.page.get_by_role("button", name="Save change")).to_be_disabled()
    await board.label("dog")
    truth.stroke(DOG, size, await paint(board, (130, 30), (130, 200)))
    await board.press("Control+Enter")
    await expect(board.page.get_by_text("Change saved")).to_be_visible()
    assert truth.matches(await held(desk.person, desk.project, desk.name))
    assert np.count_nonzero(truth.pixels == CAT) > 0
