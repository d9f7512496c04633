"""Sets of pixels as runs down the columns of a picture. Pure."""

from typing import NamedTuple

import numpy as np

from services.kit import masks


class Area(NamedTuple):
    """First pixel of each run, and the pixel behind it, counted down the columns from the left."""

    begin: masks.Ints
    end: masks.Ints

    @property
    def pixels(self) -> int:
        """How many there are."""
        return int((self.end - self.begin).sum())

    def text(self, pixels: int) -> str:
        """COCO's run lengths, in a picture of so many pixels. No two runs may touch."""
        ends = np.concatenate(([0], np.column_stack((self.begin, self.end)).ravel(), [pixels]))
        lengths = np.diff(ends)
        return masks.encoded(lengths if lengths[-1] else lengths[:-1])
