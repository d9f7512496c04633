"""From rasters to run-length encodings. Pure, but slow: for threads."""

import io
import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from PIL import Image

from services.contracts import limits
from services.ingest.imports.areas import Area
from services.ingest.imports.readers.marks import Wrong
from services.kit import masks

Image.MAX_IMAGE_PIXELS = None  # The limit is ours, and checked before.
_INDEXED: Final = ("P", "L", "1")
_CHANNELS: Final = 3

Color = tuple[int, int, int]


class Indexed(NamedTuple):
    """An indexed PNG: each value but 0 with its mask, height and width, and the colours of the palette, if any."""

    values: Sequence[tuple[int, str]]
    size: tuple[int, int]
    palette: Sequence[Color]


def rle(pixels: masks.Pixels) -> str:
    """COCO's text of the pixels that are not 0."""
    return masks.encoded(masks.lengths(pixels))


def png(data: bytes) -> Indexed:
    """Read a mask. Nothing is decoded before its size is known. Raises Wrong."""
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG"])
        width, height = image.size
        if width * height > limits.PREVIEW_PIXELS:
            raise Wrong("mask", f"The mask has {width} x {height} pixels, more than any picture may have.")
        if image.mode not in _INDEXED:
            raise Wrong("mask", f"The mask must be an indexed PNG, a number for each pixel; this one is {image.mode}.")
        flat = image.getpalette() or [] if image.mode == "P" else []
        pixels = np.asarray(image)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise Wrong("mask", f"The mask is no PNG, or a damaged one: {error}.") from error
    palette = [(flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat), _CHANNELS)]
    return Indexed(_by_value(pixels), (height, width), palette)


def _by_value(pixels: masks.Pixels) -> list[tuple[int, str]]:
    """All masks in one go through the picture. Raises Wrong."""
    down = np.ascontiguousarray(pixels.T).ravel()
    turns = down[1:] != down[:-1]
    if np.count_nonzero(turns) > 2 * limits.MASK_RUNS:
        raise Wrong(
            "mask", f"The mask is too fine: all masks of a picture may have {limits.MASK_RUNS:,} runs together."
        )
    begin = np.concatenate(([0], np.flatnonzero(turns) + 1))
    end = np.concatenate((begin[1:], [len(down)]))
    values = down[begin]
    found = []
    for value in np.unique(values):
        if value:
            mine = values == value
            found.append((int(value), Area(begin[mine], end[mine]).text(len(down))))
    return found
