"""Masks of one picture as an indexed PNG: 0 is the background, n the class with id n. Pure, but slow: for threads."""

import io
from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image

from services.export.items.models import Mark
from services.export.projects.models import Category
from services.kit import masks

Color = tuple[int, int, int]
_BACKGROUND: Final[Color] = (0, 0, 0)
_COLORS: Final = 256
"""A shorter palette would make fewer bits a pixel."""


def png(marks: Sequence[Mark], classes: Sequence[Category], width: int, height: int) -> bytes:
    """Paint the masks; the palette holds the colours of the classes. Raises MaskBroken, KeyError."""
    return painted(marks, classes, width, height, [_BACKGROUND, *(_rgb(category.color) for category in classes)])


def painted(
    marks: Sequence[Mark], classes: Sequence[Category], width: int, height: int, colors: Sequence[Color]
) -> bytes:
    """As `png`, with a palette of one's own."""
    numbers = {category.label: category.id for category in classes}
    pixels = _painted([(numbers[mark.label], mark.rle) for mark in marks], width, height)
    colors = [*colors, *[_BACKGROUND] * (_COLORS - len(colors))]
    image = Image.fromarray(pixels)
    image.putpalette([value for color in colors for value in color])
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _painted(numbered: Sequence[tuple[int, str]], width: int, height: int) -> masks.Pixels:
    """Rows of class numbers. The runs of all masks are put in one order, so each pixel is written once."""
    begins, ends, values = [], [], []
    for number, rle in numbered:
        begin, end = masks.areas(masks.runs(rle, height, width))
        begins.append(begin)
        ends.append(end)
        values.append(np.full(len(begin), number, np.uint8))
    if not numbered:
        return np.zeros((height, width), np.uint8)
    begin, end, value = np.concatenate(begins), np.concatenate(ends), np.concatenate(values)
    order = np.argsort(begin)
    begin, end, value = begin[order], end[order], value[order]
    edges = np.concatenate(([0], np.column_stack((begin, end)).ravel(), [width * height]))
    shades = np.zeros(2 * len(value) + 1, np.uint8)
    shades[1::2] = value
    down = np.repeat(shades, np.diff(edges))
    return np.ascontiguousarray(down.reshape(width, height).T)


def _rgb(color: str) -> Color:
    """Of `#rrggbb`; white where a label has no colour."""
    code = color.removeprefix("#") or "ffffff"
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:6], 16)
