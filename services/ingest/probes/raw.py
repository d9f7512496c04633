"""What a header says."""

from typing import NamedTuple


class Raw(NamedTuple):
    """Stored width and height in pixels, before the orientation (EXIF, 1 to 8) is applied.

    `converted`: browsers do not show its colours alike.
    """

    width: int
    height: int
    orientation: int = 1
    converted: bool = False
