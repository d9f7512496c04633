"""Size and orientation of a JPEG: walks its segments up to the frame header and skips what lies between unread."""

from typing import Final

from services.ingest.probes import exif
from services.ingest.probes.raw import Raw
from services.ingest.probes.window import UnreadableError, Window

MAGIC: Final = b"\xff\xd8\xff"
END: Final = b"\xff\xd9"
_ALONE: Final = {0x01, *range(0xD0, 0xD9)}
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_APP1: Final = 0xE1
_SCAN: Final = 0xDA
_EXIF: Final = b"Exif\0\0"
_LENGTH_BYTES: Final = 2
_EXIF_AT: Final = _LENGTH_BYTES + len(_EXIF)
_CMYK: Final = 4
"""Colours."""
_MOST_SEGMENTS: Final = 5_000


def parse(window: Window) -> Raw:
    """Raises UnreadableError, or NotFetchedError to be called again with more."""
    at, orientation = 2, exif.UPRIGHT
    for _ in range(_MOST_SEGMENTS):
        marker, at = _marker(window, at)
        if marker in _ALONE:
            continue
        (length,) = window.unpack(">H", at)
        if marker in _FRAMES:
            _, height, width, colors = window.unpack(">BHHB", at + _LENGTH_BYTES)
            return Raw(width, height, orientation, converted=colors == _CMYK)
        if marker == _SCAN or length < _LENGTH_BYTES:
            break
        if marker == _APP1 and length > _EXIF_AT and window.read(at + _LENGTH_BYTES, len(_EXIF)) == _EXIF:
            orientation = exif.orientation(window.read(at + _EXIF_AT, length - _EXIF_AT))
        at += length
    raise UnreadableError("The file is a damaged JPEG: it has no frame header.")


def _marker(window: Window, at: int) -> tuple[int, int]:
    """The marker at `at` and where its segment begins. Fill bytes before a marker are allowed."""
    if window.read(at, 1) != b"\xff":
        raise UnreadableError("The file is a damaged JPEG: a marker is missing.")
    while (byte := window.read(at, 1)) == b"\xff":
        at += 1
    return byte[0], at + 1
