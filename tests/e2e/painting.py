"""Masks: hands that paint, and which pixels that paints by the rule that the page promises."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from minio import Minio
from numpy.typing import NDArray
from pycocotools import mask as coco

from bench.client import Person
from tests.e2e.drawing import Board, Place
from tests.e2e.world import World

Mask = NDArray[np.bool_]
WIDTH, HEIGHT = 400, 300
OPACITY = 0.55
"""Of paint, until somebody changes it."""
CLOSE = 0.02
"""Nearer to the edge of a brush than this, in pixels, both answers are right: the page calculates with 32 bits."""


@dataclass
class Truth:
    """The label map as it should be: 0 is background, other numbers are those of labels, from 1."""

    pixels: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((HEIGHT, WIDTH), np.uint8))
    unsure: Mask = field(default_factory=lambda: np.zeros((HEIGHT, WIDTH), bool))

    def stroke(self, value: int, size: float, points: list[Place]) -> None:
        """All pixels whose centre is within half the size of the path, and those that hold one of its points."""
        x, y = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
        ways = [_distance(x, y, a, b) for a, b in itertools.pairwise([points[0], *points])]
        near = np.minimum.reduce(ways)
        inside = near <= size / 2
        for px, py in points:
            inside[int(py), int(px)] = True
        self._paint(inside, value)
        self.unsure |= np.abs(near - size / 2) < CLOSE

    def polygon(self, value: int, corners: list[Place]) -> None:
        """All pixels whose centre is inside by the even-odd rule."""
        x, y = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
        inside = np.zeros((HEIGHT, WIDTH), bool)
        for (ax, ay), (bx, by) in itertools.pairwise([*corners, corners[0]]):
            crosses = (ay <= y) != (by <= y)
            inside ^= crosses & (x >= ax + (y - ay) / ((by - ay) or 1) * (bx - ax))
            self.unsure |= _distance(x, y, (ax, ay), (bx, by)) < CLOSE
        self._paint(inside, value)

    def _paint(self, inside: Mask, value: int) -> None:
        self.pixels[inside] = value
        self.unsure &= ~inside

    def matches(self, found: NDArray[np.uint8]) -> bool:
        """Pixel for pixel."""
        return bool(np.all((found == self.pixels) | self.unsure))


def _distance(x: NDArray[np.float64], y: NDArray[np.float64], a: Place, b: Place) -> NDArray[np.float64]:
    (ax, ay), (bx, by) = a, b
    square = (bx - ax) ** 2 + (by - ay) ** 2
    along = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / (square or 1), 0, 1)
    distance: NDArray[np.float64] = np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
    return distance


async def paint(board: Board, *places: Place) -> list[Place]:
    """One stroke by mouse through these places; where the mouse really was."""
    spots, there = await _whole_pixels(board, places)
    mouse = board.page.mouse
    await mouse.move(*spots[0])
    await mouse.down()
    for spot in spots[1:]:
        await mouse.move(*spot)
    await mouse.up()
    return there


async def click(board: Board, *places: Place) -> list[Place]:
    """By mouse, one after the other; where the mouse really was."""
    spots, there = await _whole_pixels(board, places)
    for spot in spots:
        await board.page.mouse.click(*spot)
    return there


async def _whole_pixels(board: Board, places: Iterable[Place]) -> tuple[list[Place], list[Place]]:
    """The mouse stands on whole pixels of the screen: which are nearest, and what places of the picture they are."""
    left, top = await board.screen((0, 0))
    scale = await board.scale()
    spots: list[Place] = [(round(left + x * scale), round(top + y * scale)) for x, y in places]
    return spots, [((x - left) / scale, (y - top) / scale) for x, y in spots]


async def drag_brush_size(board: Board, by: float) -> None:
    """The slider, by mouse, so many pixels to the right."""
    box = await board.page.get_by_role("slider", name="Brush size").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = board.page.mouse
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(x + by, y, steps=2)
    await mouse.up()


def seen(project: dict[str, Any], value: int, under: tuple[int, ...]) -> list[float]:
    """Red, green and blue of paint with a label (its number, from 1) over a colour."""
    paint = project["label_sets"][0]["labels"][value - 1]["color"]
    mixed = zip(bytes.fromhex(paint.removeprefix("#")), under, strict=True)
    return [OPACITY * above + (1 - OPACITY) * below for above, below in mixed]


async def brush_size(board: Board) -> int:
    """As the page says it."""
    return int((await board.page.locator("[data-brush-size]").inner_text()).split()[0])


def label_map(regions: list[dict[str, Any]], labels: list[str]) -> NDArray[np.uint8]:
    """The masks of an item as one map, read by COCO's own tool. `labels`: ids, the first one is 1."""
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    for region in regions:
        assert region["shape"] in {"mask", "SHAPE_MASK"}
        mask = coco.decode({"size": [HEIGHT, WIDTH], "counts": region["rle"].encode()})
        assert not np.any(found[mask == 1]), "two masks overlap"
        found[mask == 1] = labels.index(region["label"]) + 1
    return found


async def held(person: Person, project: dict[str, Any], name: str) -> NDArray[np.uint8]:
    """What the server holds of an item that the person labeled."""
    done = await person.call("GET", f"/projects/{project['id']}/done")
    item = next(item for item in done["items"] if item["name"] == name)
    label = await person.call("GET", f"/projects/{project['id']}/items/{item['id'].partition('/')[2]}/label")
    return label_map(label["regions"], ids_of(project))


def ids_of(project: dict[str, Any]) -> list[str]:
    """Label ids in their order."""
    return [label["id"] for label in project["label_sets"][0]["labels"]]


def stored(world: World, item: dict[str, Any]) -> list[dict[str, Any]]:
    """The regions that an event points to, out of the object storage."""
    stack = world.system.stack
    client = Minio(
        stack.s3_url.removeprefix("http://"),
        access_key=stack.s3_access_key,
        secret_key=stack.s3_secret_key,
        secure=False,
    )
    response = client.get_object(stack.bucket, item["regionsRef"]["key"])
    try:
        regions: list[dict[str, Any]] = json.loads(response.read())["regions"]
    finally:
        response.close()
        response.release_conn()
    return regions
