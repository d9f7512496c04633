"""Pictures of more than 8 bits a sample on a screen of 8: what they really use of their range becomes all of it.

A camera of 12 bits writes values up to 4,095 of 65,535, which nobody could tell from black.
"""

from typing import Final

import pyvips

_WHITE: Final = 65_535
_COLORS: Final = 3
_PLAIN: Final = {"uchar", "char"}
_OTHER_SPACES: Final = {"lab", "labs", "labq", "lch", "xyz", "cmyk", "scrgb", "hsv"}
"""Their values are no amounts of light that could be spread."""


def is_deep(picture: pyvips.Image) -> bool:
    """Whether its values have to be spread."""
    return picture.format not in _PLAIN and picture.interpretation not in _OTHER_SPACES


def spread(picture: pyvips.Image) -> pyvips.Image:
    """As 16 bits that are all used.

    Grey from its darkest to its lightest value; colours from 0 to the largest value of all three, which keeps them.
    """
    if picture.bands > _COLORS + 1:
        picture = picture.extract_band(0, n=_COLORS)
    alpha = picture.bands in (2, _COLORS + 1)
    shown = picture.extract_band(0, n=picture.bands - 1) if alpha else picture
    if shown.format in ("float", "double"):
        shown = (shown == shown).ifthenelse(shown, 0)  # noqa: PLR0124 - not a number is not itself
    low = min(0, shown.min()) if shown.bands > 1 else shown.min()
    high = shown.max()
    if high > low:
        scale = _WHITE / (high - low)
        shown = shown.linear(scale, -low * scale)
    grey = shown.bands < _COLORS
    made = shown.cast("ushort")
    if alpha:
        made = made.bandjoin(picture.extract_band(picture.bands - 1).cast("ushort"))
    return made.copy(interpretation="grey16" if grey else "rgb16")
