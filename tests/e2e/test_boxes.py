"""Bounding boxes: what was drawn, by mouse or keyboard, is what the server holds."""

import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bench.client import Person
from tests.e2e.canvases import png
from tests.e2e.drawing import Board, Region, drawing_project, regions_of
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Desk:
    """One labeler at a fresh project of two pictures, 400 by 300."""

    def __init__(self, person: Person, project: dict[str, Any], board: Board, name: str) -> None:
        self.person, self.project, self.board, self.name = person, project, board, name

    async def held(self) -> list[Region]:
        """Submit, and what the server holds then."""
        await self.board.turn(self.name)
        await self.board.saved()
        return await regions_of(self.person, self.project["id"], self.name)


@pytest_asyncio.fixture(loop_scope="package")
async def desk(world: World) -> AsyncIterator[Desk]:
    """See the class."""
    project = await drawing_project(world, "image_box", {"a.png": png(), "b.png": png()})
    person = await world.person()
    context = await world.context(person)
    board = Board(await context.new_page())
    yield Desk(person, project, board, await board.opened(project["id"]))
    await context.close()


def near(found: list[Region], truth: list[Region], pixels: float) -> bool:
    """Same labels in the same order, each coordinate at most so far away."""
    return [label for label, _ in found] == [label for label, _ in truth] and all(
        abs(one - other) <= pixels
        for (_, points), (_, right) in zip(found, truth, strict=True)
        for one, other in zip(points, right, strict=True)
    )


async def test_boxes_drawn_by_mouse_are_what_the_server_holds(desk: Desk) -> None:
    board = desk.board
    await expect(board.missing).to_have_text("Draw at least one box, or skip")
    await expect(board.submit).to_be_disabled()
    await board.drag((50, 50), (150, 100))
    await board.hint("Choose a label first")
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.label("dog")
    await board.drag((350, 280), (200, 150))
    await expect(board.rows).to_have_count(2)
    truth: list[Region] = [("cat", [50, 50, 150, 100]), ("dog", [200, 150, 350, 280])]
    assert near(await desk.held(), truth, 1 / 2)


async def test_boxes_drawn_by_keyboard_are_exact(desk: Desk) -> None:
    board = desk.board
    await board.label("owl")
    middle = (200.0, 150.0)
    await board.press("ArrowRight")
    await board.steer(middle, (120, 84))
    await board.press("Enter")
    await board.steer((120, 84), (263, 207))
    await board.press("Enter")
    await board.press("m", "Shift+ArrowLeft", "ArrowDown")
    assert await desk.held() == [("owl", [110, 85, 253, 208])]


async def test_a_box_is_moved_reshaped_and_deleted(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.label("dog")
    await board.drag((200, 200), (250, 250))
    await board.press("m")
    await board.drag((100, 75), (120, 95))
    await board.drag((170, 95), (190, 95))
    await board.label("owl")
    await expect(board.rows.nth(0)).to_contain_text("cat")
    await board.rows.nth(1).get_by_role("button", name="Delete region 2, dog").click()
    await expect(board.rows).to_have_count(1)
    await board.press("Control+z")
    await expect(board.rows).to_have_count(2)
    await board.press("Control+Shift+z")
    assert near(await desk.held(), [("cat", [70, 70, 190, 120])], 1)


async def test_the_x_beside_a_box_deletes_it(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.page.get_by_role("button", name="Delete this region, cat").click()
    await expect(board.rows).to_have_count(0)
    await expect(board.submit).to_be_disabled()


async def test_template_boxes_have_the_size_of_the_box_drawn_last(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.press("t")
    await board.click((100, 100))
    await board.press("r")
    await board.drag((200, 200), (230, 280))
    await board.press("t")
    await board.click((300, 100))
    await board.click((5, 5))
    (_, first), (_, drawn), (_, second), (_, corner) = await desk.held()
    assert [first[2] - first[0], first[3] - first[1]] == [50, 50]
    size = [round(drawn[2] - drawn[0], 2), round(drawn[3] - drawn[1], 2)]
    assert [round(second[2] - second[0], 2), round(second[3] - second[1], 2)] == size
    assert corner[:2] == [0, 0]


async def test_a_lock_keeps_what_was_there_and_delete_all_asks(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.press("l", "m")
    await board.drag((100, 75), (120, 95))
    await board.hint("This region is locked")
    await board.press("r")
    await board.drag((200, 200), (250, 250))
    await board.press("Shift+Delete")
    asked = board.page.get_by_role("dialog")
    await expect(asked).to_contain_text("the locked ones stay")
    await expect(asked.get_by_role("button", name="Delete all regions")).to_be_focused()
    await board.press("Enter")
    await expect(asked).to_have_count(0)
    await expect(board.rows).to_have_count(1)
    assert near(await desk.held(), [("cat", [50, 50, 150, 100])], 1)


async def test_skip_asks_before_it_throws_boxes_away(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.press("s")
    asked = board.page.get_by_role("dialog", name="Skip this item?")
    await expect(asked.get_by_role("button", name="Skip", exact=True)).to_be_focused()
    await board.press("Escape")
    await expect(asked).to_have_count(0)
    await expect(board.rows).to_have_count(1)
    await board.press("s")
    await expect(asked.get_by_role("button", name="Skip", exact=True)).to_be_focused()
    await board.press("Enter")
    await expect(board.page.get_by_role("img", name=desk.name)).to_have_count(0)
    await board.name()
    await expect(asked).to_have_count(0)
    await board.press("s")
    await expect(board.done).to_be_visible()


async def test_texts_of_the_page_are_not_selected_instead_of_drawing(desk: Desk) -> None:
    board, page = desk.board, desk.board.page
    await board.label("cat")
    await board.press("Control+a")
    await board.drag((50, 50), (150, 100))
    title = await page.get_by_role("heading", level=1).bounding_box()
    assert title
    await page.mouse.move(title["x"] + 5, title["y"] + 5)
    await page.mouse.down()
    await page.mouse.move(*await board.screen((200, 200)))
    await page.mouse.up()
    assert await page.evaluate("getSelection().toString()") == ""
    await board.drag((200, 200), (300, 250))
    await expect(board.rows).to_have_count(2)


@pytest.mark.parametrize(("width", "height"), [(420, 700), (800, 600), (1000, 700)])
async def test_no_action_lies_over_another_in_a_narrow_window(desk: Desk, width: int, height: int) -> None:
    page = desk.board.page
    await page.set_viewport_size({"width": width, "height": height})
    buttons = page.get_by_role("contentinfo").get_by_role("button")
    boxes = [box for button in await buttons.all() if (box := await button.bounding_box())]
    assert len(boxes) == await buttons.count() > 5
    for one, other in itertools.combinations(boxes, 2):
        beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
        assert beside or one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


async def test_escape_leaves_nothing_and_a_click_makes_no_box(desk: Desk) -> None:
    board, page = desk.board, desk.board.page
    await board.label("cat")
    await page.mouse.move(*await board.screen((50, 50)))
    await page.mouse.down()
    await page.mouse.move(*await board.screen((150, 100)))
    await board.press("Escape")
    await page.mouse.up()
    await board.click((200, 200))
    await board.hint("a box needs width and height")
    await expect(board.rows).to_have_count(0)


async def test_hidden_regions_stay_and_the_list_and_the_picture_select_each_other(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.drag((200, 200), (250, 250))
    await board.press("m")
    await board.click((100, 75))
    await expect(board.rows.nth(0).get_by_role("button", pressed=True)).to_be_visible()
    await board.rows.nth(1).get_by_role("button", name="Region 2 cat").click()
    await expect(board.rows.nth(1).get_by_role("button", pressed=True)).to_be_visible()
    await board.rows.nth(1).get_by_role("button", name="Hide region 2, cat").click()
    await board.click((225, 225))
    await expect(board.rows.get_by_role("button", pressed=True)).to_have_count(0)
    assert len(await desk.held()) == 2


async def test_a_draft_of_boxes_survives_a_reload(desk: Desk) -> None:
    board, page = desk.board, desk.board.page
    await board.label("dog")
    await board.drag((50, 50), (150, 100))
    await board.drag((200, 200), (250, 250))
    page.on("dialog", lambda dialog: dialog.accept())
    await page.reload()
    await board.shows(desk.name)
    await expect(board.rows).to_have_count(2)
    assert near(await desk.held(), [("dog", [50, 50, 150, 100]), ("dog", [200, 200, 250, 250])], 1)


async def test_back_changes_a_box_with_the_same_tools(desk: Desk) -> None:
    board = desk.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await desk.held()
    await board.press("b")
    await board.shows(desk.name)
    await expect(board.rows).to_have_count(1)
    await board.press("m", "n", "Shift+ArrowRight")
    await board.press("Control+Enter")
    await expect(board.page.get_by_text("Change saved")).to_be_visible()
    assert near(await regions_of(desk.person, desk.project["id"], desk.name), [("cat", [60, 50, 160, 100])], 1)


async def test_a_change_that_is_not_saved_is_there_when_one_goes_back_again(desk: Desk) -> None:
    board, page = desk.board, desk.board.page
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await desk.held()
    await board.press("b")
    await board.shows(desk.name)
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
    await board.shows(desk.name)
    await expect(board.rows).to_have_count(2)
    await board.press("Control+Enter")
    await expect(page.get_by_text("Change saved")).to_be_visible()
    assert len(await regions_of(desk.person, desk.project["id"], desk.name)) == 2


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
    await context.close()
