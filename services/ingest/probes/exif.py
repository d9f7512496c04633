"""Orientation out of Exif and TIFF structures. Must never fail on nonsense: no orientation is 1."""

import struct
from typing import Final

ORIENTATION: Final = 0x0112
UPRIGHT: Final = 1
_LAST: Final = 8
_FIRST_SIDEWAYS: Final = 5
_MOST_ENTRIES: Final = 1_000


def valid(orientation: int) -> int:
    """1 to 8; anything else counts as upright, as browsers and libvips do."""
    return orientation if UPRIGHT <= orientation <= _LAST else UPRIGHT


def orientation(exif: bytes) -> int:
    """Of an Exif block that starts with its TIFF header; what can't be read is upright."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        (first,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, first)
        for entry in range(first + 2, first + 2 + 12 * min(count, _MOST_ENTRIES), 12):
            tag, _, _, value = struct.unpack_from(order + "HHIH", exif, entry)
            if tag == ORIENTATION:
                return valid(value)
    except (KeyError, struct.error):
        return UPRIGHT
    return UPRIGHT


def swaps(orientation_: int) -> bool:
    """Whether the upright picture has width and height the other way round."""
    return orientation_ >= _FIRST_SIDEWAYS
