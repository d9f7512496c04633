"""Whether boxes, polygons and spans lie as they must. Pure: says what is wrong, never changes a coordinate.

Points are pixels of the upright picture rounded to two decimals, or code points of a text. A message completes a
sentence that begins with the name of the region.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from services.contracts.items import Media

PAIRS: Final = 20_000_000
"""Most pairs of edges with overlapping bounds that GEOS may have to compare for one item: a few seconds of work.

It compares all of them, so a polygon of 50,000 long parallel spikes would take it minutes.
"""
_SAMPLE: Final = 200
_LEAST_POINTS: Final = 3
_BOX: Final = 4
_SPAN: Final = 2


def wrong_box(points: Sequence[float], media: Media) -> str | None:
    """A box is x0, y0, x1, y1 with x0 < x1 and y0 < y1."""
    if len(points) != _BOX:
        return f"must have four numbers, x0, y0, x1, y1; it has {len(points)}"
    x0, y0, x1, y1 = points
    if x0 >= x1:
        return f"has no width: x1 ({x1:g}) must be greater than x0 ({x0:g})"
    if y0 >= y1:
        return f"has no height: y1 ({y1:g}) must be greater than y0 ({y0:g})"
    return outside(points, media)


def wrong_outline(points: Sequence[float], media: Media) -> str | None:
    """A polygon has pairs of x and y, at least three of them distinct. Whether it crosses itself is not looked at."""
    if len(points) % 2:
        return f"must have pairs of x and y; it has {len(points)} numbers"
    distinct = len(set(zip(points[::2], points[1::2], strict=True)))
    if distinct < _LEAST_POINTS:
        return f"must have at least three distinct points; it has {distinct}"
    return outside(points, media)


def outside(points: Sequence[float], media: Media) -> str | None:
    """Pairs of x and y lie in the picture or on its edge."""
    for name, values, most in (("x", points[::2], media.width), ("y", points[1::2], media.height)):
        wrong = next((value for value in values if not 0 <= value <= most), None)
        if wrong is not None:
            return f"lies outside the picture: {name} is {wrong:g} and must be between 0 and {most}"
    return None


def wrong_polygons(outlines: Sequence[Sequence[float]]) -> tuple[int, str] | None:
    """The first of several polygons that crosses or touches itself, and how. All have passed `wrong_outline`."""
    rings = [np.reshape(np.asarray(points, np.float64), (-1, 2)) for points in outlines]
    tangled = _tangled(rings)
    if tangled is not None:
        return tangled, "is too tangled to be checked; draw it as several polygons, or with fewer points"
    if not rings:
        return None
    owners = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    polygons = np.asarray(shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=owners)))
    wrong = np.flatnonzero(~shapely.is_valid(polygons) | (shapely.area(polygons) <= 0))
    if not len(wrong):
        return None
    place = int(wrong[0])
    return place, f"crosses or touches itself{_place_of(str(shapely.is_valid_reason(polygons[place])))}"


def _place_of(reason: str) -> str:
    """GEOS says `Self-intersection[12.5 7]`."""
    _, found, rest = reason.partition("[")
    return f" near ({rest.rstrip(']').replace(' ', ', ')})" if found else ""


def _tangled(rings: Sequence[NDArray[np.float64]]) -> int | None:
    """The first polygon with which the pairs to compare exceed the limit.

    They are estimated from a sample of edges, but only where there may be so many at all.
    """
    if sum(len(ring) ** 2 / 2 for ring in rings) <= PAIRS:
        return None
    pairs = 0.0
    for place, ring in enumerate(rings):
        pairs += _overlapping(ring)
        if pairs > PAIRS:
            return place
    return None


def _overlapping(ring: NDArray[np.float64]) -> float:
    following = np.roll(ring, -1, axis=0)
    low, high = np.minimum(ring, following), np.maximum(ring, following)
    chosen = np.random.default_rng().choice(len(ring), _SAMPLE)
    hits = sum(int(((low <= high[edge]) & (high >= low[edge])).all(axis=1).sum()) for edge in chosen)
    return hits / _SAMPLE * len(ring) / 2


def wrong_span(points: Sequence[float], media: Media) -> str | None:
    """A span is start and end, whole numbers of code points, end exclusive."""
    if len(points) != _SPAN:
        return f"must have two numbers, start and end; it has {len(points)}"
    if not all(point.is_integer() for point in points):
        return "must begin and end between code points: start and end must be whole numbers"
    start, end = points
    if start >= end:
        return f"is empty: end ({end:.0f}) must be greater than start ({start:.0f})"
    if start < 0 or end > media.chars:
        return f"lies outside the text: start and end must be between 0 and {media.chars}, the code points of the text"
    return None


def overlapping_spans(spans: Sequence[Sequence[float]]) -> tuple[int, int] | None:
    """Places of two spans of which the second overlaps the first."""
    order = sorted(range(len(spans)), key=lambda place: spans[place][0])
    for first, second in pairwise(order):
        if spans[second][0] < spans[first][1]:
            return first, second
    return None
