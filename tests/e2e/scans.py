"""Pixels of DICOM files, and what is seen of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.async_api import Page

from tests.e2e.drawing import Place

WIDTH, HEIGHT = 400, 300
_DRAWN_MS = 10_000
# Keys and pixels change what is drawn at the next frame; where nothing was drawn yet, the canvas is transparent.
_COLOR = """async ([x, y, limit]) => {
    const canvas = document.querySelector("canvas");
    const began = performance.now();
    for (;;) {
        await new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
        const { left, top, width } = canvas.getBoundingClientRect();
        const ratio = canvas.width / width;
        const at = [(x - left) * ratio, (y - top) * ratio];
        const [red, green, blue, alpha] = canvas.getContext("2d").getImageData(...at, 1, 1).data;
        if (alpha > 0 || performance.now() - began > limit) return [red, green, blue, alpha];
    }
}"""


def ramp(kind: str = "<u2", first: int = 0, step: int = 8) -> NDArray[Any]:
    """Columns of one value each, larger to the right."""
    return np.tile((first + step * np.arange(WIDTH)).astype(kind), (HEIGHT, 1))


def linear(value: float, center: float, width: float) -> float:
    """Grey from 0 to 255 by DICOM PS3.3 C.11.2.1.2.1, as it stands there."""
    if value <= center - 0.5 - (width - 1) / 2:
        return 0.0
    if value > center - 0.5 + (width - 1) / 2:
        return 255.0
    return ((value - (center - 0.5)) / (width - 1) + 0.5) * 255


async def color(page: Page, at: Place) -> tuple[int, ...]:
    """Red, green and blue of the picture and the paint on it at a place of the screen, once there is any."""
    *seen, alpha = await page.evaluate(_COLOR, [*at, _DRAWN_MS])
    assert alpha > 0, "nothing is drawn there"
    return tuple(seen)


async def grey(page: Page, at: Place) -> int:
    """The same where it is grey. Fails where it is not."""
    red, green, blue = await color(page, at)
    assert red == green == blue
    return red


async def window(page: Page) -> tuple[float, float]:
    """Level and width, as the page says them."""
    level, width = (await page.locator("[data-window]").inner_text()).split("·")
    return _number(level), _number(width)


def _number(text: str) -> float:
    return float(text.rsplit(maxsplit=1)[-1].replace(",", ""))
