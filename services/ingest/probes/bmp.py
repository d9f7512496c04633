"""Size of a BMP, from its info header or the older core header."""

from typing import Final

from services.ingest.probes.raw import Raw
from services.ingest.probes.window import UnreadableError, Window

MAGIC: Final = b"BM"
_CORE: Final = 12
_INFO: Final = range(16, 257)


def parse(window: Window) -> Raw:
    """Raises UnreadableError, or NotFetchedError to be called again with more."""
    (header,) = window.unpack("<I", 14)
    if header == _CORE:
        width, height = window.unpack("<HH", 18)
        return Raw(width, height)
    if header not in _INFO:
        raise UnreadableError("The file is a damaged BMP: its header has an impossible length.")
    width, height = window.unpack("<ii", 18)
    return Raw(width, abs(height))
