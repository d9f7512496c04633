"""Times between frames, as the page itself sees them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page

# An earlier watch ends with the next frame, so none is counted twice.
_WATCH = """() => {
    const mine = window.frames_ms = [];
    let last = performance.now();
    const turn = (now) => {
        if (window.frames_ms !== mine) return;
        mine.push(now - last);
        last = now;
        requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
}"""


@asynccontextmanager
async def watched(page: Page) -> AsyncIterator[list[float]]:
    """Milliseconds between frames while the block runs; the list is filled at its end."""
    taken: list[float] = []
    await page.evaluate(_WATCH)
    yield taken
    taken += await page.evaluate("frames_ms.slice(1)")
