"""Stored values to grey of 8 bits, by DICOM PS3.3 C.11.2. One table of at most 65,536 entries a picture."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from services.ingest.dicom.header import Lut, Window

Values: TypeAlias = NDArray[np.float64]
_WHITE: Final = 255


def through_window(values: Values, window: Window) -> Values:
    """Values after slope and intercept to 0 (black) … 1 (white)."""
    center, width = window.center, window.width
    if window.function == "SIGMOID":
        shown: Values = 1 / (1 + np.exp(np.clip(-4 * (values - center) / width, -700, 700)))
        return shown
    if window.function == "LINEAR_EXACT":
        return np.clip((values - center) / width + 0.5, 0, 1)
    if width == 1:
        return (values > center - 0.5).astype(np.float64)
    return np.clip((values - (center - 0.5)) / (width - 1) + 0.5, 0, 1)


def through_lut(values: Values, lut: Lut) -> Values:
    """As `through_window`, by a table."""
    places = np.clip(np.floor(values + 0.5) - lut.first, 0, len(lut.entries) - 1).astype(np.intp)
    shown: Values = np.clip(lut.entries[places] / (2**lut.bits - 1), 0, 1)
    return shown


def all_of(least: float, greatest: float) -> Window:
    """The window in which `least` is black and `greatest` is white; black where both are the same."""
    if least == greatest:
        return Window("", least + 0.5, 1)
    return Window("", (least + greatest) / 2, greatest - least, "LINEAR_EXACT")


def grey(shown: Values, *, inverted: bool) -> NDArray[np.uint8]:
    """0 … 1 to 0 … 255."""
    return np.floor((1 - shown if inverted else shown) * _WHITE + 0.5).astype(np.uint8)
