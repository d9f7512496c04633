"""The labeling page where regions are drawn, as hands use it: places are pixels of the upright picture."""

import math
from typing import Any

from playwright.async_api import Page, expect

from bench.client import Person
from tests.e2e.world import World

WHEEL = 0.0016
"""The page zooms by e to this for each pixel that the wheel turns."""
MIDDLE = (200.0, 150.0)
"""Of a picture of 400 by 300 that is seen whole: where the crosshair of the keyboard comes up."""
NEAR = 0.005
"""Wheels turn by whole pixels."""
LABELS = ["cat", "dog", "owl"]
_VIEW = """() => {
    const stage = document.querySelector("canvas").parentElement;
    const { left, top } = stage.getBoundingClientRect();
    const [scale, x, y] = stage.dataset.view.split(" ").map(Number);
    return [left + x, top + y, scale];
}"""

Place = tuple[float, float]
Region = tuple[str, list[float]]
"""Name of the label, points."""


async def drawing_project(world: World, task: str, files: dict[str, bytes], **settings: Any) -> dict[str, Any]:
    """A running project over these pictures, all ready to be labeled."""
    return await world.over("Drawn", files, LABELS, task, **settings)


class Board:
    """Hands and eyes on one picture."""

    def __init__(self, page: Page) -> None:
        """`page` is about to show the labeling page."""
        self.page = page
        self.stage = page.locator("[data-view] > [role=img]")
        self.rows = page.get_by_role("region", name="Regions").get_by_role("listitem")
        self.submit = page.get_by_role("button", name="Submit")
        self.missing = page.locator("#submit-hint")
        self.done = page.get_by_role("heading", name="All done")

    async def opened(self, project: str) -> str:
        """The labeling page, past the instructions; the name of its picture."""
        await self.page.goto(f"/projects/{project}/label")
        await self.page.get_by_role("button", name="Start labeling").click()
        return await self.name()

    async def name(self) -> str:
        """The picture's file name, once it is there."""
        await expect(self.page.locator("[data-picture=ready]")).to_be_visible(timeout=30_000)
        return await self.stage.get_attribute("aria-label") or ""

    async def shows(self, name: str) -> None:
        """Wait for a picture."""
        await expect(self.page.locator("[data-picture=ready]").get_by_role("img", name=name)).to_be_visible()

    async def screen(self, at: Place) -> Place:
        """Where a place of the picture is on the screen now."""
        x, y, scale = await self.page.evaluate(_VIEW)
        return x + at[0] * scale, y + at[1] * scale

    async def scale(self) -> float:
        """CSS pixels for one picture pixel."""
        view: list[float] = await self.page.evaluate(_VIEW)
        return view[2]

    async def zoom(self, scale: float) -> None:
        """By the wheel, in the middle of the window, until one picture pixel is so many CSS pixels."""
        box = await self.stage.bounding_box()
        assert box
        await self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        # An emulated pixel ratio divides what the wheel turns: step by step, until it is right.
        while abs(math.log(scale / (now := await self.scale()))) > NEAR:
            await self.page.mouse.wheel(0, -math.log(scale / now) / WHEEL)
            await self.page.wait_for_function(f"(now) => ({_VIEW})()[2] !== now", arg=now)

    async def fit(self) -> None:
        """By its key, from another zoom."""
        now = await self.scale()
        await self.press("0")
        await self.page.wait_for_function(f"(now) => ({_VIEW})()[2] !== now", arg=now)

    async def click(self, at: Place, count: int = 1) -> None:
        """By mouse."""
        await self.page.mouse.click(*await self.screen(at), click_count=count)

    async def drag(self, start: Place, end: Place) -> None:
        """By mouse, with a stop half way."""
        mouse = self.page.mouse
        await mouse.move(*await self.screen(start))
        await mouse.down()
        await mouse.move(*await self.screen(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)))
        await mouse.move(*await self.screen(end))
        await mouse.up()

    async def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def label(self, name: str) -> None:
        """By its key."""
        await self.press(str(LABELS.index(name) + 1))

    async def choose(self, name: str) -> None:
        """A label, by mouse."""
        panel = self.page.get_by_role("complementary", name="Labels")
        await panel.get_by_title(name, exact=True).and_(self.page.locator("[aria-keyshortcuts]")).click()

    async def take(self, tool: str) -> None:
        """What a button of the tools does, by mouse."""
        await self.page.get_by_role("toolbar").get_by_role("button", name=tool, exact=True).click()

    async def mark(self, *places: Place) -> None:
        """By keyboard, and with a crosshair that was not there before: Enter at each of these places."""
        await self.press("ArrowRight")
        at = MIDDLE
        for place in places:
            await self.steer(at, place)
            await self.press("Enter")
            at = place

    async def steer(self, start: Place, end: Place) -> None:
        """Arrow keys from one place to another, ten pixels at a time where that fits."""
        for axis, (less, more) in enumerate((("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown"))):
            way = round(end[axis] - start[axis])
            key = more if way > 0 else less
            await self.press(*[f"Shift+{key}"] * (abs(way) // 10), *[key] * (abs(way) % 10))

    async def hint(self, text: str) -> None:
        """Wait until the page says why something was not done."""
        await expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()

    async def turn(self, before: str) -> str:
        """Submit by its keys, and wait for another picture; its name, or nothing if none is left."""
        await self.press("Control+Enter")
        return await self.turned(before)

    async def turned(self, before: str) -> str:
        """Wait for another picture; its name, or nothing if none is left."""
        await expect(self.page.get_by_role("img", name=before)).to_have_count(0)
        await expect(self.stage.or_(self.done).first).to_be_visible(timeout=30_000)
        return "" if await self.done.is_visible() else await self.name()

    async def saved(self) -> None:
        """Wait until the server has everything."""
        await expect(self.page.get_by_text("Saved ", exact=False).first).to_be_visible()


async def regions_of(person: Person, project: str, name: str) -> list[Region]:
    """What the server holds of an item that the person labeled."""
    view = await person.call("GET", f"/projects/{project}")
    names = {label["id"]: label["name"] for each in view["label_sets"] for label in each["labels"]}
    done = await person.call("GET", f"/projects/{project}/done?limit=100")
    item = next(item for item in done["items"] if item["name"] == name)
    label = await person.call("GET", f"/projects/{project}/items/{item['id'].partition('/')[2]}/label")
    return [(names[region["label"]], region["points"]) for region in label["regions"]]


def near(found: list[Region], truth: list[Region], pixels: float) -> bool:
    """Same labels in the same order, each coordinate at most so far away."""
    return [label for label, _ in found] == [label for label, _ in truth] and all(
        abs(one - other) <= pixels
        for (_, points), (_, right) in zip(found, truth, strict=True)
        for one, other in zip(points, right, strict=True)
    )
