"""Regions of upright pictures on pictures as they are stored: what Pillow turns upright fits again."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image, ImageOps

from services.contracts.labels import Shape
from services.export.items.models import Loaded, Mark
from services.export.items.turning import stored
from services.kit import masks
from services.kit.annotations import LabeledItem
from tests.queue.drawings import rle_of

ORIENTATION = 274


def item(width: int, height: int, orientation: int) -> LabeledItem:
    return LabeledItem("p/0", "store", "k", width, height, 0, [], "jpeg", [], None, orientation=orientation)


def upright(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """As viewers show a picture with these stored pixels."""
    picture = Image.fromarray(pixels)
    exif = picture.getexif()
    exif[ORIENTATION] = orientation
    file = io.BytesIO()
    picture.save(file, "TIFF", exif=exif)
    return np.asarray(ImageOps.exif_transpose(Image.open(file)))


@given(
    arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.integers(0, 1)),
    st.integers(1, 8),
)
@settings(deadline=None)
def test_masks(pixels: NDArray[np.uint8], orientation: int) -> None:
    shown = upright(pixels, orientation)
    height, width = shown.shape
    loaded = Loaded(item(width, height, orientation), [Mark("l0", (), rle_of(shown))])
    found = stored(loaded, Shape.MASK)
    assert (found.item.height, found.item.width) == pixels.shape
    runs = masks.runs(found.marks[0].rle, *pixels.shape)
    assert (masks.raster(runs, *pixels.shape) == pixels).all()
    assert found.marks[0].rle == rle_of(pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_and_polygons(orientation: int) -> None:
    pixels = np.zeros((20, 30), np.uint8)
    pixels[3:7, 11:19] = 1
    rows, columns = np.nonzero(upright(pixels, orientation))
    height, width = upright(pixels, orientation).shape
    x0, y0, x1, y1 = (float(n) for n in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    for shape, points in ((Shape.BOX, [x0, y0, x1, y1]), (Shape.POLYGON, [x0, y0, x1, y0, x1, y1, x0, y1])):
        found = stored(Loaded(item(width, height, orientation), [Mark("l0", points)]), shape)
        xs, ys = found.marks[0].points[::2], found.marks[0].points[1::2]
        assert (min(xs), min(ys), max(xs), max(ys)) == (11, 3, 19, 7)
        assert (found.item.width, found.item.height) == (30, 20)


@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=40), elements=st.integers(0, 1)))
@settings(deadline=None)
def test_runs_are_encoded_as_coco_does(pixels: NDArray[np.uint8]) -> None:
    assert masks.encoded(masks.lengths(pixels)) == rle_of(pixels)
