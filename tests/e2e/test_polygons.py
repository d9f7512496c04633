"""Polygons: what was drawn, by mouse or keyboard, is what the server and the export hold."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bench import projects
from tests.e2e.drawing import Board, Region
from tests.e2e.hands import Hands
from tests.e2e.seats import Seat, seated
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")

SQUARE = [(50.0, 50.0), (150.0, 50.0), (150.0, 120.0), (50.0, 120.0)]
TRIANGLE = [(200.0, 100.0), (300.0, 120.0), (250.0, 200.0)]


@pytest_asyncio.fixture(loop_scope="package")
async def seat(world: World) -> AsyncIterator[Seat]:
    """A labeler at a picture to draw polygons on."""
    async with seated(world, "image_polygon") as found:
        yield found


async def drawn(seat: Seat) -> list[Region]:
    """Submit, and what the server holds then, to the whole pixel."""
    return whole(await seat.held())


def whole(found: list[Region]) -> list[Region]:
    """To the whole pixel."""
    return [(label, [round(value) for value in points]) for label, points in found]


async def square(board: Board) -> None:
    """A polygon of four corners by mouse, closed by Enter."""
    for corner in SQUARE:
        await board.click(corner)
    await board.press("Enter")
    await expect(board.rows).to_have_count(1)


def flat(corners: list[tuple[float, float]]) -> list[float]:
    """x and y in turn."""
    return [value for corner in corners for value in corner]


async def test_polygons_by_mouse_alone(seat: Seat) -> None:
    board = seat.board
    await board.click(SQUARE[0])
    await board.hint("Choose a label first")
    await board.take("Polygon")
    await board.choose("cat")
    for corner in SQUARE[:-1]:
        await board.click(corner)
    await board.click(SQUARE[-1], count=2)
    await board.choose("dog")
    for corner in [*TRIANGLE, TRIANGLE[0]]:
        await board.click(corner)
    await board.choose("owl")
    for corner in [(20.0, 200.0), (60.0, 200.0), (60.0, 250.0), (20.0, 200.0)]:
        await board.click(corner)
    await expect(board.rows).to_contain_text(["cat", "dog", "owl"])
    await board.take("Move and reshape")
    await board.click((55, 215))
    await board.page.get_by_role("button", name="Delete this region, owl").click()
    await expect(board.rows).to_contain_text(["cat", "dog"])
    await board.click((100, 80))
    await board.choose("owl")
    await expect(board.rows).to_contain_text(["owl", "dog"])
    await board.drag((300, 120), (310, 110))
    await board.submit.click()
    await board.turned(seat.name)
    await board.saved()
    assert whole(await seat.regions()) == [("owl", flat(SQUARE)), ("dog", [200, 100, 310, 110, 250, 200])]


async def test_polygons_by_keyboard_alone_are_exact_and_the_export_holds_them(seat: Seat) -> None:
    board = seat.board
    await board.label("owl")
    await board.mark(*SQUARE)
    await board.press("Enter")
    await expect(board.rows).to_have_count(1)
    await board.label("dog")
    await board.press("Escape")
    await board.mark(*TRIANGLE, TRIANGLE[0])
    await expect(board.rows).to_contain_text(["owl", "dog"])
    await board.press("m")
    await board.label("cat")
    await board.press("Shift+ArrowRight", "ArrowUp")
    await expect(board.rows).to_contain_text(["owl", "cat"])
    await board.press("Shift+n", "u")
    await board.mark((100, 50))
    await board.steer((100, 50), (100, 20))
    await board.press("Enter")
    await board.steer((100, 20), (150, 120))
    await board.press("Enter", "Enter", "p")
    await board.label("dog")
    await board.mark((300, 200), (350, 200), (350, 250), (300, 200))
    await expect(board.rows).to_have_count(3)
    await board.press("m", "Delete")
    await expect(board.rows).to_contain_text(["owl", "cat"])
    truth: list[Region] = [("owl", [50, 50, 100, 20, 150, 50, 50, 120]), ("cat", [210, 99, 310, 119, 260, 199])]
    assert await seat.held() == truth
    await exported(seat, truth[1])


async def exported(seat: Seat, polygon: Region) -> None:
    """The export in JSON Lines holds a polygon of the picture."""
    job = await projects.export(seat.world.owner, seat.project["id"], "jsonl")
    answer = await seat.world.owner.http.get(f"/api/v1/exports/{job['id']}/download")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    (row,) = [row for row in rows if row["image_url"].endswith(f"/{seat.name}")]
    label, points = polygon
    (found,) = [each for each in row["label"] if each["label"] == label]
    assert found["polygon"][0][::2] == pytest.approx([x / 400 for x in points[::2]], abs=1e-6)
    assert found["polygon"][0][1::2] == pytest.approx([y / 300 for y in points[1::2]], abs=1e-6)


async def test_a_corner_that_would_cross_is_refused_at_once(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    for corner in [*SQUARE[:3], (100.0, 20.0)]:
        await board.click(corner)
    await board.hint("must not cross")
    await board.click(SQUARE[3])
    await board.click((20, 85))
    await board.press("Backspace", "Enter")
    assert await drawn(seat) == [("cat", flat(SQUARE))]


async def test_an_open_polygon_is_not_submitted_over(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await square(board)
    await board.click((200, 200))
    await board.press("Control+Enter")
    await board.hint("Close the polygon first")
    await board.click((300, 200))
    await board.press("Enter")
    await board.hint("at least three corners")
    await board.press("Escape")
    assert await drawn(seat) == [("cat", flat(SQUARE))]


async def test_corners_are_added_moved_and_removed(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await square(board)
    await board.press("u")
    await board.drag((100, 50), (100, 20))
    await board.click((150, 120))
    assert await drawn(seat) == [("cat", [50, 50, 100, 20, 150, 50, 50, 120])]


async def test_a_polygon_is_moved_and_gets_another_label(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await square(board)
    await board.press("m")
    await board.drag((100, 80), (120, 100))
    await board.label("dog")
    await expect(board.rows.nth(0)).to_contain_text("dog")
    await board.press("Control+z", "Control+Shift+z", "ArrowLeft", "Shift+ArrowUp")
    truth = flat([(x + 20 - 1, y + 20 - 10) for x, y in SQUARE])
    assert await drawn(seat) == [("dog", truth)]


async def test_a_locked_polygon_stays_and_a_new_one_can_be_changed(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await square(board)
    await board.press("l", "u")
    await board.click((150, 120))
    await board.hint("This region is locked")
    await board.press("m")
    await board.label("dog")
    await board.press("Delete")
    await board.hint("This region is locked")
    await board.press("p", "Escape")
    await board.label("dog")
    await board.mark(*TRIANGLE, TRIANGLE[0])
    await board.press("m", "Shift+ArrowDown", "3", "u", "Escape")
    await board.drag((250, 160), (250, 160))
    await board.drag((300, 130), (320, 140))
    await expect(board.rows).to_contain_text(["cat", "owl"])
    await board.press("Shift+Delete")
    await expect(board.page.get_by_role("dialog").locator("button:focus")).to_have_count(1)
    await board.press("Enter")
    await expect(board.rows).to_have_count(1)
    await board.press("Control+z")
    await board.take("Unlock regions")
    assert await drawn(seat) == [("cat", flat(SQUARE)), ("owl", [200, 110, 320, 140, 250, 210])]


async def test_a_finger_and_a_pen_draw_and_two_fingers_only_look(world: World) -> None:
    async with seated(world, "image_polygon", has_touch=True) as seat:
        board, hands = seat.board, await Hands.on(seat.board)
        await board.label("cat")
        for corner in [*SQUARE, SQUARE[0]]:
            await board.page.touchscreen.tap(*await board.screen(corner))
        await expect(board.rows).to_have_count(1)
        await board.label("dog")
        for corner in TRIANGLE:
            await hands.touch_with_pen(corner)
        await board.press("+", "+", "+")
        scale, (x, y) = await board.scale(), await board.screen((200, 150))
        await hands.pinch((200, 150), before=60, after=120, along=30)
        assert await board.scale() == pytest.approx(2 * scale, rel=0.02)
        assert await board.screen((200, 150)) == pytest.approx((x + 30, y), abs=3)
        await board.fit()
        await hands.touch_with_pen(TRIANGLE[0])
        await expect(board.rows).to_contain_text(["cat", "dog"])
        assert await drawn(seat) == [("cat", flat(SQUARE)), ("dog", flat(TRIANGLE))]
