"""Boxes that are not submitted yet, and those that were: nothing is lost, and both can be changed."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.canvases import png
from tests.e2e.drawing import Board, drawing_project, near, regions_of
from tests.e2e.seats import Seat, seated
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def seat(world: World) -> AsyncIterator[Seat]:
    """A labeler at a picture to draw boxes on."""
    async with seated(world, "image_box") as found:
        yield found


async def test_a_draft_of_boxes_survives_a_reload(seat: Seat) -> None:
    board, page = seat.board, seat.board.page
    await board.label("dog")
    await board.drag((50, 50), (150, 100))
    await board.drag((200, 200), (250, 250))
    page.on("dialog", lambda dialog: dialog.accept())
    await page.reload()
    await board.shows(seat.name)
    await expect(board.rows).to_have_count(2)
    assert near(await seat.held(), [("dog", [50, 50, 150, 100]), ("dog", [200, 200, 250, 250])], 1)


async def test_back_changes_a_box_with_the_same_tools(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await seat.held()
    await board.press("b")
    await board.shows(seat.name)
    await expect(board.rows).to_have_count(1)
    await board.press("m", "n", "Shift+ArrowRight")
    await board.press("Control+Enter")
    await expect(board.page.get_by_text("Change saved")).to_be_visible()
    assert near(await seat.regions(), [("cat", [60, 50, 160, 100])], 1)


async def test_a_change_that_is_not_saved_is_there_when_one_goes_back_again(seat: Seat) -> None:
    board, page = seat.board, seat.board.page
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await seat.held()
    await board.press("b")
    await board.shows(seat.name)
    await board.press("Control+Enter", "r", "2")
    await board.drag((200, 150), (350, 280))
    await expect(board.rows).to_have_count(2)
    await expect(page.get_by_text("Not saved yet: press Ctrl + Enter")).to_be_visible()
    await expect(page.get_by_text("Change saved")).to_have_count(0)
    await page.get_by_role("button", name="Back to work").click()
    await expect(page.get_by_text("Your change is not saved yet.")).to_be_visible()
    await page.reload()
    await board.name()
    await board.press("b")
    await board.shows(seat.name)
    await expect(board.rows).to_have_count(2)
    await board.press("Control+Enter")
    await expect(page.get_by_text("Change saved")).to_be_visible()
    assert len(await seat.regions()) == 2


async def test_an_image_without_boxes_is_submitted_where_the_project_allows_it(world: World) -> None:
    project = await drawing_project(world, "image_box", {"a.png": png()}, allow_empty=True)
    person = await world.person()
    context = await world.context(person)
    board = Board(await context.new_page())
    name = await board.opened(project["id"])
    await expect(board.missing).to_have_text("Nothing drawn: submits as empty")
    await board.turn(name)
    await board.saved()
    assert await regions_of(person, project["id"], name) == []
