"""Hands on the labeling page in a real Chromium: draws boxes and polygons, tags words, and counts what that takes.

A pace makes them as slow as people: the times of the Keystroke-Level Model (Card, Moran and Newell 1983), without those
for thinking, which no tool changes.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Page
from playwright.async_api import TimeoutError as Late


@dataclass(frozen=True)
class Pace:
    """Seconds before a key, before a place is pointed at, and for pressing or letting go a button."""

    key: float
    point: float
    button: float


AT_ONCE: Final = Pace(0, 0, 0)
HUMAN: Final = Pace(key=0.2, point=1.1, button=0.1)
Place = tuple[float, float]
_LAID_OUT_MS: Final = 10_000

_VIEW: Final = """
() => {
  const stage = document.querySelector("[data-view]");
  const {left, top} = stage.getBoundingClientRect();
  const [scale, x, y] = stage.dataset.view.split(" ").map(Number);
  return [left + x, top + y, scale];
}
"""
# Where a UTF-16 offset of the text is on the screen: [x, middle of the line].
_LETTER: Final = """
([offset, after]) => {
  for (const piece of document.querySelectorAll("[data-at]")) {
    const start = Number(piece.dataset.at);
    const length = piece.firstChild?.length ?? 0;
    if (offset < start || offset > start + length || (offset === start + length && !after)) continue;
    const range = document.createRange();
    const from = after ? offset - start - 1 : offset - start;
    if (from < 0) continue;
    range.setStart(piece.firstChild, from);
    range.setEnd(piece.firstChild, from + 1);
    const box = range.getBoundingClientRect();
    return [after ? box.right : box.left, (box.top + box.bottom) / 2];
  }
  return null;
}
"""


class Hands:
    """A mouse and a keyboard. `actions` counts keys, clicks, double clicks and drags, `seconds` what the hands took."""

    def __init__(self, page: Page, pace: Pace = AT_ONCE) -> None:
        self.page = page
        self.actions = 0
        self.seconds = 0.0
        self._pace = pace

    async def key(self, key: str) -> None:
        """Press a key, with others held as in `Control+Enter`."""
        self.actions += 1
        await self._take(self._pace.key)
        await self.page.keyboard.press(key)

    async def drag(self, start: Place, end: Place) -> None:
        """Press at one place of the screen, let go at another."""
        self.actions += 1
        await self._point(start)
        await self.page.mouse.down()
        await self._take(self._pace.button)
        await self._point(end)
        await self.page.mouse.up()
        await self._take(self._pace.button)

    async def click(self, at: Place) -> None:
        """Click at a place of the screen."""
        self.actions += 1
        await self._point(at)
        await self.page.mouse.click(*at)
        await self._take(2 * self._pace.button)

    async def box(self, box: tuple[float, float, float, float]) -> None:
        """Draw a box (x0, y0, x1, y1) of picture pixels; the rectangle tool and a label are chosen."""
        x0, y0, x1, y1 = box
        start, end = await self.places([(x0, y0), (x1, y1)])
        await self.drag(start, end)

    async def polygon(self, points: list[Place]) -> None:
        """Click the corners and close with Enter; the polygon tool and a label are chosen."""
        for place in await self.places(points):
            await self.click(place)
        await self.key("Enter")

    async def span(self, start: int, end: int, *, exactly: bool = False) -> None:
        """Mark the UTF-16 units `start` to `end` of the text; `exactly`: without trimming to words."""
        first, last = await self._letter(start, after=False), await self._letter(end, after=True)
        if exactly:
            await self.page.keyboard.down("Alt")
        await self.drag(first, last)
        if exactly:
            await self.page.keyboard.up("Alt")

    async def word(self, start: int, end: int) -> None:
        """Double click the word at these UTF-16 units of the text."""
        self.actions += 1
        (left, middle), (right, _) = await self._letter(start, after=False), await self._letter(end, after=True)
        await self._point(((left + right) / 2, middle))
        await self.page.mouse.dblclick((left + right) / 2, middle)
        await self._take(4 * self._pace.button)

    async def places(self, points: list[Place]) -> list[Place]:
        """Where points of the picture are on the screen."""
        left, top, scale = await self.page.evaluate(_VIEW)
        return [(left + x * scale, top + y * scale) for x, y in points]

    async def _take(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(seconds)

    async def _point(self, at: Place) -> None:
        await self._take(self._pace.point)
        await self.page.mouse.move(*at)

    async def _letter(self, offset: int, *, after: bool) -> Place:
        # A text is named a moment before its rows are laid out.
        try:
            found = await self.page.wait_for_function(_LETTER, arg=[offset, after], timeout=_LAID_OUT_MS)
        except Late as error:
            raise LookupError(f"offset {offset} of the text is not on the screen") from error
        x, y = await found.json_value()
        return x, y
