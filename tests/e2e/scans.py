"""Pixels of DICOM files, and what is seen of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.async_api import Page

from tests.e2e.drawing import Place

WIDTH, HEIGHT = 400, 300
_GREY = """([x, y]) => {
    const canvas = document.querySelector("canvas");
    const { left, top, width } = canvas.getBoundingClientRect();
    const ratio = canvas.width / width;
    const [red, green, blue] = canvas.getContext("2d").getImageData((x - left) * ratio, (y - top) * ratio, 1, 1).data;
    return [red, green, blue];
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


async def grey(page: Page, at: Place) -> int:
    """What the screen shows at a place of the screen. Fails where that is no grey."""
    red, green, blue = await page.evaluate(_GREY, at)
    assert red == green == blue
    shown: int = red
    return shown


async def window(page: Page) -> tuple[float, float]:
    """Level and width, as the page says them."""
    level, width = (await page.locator("[data-window]").inner_text()).split("·")
    return _number(level), _number(width)


def _number(text: str) -> float:
    return float(text.rsplit(maxsplit=1)[-1].replace(",", ""))
