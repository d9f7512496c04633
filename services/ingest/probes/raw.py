"""What a header says."""

from typing import NamedTuple


class Raw(NamedTuple):
    """Stored width and height in pixels, before the orientation (EXIF, 1 to 8) is applied."""

    width: int
    height: int
    orientation: int = 1
