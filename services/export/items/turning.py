"""Regions of the upright picture as regions of the picture as it is stored (EXIF orientation 2 to 8). Pure.

Points of the upright picture of `width` x `height` are mapped by the inverse of what a viewer does to show it.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from services.contracts.labels import Shape
from services.export.items.models import Loaded, Mark
from services.kit import masks

Point = tuple[float, float]
_POINT: Final[dict[int, Callable[[float, float, int, int], Point]]] = {
    2: lambda x, y, w, _h: (w - x, y),
    3: lambda x, y, w, h: (w - x, h - y),
    4: lambda x, y, _w, h: (x, h - y),
    5: lambda x, y, _w, _h: (y, x),
    6: lambda x, y, w, _h: (y, w - x),
    7: lambda x, y, w, h: (h - y, w - x),
    8: lambda x, y, _w, h: (h - y, x),
}
_RASTER: Final[dict[int, Callable[[masks.Pixels], masks.Pixels]]] = {
    2: np.fliplr,
    3: lambda pixels: pixels[::-1, ::-1],
    4: np.flipud,
    5: np.transpose,
    6: lambda pixels: np.rot90(pixels, 1),
    7: lambda pixels: pixels[::-1, ::-1].T,
    8: lambda pixels: np.rot90(pixels, -1),
}
_SWAPS: Final = 5
"""From this orientation on width and height change places."""


def stored(loaded: Loaded, shape: Shape | None) -> Loaded:
    """The item with size and regions of the picture as it is stored."""
    item = loaded.item
    if item.orientation not in _POINT:
        return loaded
    marks = [_turned(mark, shape, item.orientation, item.width, item.height) for mark in loaded.marks]
    if item.orientation >= _SWAPS:
        item = item._replace(width=item.height, height=item.width)
    return loaded._replace(item=item, marks=marks)


def _turned(mark: Mark, shape: Shape | None, orientation: int, width: int, height: int) -> Mark:
    if shape is Shape.MASK:
        pixels = _RASTER[orientation](masks.raster(masks.runs(mark.rle, height, width), height, width))
        return mark._replace(rle=masks.encoded(masks.lengths(pixels)))
    move = _POINT[orientation]
    pairs = [move(x, y, width, height) for x, y in zip(mark.points[::2], mark.points[1::2], strict=True)]
    return mark._replace(
        points=_corners(pairs) if shape is Shape.BOX else [round(n, 2) for pair in pairs for n in pair]
    )


def _corners(pairs: Sequence[Point]) -> list[float]:
    (x0, y0), (x1, y1) = pairs
    return [round(n, 2) for n in (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]
