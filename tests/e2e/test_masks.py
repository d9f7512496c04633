"""Masks: what was painted, by mouse or keyboard, is what the server holds and what subscribers read, pixel by pixel."""

from collections.abc import AsyncIterator

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Dialog, expect

from tests.e2e.events import labels_of
from tests.e2e.painting import (
    Truth,
    brush_size,
    click,
    drag_brush_size,
    held,
    ids_of,
    label_map,
    paint,
    seen,
    stored,
)
from tests.e2e.scans import color
from tests.e2e.seats import Seat, seated
from tests.e2e.tabs import tab_to
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")

CAT, DOG = 1, 2


@pytest_asyncio.fixture(loop_scope="package")
async def seat(world: World) -> AsyncIterator[Seat]:
    """A labeler at a picture to paint on."""
    async with seated(world, "image_mask") as found:
        yield found


async def check(seat: Seat, truth: Truth) -> None:
    """Submit; the server holds the truth."""
    await seat.submit()
    assert truth.matches(await held(seat.person, seat.project, seat.name))


async def test_painting_by_mouse_alone(seat: Seat) -> None:
    board, page, truth = seat.board, seat.board.page, Truth()
    before = await brush_size(board)
    await expect(board.missing).to_have_text("Paint something, or skip")
    await paint(board, (50, 50), (90, 90))
    await board.hint("Choose a label first")
    await drag_brush_size(board, by=15)
    size = await brush_size(board)
    assert size > before
    await board.choose("cat")
    truth.stroke(CAT, size, await paint(board, (40, 60), (200, 80), (220, 200)))
    plain, spot = await color(page, await board.screen((10.5, 10.5))), await board.screen((121.5, 70.5))
    assert await color(page, spot) == pytest.approx(seen(seat.project, CAT, plain), abs=4)
    await board.choose("dog")
    truth.stroke(DOG, size, await paint(board, (120, 30), (130, 260)))
    assert await color(page, spot) == pytest.approx(seen(seat.project, DOG, plain), abs=4)
    await board.take("Eraser")
    truth.stroke(0, size, await paint(board, (30, 150), (300, 160)))
    truth.stroke(0, size, await paint(board, (60, 64)))
    assert await color(page, await board.screen((125.5, 153.5))) == pytest.approx(plain, abs=1)
    await board.take("Polygon")
    await board.choose("cat")
    corners = await click(board, (300, 60), (380, 70), (350, 120), (300, 60))
    await expect(board.rows.filter(has_text="corners")).to_have_count(1)
    truth.polygon(CAT, corners[:-1])
    await board.submit.click()
    await board.turned(seat.name)
    await board.saved()
    assert truth.matches(await held(seat.person, seat.project, seat.name))
    event = (await labels_of(seat.world, seat.project["id"], {seat.name: 1}))[seat.name]
    assert event["regions"] == []
    assert event["regionsRef"]["count"] == 2
    assert truth.matches(label_map(stored(seat.world, event), ids_of(seat.project)))


async def test_paint_is_listed_by_label_hidden_and_deleted(seat: Seat) -> None:
    board = seat.board
    listed = board.page.get_by_role("region", name="Regions")
    await expect(listed).to_contain_text("Nothing drawn yet")
    await board.label("cat")
    await paint(board, (40, 60), (200, 80))
    await board.label("dog")
    await paint(board, (120, 30), (130, 260))
    await expect(board.rows).to_contain_text(["cat", "dog"])
    await board.press("v")
    await expect(board.page.get_by_role("button", name="Show all regions")).to_be_visible()
    await board.press("v", "Shift+Delete")
    await expect(board.page.get_by_role("button", name="Clear the mask").last).to_be_focused()
    await board.press("Enter")
    await expect(listed).to_contain_text("Nothing drawn yet")
    await board.press("Control+z")
    await expect(board.rows).to_contain_text(["cat", "dog"])
    await board.press("e")
    await paint(board, (120, 30), (130, 260))
    await expect(board.rows).to_contain_text(["cat"])
    await board.press("b")
    await paint(board, (40, 60), (200, 80))
    await expect(board.rows).to_contain_text(["dog"])
    await board.press("Control+z", "Control+z")
    await expect(board.rows).to_contain_text(["cat", "dog"])


async def test_painting_by_keyboard_is_exact(seat: Seat) -> None:
    board, truth = seat.board, Truth()
    await board.label("dog")
    await board.press("]", "]", "]", "[")
    size = await brush_size(board)
    await board.mark((80, 100))
    await board.steer((80, 100), (123, 100))
    await board.steer((123, 100), (123, 151))
    await board.press("Enter", "Escape")
    truth.stroke(DOG, size, [(80.0, 100.0), (123.0, 100.0), (123.0, 151.0)])
    await board.label("cat")
    await board.mark((110, 90), (110, 140))
    truth.stroke(CAT, size, [(110.0, 90.0), (110.0, 140.0)])
    await board.press("e")
    await board.mark((100, 100))
    await board.press("Enter")
    truth.stroke(0, size, [(100.0, 100.0)])
    await tab_to(board.page.get_by_role("slider", name="Brush size"))
    await board.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert await brush_size(board) > size
    await check(seat, truth)


async def test_undo_redo_and_a_reload_keep_exactly_what_is_shown(seat: Seat) -> None:
    board, truth = seat.board, Truth()
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
    await board.shows(seat.name)
    await expect(page.get_by_text("The draft of 1 item is back.")).to_be_visible()
    await board.label("dog")
    truth.stroke(DOG, size, await paint(board, (130, 40), (130, 200)))
    await check(seat, truth)


async def test_polygons_become_part_of_the_mask(seat: Seat) -> None:
    board, truth = seat.board, Truth()
    await board.label("cat")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (60, 100), (250, 100)))
    await board.press("p")
    await board.label("dog")
    corners = [(120.0, 60.0), (240.0, 80.0), (180.0, 220.0)]
    await board.mark(*corners, corners[0])
    await expect(board.rows).to_contain_text(["cat", "corners"])
    truth.polygon(DOG, corners)
    await check(seat, truth)


async def test_a_mask_that_is_wholly_erased_is_refused_and_comes_back(seat: Seat) -> None:
    board, truth = seat.board, Truth()
    await board.label("cat")
    await paint(board, (100, 100))
    await board.press("e")
    await paint(board, (100, 100))
    await board.press("Control+Enter")
    refused = board.page.get_by_role("dialog").filter(has_text="The server refused a label")
    await expect(refused).to_be_visible()
    await refused.get_by_role("button", name="Claim again").click()
    await expect(board.page.get_by_role("dialog")).to_have_count(0)
    await board.shows(seat.name)
    await board.press("b")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (200, 100)))
    await check(seat, truth)


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
async def test_a_broken_draft_says_so_and_the_page_stays_usable(seat: Seat, counts: str, why: str) -> None:
    board, truth = seat.board, Truth()
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
    await check(seat, truth)


async def test_an_earlier_mask_is_changed(seat: Seat) -> None:
    board, truth = seat.board, Truth()
    await board.label("cat")
    size = await brush_size(board)
    truth.stroke(CAT, size, await paint(board, (60, 60), (200, 60)))
    await seat.submit()
    await board.press("h")
    await board.shows(seat.name)
    await expect(board.page.get_by_role("button", name="Save change")).to_be_disabled()
    await board.label("dog")
    truth.stroke(DOG, size, await paint(board, (130, 30), (130, 200)))
    await board.press("Control+Enter")
    await expect(board.page.get_by_text("Change saved")).to_be_visible()
    assert truth.matches(await held(seat.person, seat.project, seat.name))
    assert np.count_nonzero(truth.pixels == CAT) > 0
