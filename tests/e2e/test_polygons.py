"""Polygons: what was drawn, by mouse or keyboard, is what the server and the export hold."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bench import projects
from bench.client import Person
from tests.e2e.canvases import png
from tests.e2e.drawing import Board, Region, drawing_project, regions_of
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")

SQUARE = [(50.0, 50.0), (150.0, 50.0), (150.0, 120.0), (50.0, 120.0)]


class Desk:
    """One labeler at a fresh project of two pictures, 400 by 300."""

    def __init__(self, world: World, person: Person, project: dict[str, Any], board: Board, name: str) -> None:
        self.world, self.person, self.project, self.board, self.name = world, person, project, board, name

    async def held(self) -> list[Region]:
        """Submit, and what the server holds then, to the whole pixel."""
        await self.board.turn(self.name)
        await self.board.saved()
        found = await regions_of(self.person, self.project["id"], self.name)
        return [(label, [round(value) for value in points]) for label, points in found]

    async def square(self) -> None:
        """A polygon of four corners, closed by Enter."""
        for corner in SQUARE:
            await self.board.click(corner)
        await self.board.press("Enter")
        await expect(self.board.rows).to_have_count(1)


@pytest_asyncio.fixture(loop_scope="package")
async def desk(world: World) -> AsyncIterator[Desk]:
    """See the class."""
    project = await drawing_project(world, "image_polygon", {"a.png": png(), "b.png": png()})
    person = await world.person()
    context = await world.context(person)
    board = Board(await context.new_page())
    yield Desk(world, person, project, board, await board.opened(project["id"]))
    await context.close()


def flat(corners: list[tuple[float, float]]) -> list[float]:
    """x and y in turn."""
    return [value for corner in corners for value in corner]


async def test_polygons_are_closed_by_double_click_and_by_the_first_corner(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    for corner in SQUARE[:-1]:
        await board.click(corner)
    await board.click(SQUARE[-1], count=2)
    await board.label("dog")
    triangle = [(200.0, 100.0), (300.0, 120.0), (250.0, 200.0)]
    for corner in [*triangle, triangle[0]]:
        await board.click(corner)
    await expect(board.rows).to_have_count(2)
    assert await desk.held() == [("cat", flat(SQUARE)), ("dog", flat(triangle))]


async def test_a_polygon_drawn_by_keyboard_is_exact_and_the_export_holds_it(desk: Desk) -> None:
    board = desk.board
    await board.label("owl")
    await board.press("ArrowRight")
    at = (200.0, 150.0)
    for corner in SQUARE:
        await board.steer(at, corner)
        await board.press("Enter")
        at = corner
    await board.press("Enter")
    assert await desk.held() == [("owl", flat(SQUARE))]
    job = await projects.export(desk.world.owner, desk.project["id"], "jsonl")
    answer = await desk.world.owner.http.get(f"/api/v1/exports/{job['id']}/download")
    (row,) = [json.loads(line) for line in answer.text.splitlines()]
    (label,) = row["label"]
    assert label["label"] == "owl"
    x, y = [value / 400 for value in flat(SQUARE)[::2]], [value / 300 for value in flat(SQUARE)[1::2]]
    polygon = label["polygon"][0]
    assert polygon[::2] == pytest.approx(x, abs=1e-6)
    assert polygon[1::2] == pytest.approx(y, abs=1e-6)


async def test_a_corner_that_would_cross_is_refused_at_once(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    for corner in [*SQUARE[:3], (100.0, 20.0)]:
        await board.click(corner)
    await board.hint("must not cross")
    await board.click(SQUARE[3])
    await board.click((20, 85))
    await board.press("Backspace", "Enter")
    assert await desk.held() == [("cat", flat(SQUARE))]


async def test_an_open_polygon_is_not_submitted_over(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await desk.square()
    await board.click((200, 200))
    await board.press("Control+Enter")
    await board.hint("Close the polygon first")
    await board.click((300, 200))
    await board.press("Enter")
    await board.hint("at least three corners")
    await board.press("Escape")
    assert await desk.held() == [("cat", flat(SQUARE))]


async def test_corners_are_added_moved_and_removed(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await desk.square()
    await board.press("u")
    await board.drag((100, 50), (100, 20))
    await board.click((150, 120))
    assert await desk.held() == [("cat", [50, 50, 100, 20, 150, 50, 50, 120])]


async def test_a_polygon_is_moved_and_gets_another_label(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await desk.square()
    await board.press("m")
    await board.drag((100, 80), (120, 100))
    await board.label("dog")
    await expect(board.rows.nth(0)).to_contain_text("dog")
    await board.press("Control+z", "Control+Shift+z", "ArrowLeft", "Shift+ArrowUp")
    truth = flat([(x + 20 - 1, y + 20 - 10) for x, y in SQUARE])
    assert await desk.held() == [("dog", truth)]


async def test_a_locked_polygon_stays(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await desk.square()
    await board.press("l", "u")
    await board.click((150, 120))
    await board.hint("This region is locked")
    await board.press("m")
    await board.label("dog")
    await board.press("Delete")
    assert await desk.held() == [("cat", flat(SQUARE))]


async def test_a_finger_draws(world: World) -> None:
    project = await drawing_project(world, "image_polygon", {"a.png": png()})
    person = await world.person()
    context = await world.context(person, has_touch=True)
    board = Board(await context.new_page())
    name = await board.opened(project["id"])
    await board.label("cat")
    for corner in [*SQUARE, SQUARE[0]]:
        await board.page.touchscreen.tap(*await board.screen(corner))
    await expect(board.rows).to_have_count(1)
    await board.turn(name)
    await board.saved()
    ((label, points),) = await regions_of(person, project["id"], name)
    assert (label, [round(value) for value in points]) == ("cat", flat(SQUARE))
    await context.close()
