"""Polygons as runs of pixels, the same ones that COCO's own tools fill. Pure, and never makes a raster.

The rule of the COCO API (`rleFrPoly`): corners are rounded to fifths of a pixel and joined by lines of such fifths. A
pixel belongs to the polygon if its centre does, counted down the column from where lines cross it: an odd number of
crossings is inside.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.contracts import limits
from services.ingest.imports.areas import Area
from services.kit.masks import Ints, MaskBroken

_FINE: Final = 5
"""Parts of a pixel."""
_CENTRE: Final = 2
"""The part of a pixel that ends at its centre: a line crosses a column where it goes from this part to the next."""


class _Lines(NamedTuple):
    """Edges in fifths of a pixel, each from the end with the lower number along the axis that it is longer on."""

    x: Ints
    y: Ints
    slope: NDArray[np.float64]
    wide: NDArray[np.bool_]
    first: Ints
    columns: Ints
    """The first column of pixels whose centres it crosses, and how many."""


def filled(points: Sequence[float], height: int) -> Area:
    """The pixels of a polygon inside a picture of that height. Raises MaskBroken where it is too fine."""
    lines = _lines(np.trunc(np.reshape(np.asarray(points, np.float64), (-1, 2)) * _FINE + 0.5))
    total = int(lines.columns.sum())
    if total > 2 * limits.MASK_RUNS:
        raise MaskBroken(f"is too fine: all masks of a picture may have {limits.MASK_RUNS:,} runs together")
    edge = np.repeat(np.arange(len(lines.columns)), lines.columns)
    begun = np.cumsum(lines.columns) - lines.columns
    column = lines.first[edge] + np.arange(total) - begun[edge]
    low = np.where(lines.wide[edge], _beside(lines, edge, column), _along(lines, edge, column))
    crossed = np.sort(column * height + (low + _CENTRE) // _FINE)
    return _joined(crossed[::2], crossed[1::2])


def _lines(corners: NDArray[np.float64]) -> _Lines:
    start, stop = corners, np.roll(corners, -1, axis=0)
    apart = (start != stop).any(axis=1)
    start, stop = start[apart], stop[apart]
    wide = np.abs(stop - start)[:, 0] >= np.abs(stop - start)[:, 1]
    ahead = np.where(wide, start[:, 0] > stop[:, 0], start[:, 1] > stop[:, 1])[:, None]
    start, stop = np.where(ahead, stop, start), np.where(ahead, start, stop)
    across, down = (stop - start).T
    slope = np.where(wide, down, across) / np.where(wide, across, down)
    left, right = np.minimum(start[:, 0], stop[:, 0]), np.maximum(start[:, 0], stop[:, 0])
    first = np.ceil((left - _CENTRE) / _FINE).astype(np.int64)
    last = np.floor((right - _CENTRE - 1) / _FINE).astype(np.int64)
    x, y = start.astype(np.int64).T
    return _Lines(x, y, slope, wide, first, np.maximum(0, last - first + 1))


def _beside(lines: _Lines, edge: Ints, column: Ints) -> Ints:
    """Where lines that are wider than high cross columns: the upper of the two parts beside the centre."""
    x, y, slope = lines.x[edge], lines.y[edge], lines.slope[edge]
    step = column * _FINE + _CENTRE - x
    before, behind = (np.trunc(y + slope * (step + more) + 0.5).astype(np.int64) for more in (0, 1))
    upper: Ints = np.minimum(before, behind)
    return upper


def _along(lines: _Lines, edge: Ints, column: Ints) -> Ints:
    """The same of lines that are higher than wide: the part before the first one on the other side of the centre."""
    x, y, slope = lines.x[edge], lines.y[edge], np.where(lines.wide[edge], 1.0, lines.slope[edge])
    limit = column * _FINE + _CENTRE + 1
    step = np.floor((limit - 0.5 - x) / slope) - 1
    for _ in range(3):  # the division may be off by one, the comparison is the rule
        there = x + slope * step + 0.5
        step += np.where(slope > 0, there < limit, there >= limit)
    return y + step.astype(np.int64) - 1


def _joined(begin: Ints, end: Ints) -> Area:
    """Without empty runs, and runs that touch as one."""
    there = begin < end
    begin, end = begin[there], end[there]
    apart = begin[1:] != end[:-1]
    return Area(begin[np.concatenate(([True], apart))[: len(begin)]], end[np.concatenate((apart, [True]))[: len(end)]])
