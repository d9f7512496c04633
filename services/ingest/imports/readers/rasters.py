"""From rasters to run-length encodings. Pure, but slow: for threads."""

import io
import warnings
from typing import Final

import numpy as np
from PIL import Image, UnidentifiedImageError

from services.contracts import limits
from services.ingest.imports.readers.marks import Wrong
from services.kit import masks

_INDEXED: Final = ("P", "L", "1")


def rle(pixels: masks.Pixels) -> str:
    """COCO's text of the pixels that are not 0."""
    return masks.encoded(masks.lengths(pixels))


def png(data: bytes) -> tuple[list[tuple[int, str]], tuple[int, int]]:
    """Each value of an indexed PNG but 0 with its mask, and height and width. Raises Wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=["PNG"])
            width, height = image.size
            if width * height > limits.PREVIEW_PIXELS or image.mode not in _INDEXED:
                raise Wrong("mask", f"The mask must be an indexed PNG, not {width} x {height} of mode {image.mode}.")
            pixels = np.asarray(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise Wrong("mask", f"The mask is no PNG: {error}.") from error
    return [(int(value), rle(pixels == value)) for value in np.unique(pixels) if value], (height, width)
