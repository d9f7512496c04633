"""From rasters to run-length encodings. Pure, but slow: for threads."""

import io
import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from services.contracts import limits
from services.ingest.imports.areas import Area
from services.ingest.imports.readers.marks import Wrong
from services.kit import masks

Image.MAX_IMAGE_PIXELS = None  # The limit is ours, and checked before.
_INDEXED: Final = ("P", "L", "1")
_COLORED: Final = ("RGB", "RGBA")
_CHANNELS: Final = 3
_MOST_COLORS: Final = 256

Color = tuple[int, int, int]


class Indexed(NamedTuple):
    """A mask of several classes: each value but 0 with its mask, height and width, the colours of the palette, if any.

    Where pixels were `colored`, values are places in the palette and mean nothing else; 0 is black.
    """

    values: Sequence[tuple[int, str]]
    size: tuple[int, int]
    palette: Sequence[Color]
    colored: bool = False


def rle(pixels: masks.Pixels) -> str:
    """COCO's text of the pixels that are not 0."""
    return masks.encoded(masks.lengths(pixels))


def png(data: bytes, *, colors: bool = False) -> Indexed:
    """Read a mask, with `colors` also one of them. Nothing is decoded before its size is known. Raises Wrong."""
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG"])
        width, height = image.size
        if width * height > limits.PREVIEW_PIXELS:
            raise Wrong("mask", f"The mask has {width} x {height} pixels, more than any picture may have.")
        if colors and image.mode in _COLORED:
            return _colored(np.asarray(image.convert("RGB")))
        if image.mode not in _INDEXED:
            raise Wrong("mask", f"The mask must be an indexed PNG, a number for each pixel; this one is {image.mode}.")
        flat = image.getpalette() or [] if image.mode == "P" else []
        pixels = np.asarray(image)
    except UnidentifiedImageError as error:
        raise Wrong("mask", "The mask is no PNG.") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise Wrong("mask", f"The mask is a damaged PNG: {error}.") from error
    palette = [(flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat), _CHANNELS)]
    return Indexed(_by_value(pixels), (height, width), palette)


def _colored(pixels: masks.Pixels) -> Indexed:
    """Raises Wrong."""
    red, green, blue = (pixels[..., channel].astype(np.uint32) for channel in range(_CHANNELS))
    packed = red << 16 | green << 8 | blue
    found = np.unique(np.append(packed, 0))  # black is the first, there or not
    if len(found) > _MOST_COLORS:
        raise Wrong("mask", f"The mask has {len(found):,} colours, so it is a picture; one of classes has few.")
    palette = [(int(color) >> 16, int(color) >> 8 & 255, int(color) & 255) for color in found]
    numbers = np.searchsorted(found, packed).astype(np.uint8)
    return Indexed(_by_value(numbers), (pixels.shape[0], pixels.shape[1]), palette, colored=True)


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
