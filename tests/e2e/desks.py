"""How one gets to the labeling page of each drawing and text task, in the middle of its work."""

from playwright.async_api import Page, expect

from tests.e2e.drawing import Board, Place
from tests.e2e.painting import paint
from tests.e2e.reading import ReadingRoom
from tests.e2e.showcase import Showcase

_FLOWER: list[Place] = [
    (262, 97), (318, 85), (376, 99), (421, 136), (445, 205), (432, 268), (385, 335), (315, 358), (240, 345), (190, 292),
    (168, 215), (190, 140),
]  # fmt: skip
_BUD: list[Place] = [(288, 426), (300, 392), (345, 374), (395, 378), (436, 392), (466, 426)]


async def _board(page: Page, show: Showcase, room: str) -> Board:
    board = Board(page)
    await board.opened(show.gallery[room]["id"])
    return board


async def labeling_boxes(page: Page, show: Showcase) -> None:
    """A pagoda between trees."""
    board = await _board(page, show, "boxes")
    for key, start, end in (("1", (62, 28), (372, 424)), ("2", (548, 136), (638, 424)), ("3", (424, 225), (501, 244))):
        await board.press("Escape", key)
        await board.drag(start, end)
    await page.mouse.move(20, 500)
    await expect(board.rows).to_have_count(3)


async def labeling_polygons(page: Page, show: Showcase) -> None:
    """A dahlia and a bud."""
    board = await _board(page, show, "polygons")
    for key, corners in (("1", _FLOWER), ("3", _BUD)):
        await board.press(key)
        for corner in corners:
            await board.click(corner)
        await board.press("Enter")
    await page.mouse.move(20, 500)
    await expect(board.rows).to_have_count(2)


async def labeling_masks(page: Page, show: Showcase) -> None:
    """The same, painted."""
    board = await _board(page, show, "masks")
    await board.press("1", *["]"] * 4)
    await paint(board, (250, 150), (370, 150), (395, 220), (370, 290), (260, 290), (220, 220), (310, 220))
    await board.press("2")
    await paint(board, (40, 120), (90, 150), (60, 240), (30, 290))
    await expect(board.submit).to_be_enabled()


async def labeling_dicom(page: Page, show: Showcase) -> None:
    """A slice of an abdomen with its window."""
    board = await _board(page, show, "dicom")
    await board.press("1")
    await board.drag((205, 300), (300, 420))
    await page.mouse.move(20, 500)
    await expect(board.rows).to_have_count(1)


async def labeling_text(page: Page, show: Showcase) -> None:
    """A notice with two topics."""
    await _reading(page, show, "text")
    await page.keyboard.press("1")
    await page.keyboard.press("3")


async def labeling_entities(page: Page, show: Showcase) -> None:
    """The same with people and places."""
    room = await _reading(page, show, "entities")
    for key, words in (("1", "Inês Duarte"), ("2", "Cais do Sodré"), ("3", "Science Museum")):
        await room.press(key)
        await room.drag(words)
    await room.press("2")
    await room.double_click("Lisbon")
    await room.double_click("Poznań")
    await page.mouse.move(20, 500)


async def _reading(page: Page, show: Showcase, room: str) -> ReadingRoom:
    await page.goto(f"/projects/{show.gallery[room]['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    reading = ReadingRoom(page)
    await reading.shown()
    return reading
