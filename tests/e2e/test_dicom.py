"""DICOM pictures: shown as the standard says, looked at through any window, labeled as if there were none."""

from typing import Any

import numpy as np
import pytest
from playwright.async_api import Page, expect

from bench.client import label_ids
from bench.scans import dicom
from tests.e2e.canvases import png
from tests.e2e.drawing import Board, Place, drawing_project, near, regions_of
from tests.e2e.scans import HEIGHT, WIDTH, grey, linear, ramp, window
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")

# The first scan waits for a process that decodes it.
DECODED_MS = 60_000
SPOTS = [10, 60, 130, 200, 270, 340, 390]
"""Columns to look at."""


async def _open(world: World, task: str, files: dict[str, bytes]) -> tuple[dict[str, Any], Board, str, Any]:
    project = await drawing_project(world, task, files)
    person = await world.person()
    board = Board(await (await world.context(person)).new_page())
    return project, board, await board.opened(project["id"]), person


async def _looks(
    board: Board, center: float, width: float, first: float = 0, step: float = 8, *, inverted: bool = False
) -> None:
    """The ramp is seen through this window."""
    for column in SPOTS:
        x, y = await board.screen((column + 0.5, 150.5))
        expected = linear(first + step * column, center, width)
        shown = await grey(board.page, (x, y))
        assert abs(shown - (255 - expected if inverted else expected)) <= 1 + 255 * step / width, column


async def test_a_window_is_for_looking_only(world: World) -> None:
    scan = dicom(ramp(), WindowCenter=1_600, WindowWidth=1_600)
    project, board, name, person = await _open(world, "image_box", {"a.dcm": scan, "b.dcm": scan})
    page = board.page
    await expect(page.locator("[data-window]")).to_be_visible(timeout=DECODED_MS)
    await board.zoom(4)
    await board.fit()
    assert await window(page) == (1_600, 1_600)
    await _looks(board, 1_600, 1_600)
    await board.press("w")
    await board.drag((200, 150), (240, 100))
    level, width = await window(page)
    assert level < 1_600 < width
    await _looks(board, level, width)
    await board.press("ArrowRight", "ArrowRight", "Shift+ArrowDown")
    finer = await window(page)
    assert finer[0] > level
    assert finer[1] > width
    await _looks(board, *finer)
    await expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    await expect(board.submit).to_be_disabled()
    await page.mouse.dblclick(*await board.screen((200, 150)))
    assert await window(page) == (1_600, 1_600)
    await _looks(board, 1_600, 1_600)
    await board.press("r")
    await board.label("cat")
    await board.press("ArrowRight")
    await board.steer((200, 150), (100, 100))
    await board.press("Enter")
    await board.steer((100, 100), (160, 130))
    await board.press("Enter")
    await board.choose("dog")
    await board.take("Rectangle")
    await board.drag((200, 200), (250, 280))
    await board.turn(name)
    await board.saved()
    by_keyboard, by_mouse = await regions_of(person, project["id"], name)
    assert by_keyboard == ("cat", [100, 100, 160, 130])
    assert near([by_mouse], [("dog", [200, 200, 250, 280])], 1 / 2)


async def _place(page: Page, column: float) -> Place:
    """Where a column of a picture that fits the window is on the screen."""
    box = await page.locator("canvas").first.bounding_box()
    assert box
    scale = min(box["width"] / WIDTH, box["height"] / HEIGHT)
    return box["x"] + (box["width"] - WIDTH * scale) / 2 + (column + 0.5) * scale, box["y"] + box["height"] / 2


async def test_signed_inverted_rescaled_values_in_classification(world: World) -> None:
    scan = dicom(
        ramp("<i2", -1_000, 5),
        colors="MONOCHROME1",
        RescaleSlope=2,
        RescaleIntercept=-24,
        WindowCenter=0,
        WindowWidth=3_000,
    )
    project, person = await drawing_project(world, "image_multi_class", {"a.dcm": scan}), await world.person()
    page = await (await world.context(person)).new_page()
    board = Board(page)
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    await expect(page.locator("[data-window]")).to_be_visible(timeout=DECODED_MS)
    for column in SPOTS:
        expected = 255 - linear((-1_000 + 5 * column) * 2 - 24, 0, 3_000)
        assert abs(await grey(page, await _place(page, column)) - expected) <= 2, column
    await board.press("w", "ArrowRight", "Shift+ArrowUp")
    level, width = await window(page)
    assert level < 0
    assert width > 3_000
    x, y = await _place(page, 200)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 50, y + 40)
    await page.mouse.up()
    after = await window(page)
    assert after[0] > level
    assert after[1] > width
    await page.get_by_role("combobox", name="Preset").click()
    await page.get_by_role("option", name="All values").click()
    await page.keyboard.press("1")
    await expect(board.submit).to_be_enabled()
    await page.keyboard.press("Control+z")
    assert await window(page) == (-29, 3_990)
    await page.get_by_role("button", name="Reset the window").click()
    assert await window(page) == (0, 3_000)
    await expect(board.submit).to_be_disabled()
    await page.mouse.click(x, y)
    await board.label("dog")
    await board.press("Control+Enter")
    await expect(board.done).to_be_visible()
    await board.saved()
    done = await person.call("GET", f"/projects/{project['id']}/done")
    assert [item["answers"][0]["labels"] for item in done["items"]] == [[label_ids(project)["dog"]]]


async def test_no_window_where_there_are_no_values_and_help_says_what_this_is_not_for(world: World) -> None:
    color = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    color[:, :200] = (200, 30, 40)
    files = {"a.png": png(), "b.dcm": dicom(color, colors="RGB"), "c.dcm": dicom(np.stack([ramp(), ramp(), ramp()]))}
    _, board, name, person = await _open(world, "image_box", files)
    page = board.page
    await _notice(page, person.name)
    for _ in files:
        if name == "c.dcm":
            await expect(page.get_by_role("button", name="Window and level")).to_be_visible(timeout=DECODED_MS)
            await expect(page.get_by_text("Frame 1 of 3")).to_be_visible()
            await expect(page.get_by_role("slider", name="Frame")).to_be_disabled()
        else:
            await expect(page.locator("canvas").first).to_be_visible()
            await expect(page.get_by_role("button", name="Window and level")).to_have_count(0)
        await board.press("s")
        await expect(page.get_by_role("img", name=name)).to_have_count(0)
        await expect(board.stage.or_(board.done).first).to_be_visible()
        name = "" if await board.done.is_visible() else await board.name()


async def _notice(page: Page, person: str) -> None:
    """Help says that this is no medical device, by keyboard and by mouse."""
    told = page.get_by_role("dialog").filter(has_text="no medical device")
    await page.keyboard.press("?")
    await expect(told).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(told).to_have_count(0)
    await page.get_by_role("banner").get_by_role("button", name=person).click()
    await page.get_by_role("menuitem", name="shortcuts").click()
    await expect(told).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(told).to_have_count(0)
