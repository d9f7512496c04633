"""Bounding boxes: what was drawn, by mouse or keyboard, is what the server holds."""

import itertools
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.drawing import Region, near
from tests.e2e.seats import Seat, seated
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def seat(world: World) -> AsyncIterator[Seat]:
    """A labeler at a picture to draw boxes on."""
    async with seated(world, "image_box") as found:
        yield found


async def test_boxes_drawn_by_mouse_are_what_the_server_holds(seat: Seat) -> None:
    board = seat.board
    await expect(board.missing).to_have_text("Draw at least one box, or skip")
    await expect(board.submit).to_be_disabled()
    await board.drag((50, 50), (150, 100))
    await board.hint("Choose a label first")
    await board.choose("cat")
    await board.drag((50, 50), (150, 100))
    await board.choose("dog")
    await board.drag((350, 280), (200, 150))
    await expect(board.rows).to_have_count(2)
    await board.drag((350, 215), (330, 215))
    await board.drag((330, 280), (320, 290))
    await board.choose("owl")
    await board.hint("This label goes to the next box")
    await expect(board.rows.nth(1)).to_contain_text("dog")
    await board.submit.click()
    await board.turned(seat.name)
    await board.saved()
    truth: list[Region] = [("cat", [50, 50, 150, 100]), ("dog", [200, 150, 320, 290])]
    assert near(await seat.regions(), truth, 1)


async def test_boxes_drawn_by_keyboard_are_exact(seat: Seat) -> None:
    board = seat.board
    await board.press("ArrowRight", "Enter")
    await board.hint("Choose a label first")
    await board.label("owl")
    await board.press("Escape")
    await board.mark((120, 84), (263, 207))
    await board.label("cat")
    await board.hint("This label goes to the next box")
    await expect(board.rows).to_contain_text(["owl"])
    await board.press("Enter")
    await board.steer((263, 207), (270, 200))
    await board.press("Enter", "Escape")
    await board.mark((10, 10))
    await board.press("ArrowRight", "ArrowDown", "Escape", "Enter")
    await expect(board.rows).to_have_count(1)
    await board.mark((10, 10), (30, 40))
    await expect(board.rows).to_contain_text(["owl", "cat"])
    await board.press("m", "Delete")
    await expect(board.rows).to_have_count(1)
    await board.press("Control+z", "n", "Shift+ArrowLeft", "ArrowDown", "Escape")
    await board.mark((10, 10), (12, 15))
    assert await seat.held() == [("owl", [110, 85, 260, 201]), ("cat", [12, 15, 30, 40])]


async def test_a_box_is_moved_reshaped_and_deleted(seat: Seat) -> None:
    board = seat.board
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
    assert near(await seat.held(), [("cat", [70, 70, 190, 120])], 1)


async def test_the_x_beside_a_box_deletes_it_alone(seat: Seat) -> None:
    board = seat.board
    await board.label("dog")
    await board.drag((200, 200), (250, 250))
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.page.get_by_role("button", name="Delete this region, cat").click()
    await expect(board.rows).to_contain_text(["dog"])
    await board.rows.get_by_role("button", name="Delete region 1, dog").click()
    await expect(board.rows).to_have_count(0)
    await expect(board.submit).to_be_disabled()


def size(region: Region) -> list[float]:
    """Width and height, to the hundredth."""
    left, top, right, bottom = region[1]
    return [round(right - left, 2), round(bottom - top, 2)]


async def test_template_boxes_have_the_size_of_the_box_drawn_last(seat: Seat) -> None:
    board = seat.board
    await board.choose("cat")
    await board.take("Template box")
    await board.click((100, 100))
    await board.take("Rectangle")
    await board.drag((200, 200), (230, 280))
    await board.take("Template box")
    await board.click((300, 100))
    await board.drag((315, 140), (335, 120))
    await board.click((5, 5))
    await board.press("t")
    await board.mark((60, 200))
    await board.press("m", "Escape")
    await board.mark((75, 240), (80, 250))
    await board.press("t")
    await board.mark((390, 290))
    first, drawn, resized, corner, wider, last = await seat.held()
    assert size(first) == [50, 50]
    assert size(corner) == size(last) == size(drawn)
    assert corner[1][:2] == [0, 0]
    assert last[1][2:] == [400, 300]
    width, height = size(drawn)
    assert near([resized], [("cat", [300 - width / 2, 60, 335, 120])], 1)
    assert size(wider) == pytest.approx([width + 5, height + 10], abs=0.02)


async def test_a_lock_keeps_what_was_there_and_delete_all_asks(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    await board.press("l", "m")
    await board.drag((100, 75), (120, 95))
    await board.hint("This region is locked")
    await board.press("ArrowDown")
    await board.press("r")
    await board.drag((200, 200), (250, 250))
    await board.drag((250, 225), (280, 225))
    await board.press("m", "ArrowRight")
    await expect(board.rows.nth(1)).to_contain_text("80 \u00d7 50")
    await board.press("Shift+Delete")
    asked = board.page.get_by_role("dialog")
    await expect(asked).to_contain_text("the locked ones stay")
    await expect(asked.get_by_role("button", name="Delete all regions")).to_be_focused()
    await board.press("Enter")
    await expect(asked).to_have_count(0)
    await expect(board.rows).to_have_count(1)
    await board.take("Unlock regions")
    await board.drag((100, 75), (110, 75))
    assert near(await seat.held(), [("cat", [60, 50, 160, 100])], 1)


async def test_delete_all_leaves_other_pictures_alone(seat: Seat) -> None:
    board = seat.board
    await board.label("cat")
    await board.drag((50, 50), (150, 100))
    truth = await seat.held()
    await board.drag((50, 50), (150, 100))
    await board.drag((200, 200), (250, 250))
    await board.take("Lock regions")
    await board.take("Delete all regions")
    await board.hint("This region is locked")
    await board.take("Unlock regions")
    await board.take("Delete all regions")
    await board.page.get_by_role("dialog").get_by_role("button", name="Delete all regions").click()
    await expect(board.rows).to_have_count(0)
    await expect(board.submit).to_be_disabled()
    await board.press("Control+z")
    await expect(board.rows).to_have_count(2)
    assert await seat.regions() == truth


async def test_skip_asks_before_it_throws_boxes_away(seat: Seat) -> None:
    board = seat.board
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
    following = await board.turned(seat.name)
    await board.press("s")
    await board.turned(following)
    await expect(asked).to_have_count(0)


async def test_texts_of_the_page_are_not_selected_instead_of_drawing(seat: Seat) -> None:
    board, page = seat.board, seat.board.page
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


async def test_no_action_lies_over_another_in_a_narrow_window(seat: Seat) -> None:
    page = seat.board.page
    buttons = page.get_by_role("contentinfo").get_by_role("button")
    for width, height in ((1000, 700), (800, 600), (420, 700)):
        await page.set_viewport_size({"width": width, "height": height})
        boxes = [box for button in await buttons.all() if (box := await button.bounding_box())]
        assert len(boxes) == await buttons.count() > 5
        for one, other in itertools.combinations(boxes, 2):
            beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            assert beside or one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


async def test_escape_leaves_nothing_and_a_click_makes_no_box(seat: Seat) -> None:
    board, page = seat.board, seat.board.page
    await board.label("cat")
    await page.mouse.move(*await board.screen((50, 50)))
    await page.mouse.down()
    await page.mouse.move(*await board.screen((150, 100)))
    await board.press("Escape")
    await page.mouse.up()
    await board.click((200, 200))
    await board.hint("a box needs width and height")
    await expect(board.rows).to_have_count(0)


async def test_hidden_regions_stay_and_the_list_and_the_picture_select_each_other(seat: Seat) -> None:
    board = seat.board
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
    assert len(await seat.held()) == 2
