"""Size and orientation of a PNG: its first chunk, and an eXIf chunk if one stands before the pixels."""

import struct
from typing import Final

from services.ingest.probes import exif
from services.ingest.probes.raw import Raw
from services.ingest.probes.window import UnreadableError, Window

MAGIC: Final = b"\x89PNG\r\n\x1a\n"
END: Final = b"IEND\xae\x42\x60\x82"
_MOST_CHUNKS: Final = 1_000
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Of a pixel, by colour type."""
_BYTE: Final = 8
_MOST_DEFLATED: Final = 1032
"""A deflated byte inflates to no more."""
_HEADER_END: Final = 33
_CHUNK: Final = 12
"""Bytes of a chunk beside its content: length, name, check sum."""


def parse(window: Window) -> Raw:
    """Raises UnreadableError, or NotFetchedError to be called again with more."""
    if window.read(12, 4) != b"IHDR":
        raise UnreadableError("The file is a damaged PNG: its header chunk is missing.")
    width, height, bits = window.unpack(">IIB", 16)
    return Raw(width, height, _orientation(window), converted=bits > _BYTE)


def _orientation(window: Window) -> int:
    at = len(MAGIC)
    for _ in range(_MOST_CHUNKS):
        if at + _CHUNK > window.size:
            break
        (length,) = window.unpack(">I", at)
        name = window.read(at + 4, 4)
        if name == b"eXIf" and at + 8 + length <= window.size:
            return exif.orientation(window.read(at + 8, length))
        if name in (b"IDAT", b"IEND"):
            break
        at += _CHUNK + length
    return exif.UPRIGHT


def lacks_pixels(content: bytes) -> bool:
    """Whether a whole file is too short to hold as many pixels as its header says, however well they were packed."""
    if len(content) < _HEADER_END:
        return True
    width, height, bits, colors = struct.unpack_from(">IIBB", content, 16)
    needed = width * height * bits * _SAMPLES.get(colors, 1) // 8
    return len(content) * _MOST_DEFLATED < int(needed)
