"""Regions as fields of a COCO annotation. Pure: texts without braces."""

import json
from collections.abc import Sequence

import numpy as np

from services.contracts.labels import Shape
from services.export.items.models import Mark
from services.kit import masks


def azure_shape(mark: Mark, shape: Shape | None, width: int, height: int) -> str:
    """Shares of width and height, `area` 0.0, no `iscrowd`."""
    shares = [value / (height if place % 2 else width) for place, value in enumerate(mark.points)]
    x0, y0, x1, y1 = _bounds(mark.points)
    bbox = f'"bbox":[{x0 / width!r},{y0 / height!r},{(x1 - x0) / width!r},{(y1 - y0) / height!r}]'
    outline = f'"segmentation":[{_list(shares)}],' if shape is Shape.POLYGON else ""
    return f'{outline}{bbox},"area":0.0'


def strict_shape(mark: Mark, shape: Shape | None, width: int, height: int) -> str:
    """Pixels, the true area, `iscrowd` 0; masks as compressed run-length encoding."""
    if shape is Shape.MASK:
        return _mask(mark.rle, width, height)
    x0, y0, x1, y1 = _bounds(mark.points)
    bbox = _list([x0, y0, round(x1 - x0, 2), round(y1 - y0, 2)])
    if shape is Shape.POLYGON:
        return f'"iscrowd":0,"area":{_area(mark.points)!r},"bbox":{bbox},"segmentation":[{_list(mark.points)}]'
    return f'"iscrowd":0,"area":{round((x1 - x0) * (y1 - y0), 4)!r},"bbox":{bbox}'


def _mask(rle: str, width: int, height: int) -> str:
    begins, ends = masks.areas(masks.runs(rle, height, width))
    first, last = begins // height, (ends - 1) // height
    whole = last > first  # a run over several columns touches top and bottom
    top = int(np.where(whole, 0, begins % height).min())
    bottom = int(np.where(whole, height - 1, (ends - 1) % height).max()) + 1
    left, right = int(first.min()), int(last.max()) + 1
    return (
        f'"iscrowd":0,"area":{int((ends - begins).sum())},"bbox":[{left},{top},{right - left},{bottom - top}],'
        f'"segmentation":{{"size":[{height},{width}],"counts":{json.dumps(rle)}}}'
    )


def _bounds(points: Sequence[float]) -> tuple[float, float, float, float]:
    return min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])


def _area(points: Sequence[float]) -> float:
    """Of a polygon, by the shoelace formula."""
    xs, ys = points[::2], points[1::2]
    pairs = zip(xs, ys, [*xs[1:], xs[0]], [*ys[1:], ys[0]], strict=True)
    return round(abs(sum(x0 * y1 - x1 * y0 for x0, y0, x1, y1 in pairs)) / 2, 4)


def _list(values: Sequence[float]) -> str:
    return f"[{','.join(map(repr, values))}]"
