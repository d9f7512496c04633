"""Run-length encoded masks: read as pycocotools writes them, and refused when they are none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from pycocotools import mask as coco

from services.kit import masks

Picture = NDArray[np.uint8]
PICTURES = arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=40), elements=st.integers(0, 1))
CHARACTERS = "".join(chr(code) for code in range(48, 112))


def encoded(picture: Picture) -> str:
    counts: bytes = coco.encode(np.asfortranarray(picture))["counts"]
    return counts.decode()


def painted(rle: str, height: int, width: int) -> Picture:
    flat = np.zeros(height * width, np.uint8)
    for begin, end in zip(*masks.areas(masks.runs(rle, height, width)), strict=True):
        assert not flat[begin:end].any()
        flat[begin:end] = 1
    return flat.reshape(width, height).T


@given(PICTURES)
@settings(deadline=None)
def test_every_mask_is_read_as_it_was_painted(picture: Picture) -> None:
    rle = encoded(picture)
    assert (painted(rle, *picture.shape) == picture).all()
    assert masks.run_count(rle) == len(masks.runs(rle, *picture.shape))


@given(st.text(CHARACTERS, max_size=30), st.integers(1, 30), st.integers(1, 30))
@settings(deadline=None, max_examples=300)
def test_what_is_read_is_what_pycocotools_reads(rle: str, height: int, width: int) -> None:
    try:
        lengths = masks.runs(rle, height, width)
    except masks.MaskBroken:
        return
    assert lengths.sum() == height * width
    theirs = coco.decode({"size": [height, width], "counts": rle.encode()})
    assert (painted(rle, height, width) == theirs).all()


@given(PICTURES, st.data())
@settings(deadline=None)
def test_a_mask_of_another_size_is_refused(picture: Picture, data: st.DataObject) -> None:
    height, width = picture.shape
    other = data.draw(st.tuples(st.integers(1, 50), st.integers(1, 50)).filter(lambda s: s[0] * s[1] != height * width))
    with pytest.raises(masks.MaskBroken, match=rf"covers {height * width} pixels, but the picture has"):
        masks.runs(encoded(picture), *other)


def test_a_large_mask_is_read_to_the_last_pixel() -> None:
    picture = np.zeros((3_000, 4_000), np.uint8)
    picture[10:2_000, 30:3_500] = 1
    picture[2_999, 3_999] = 1
    begins, ends = masks.areas(masks.runs(encoded(picture), *picture.shape))
    assert int((ends - begins).sum()) == int(picture.sum())
    assert ends[-1] == picture.size


@pytest.mark.parametrize(
    ("rle", "message"),
    [
        ("", "cut off"),
        ("P", "cut off"),
        ("4P", "cut off"),
        ("4 4", "character"),
        ("4\x00", "character"),
        ("4é", "character"),
        ("4p", "character"),
        ("oooooooo0", "more digits"),
        ("@T1", "less than no pixels"),
        ("4", "covers 4 pixels, but the picture has 3 x 2 = 6"),
        ("44", "covers 8 pixels"),
    ],
)
def test_what_is_no_mask_says_why(rle: str, message: str) -> None:
    with pytest.raises(masks.MaskBroken, match=message):
        masks.runs(rle, 2, 3)
