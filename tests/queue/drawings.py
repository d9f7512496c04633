"""Regions as browsers send them, and benches whose items take them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from services.contracts.labels import Region, Shape
from services.contracts.queue_api import ItemResult, SubmitItem
from tests.queue.bench import Bench

Points = Sequence[float]


def box(id_: str, *points: float, label: str = "l0", **more: object) -> Region:
    return _region(id_, label, Shape.BOX, points, more)


def polygon(id_: str, *points: float, label: str = "l0", **more: object) -> Region:
    return _region(id_, label, Shape.POLYGON, points, more)


def span(id_: str, *points: float, label: str = "l0", **more: object) -> Region:
    return _region(id_, label, Shape.SPAN, points, more)


def mask(id_: str, rle: str, label: str = "l0", **more: object) -> Region:
    return _region(id_, label, Shape.MASK, (), {"rle": rle, **more})


def _region(id_: str, label: str, shape: Shape, points: Points, more: dict[str, object]) -> Region:
    return Region.model_validate({"id": id_, "label": label, "shape": shape, "points": list(points), **more})


def rle_of(picture: NDArray[np.uint8]) -> str:
    counts: bytes = coco.encode(np.asfortranarray(picture))["counts"]
    return counts.decode()


def painted(height: int, width: int, *rectangles: tuple[int, int, int, int]) -> str:
    """A mask of rectangles, each top, left, bottom, right."""
    picture = np.zeros((height, width), np.uint8)
    for top, left, bottom, right in rectangles:
        picture[top:bottom, left:right] = 1
    return rle_of(picture)


def drawn(item: str, *regions: Region, version: int = 0) -> SubmitItem:
    return SubmitItem(id=item, version=version, regions=list(regions))


async def submit_one(bench: Bench, *regions: Region, user: str = "ann") -> ItemResult:
    """Claim one item and submit it with regions."""
    page = await bench.claim(user, 1)
    (result,) = await bench.submit(user, page.token, [drawn(page.items[0].id, *regions)])
    return result
