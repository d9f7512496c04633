"""Colours of labels by position: told apart by people with any kind of colour vision, on light and on dark."""

import colorsys
from typing import Final

# The eight colours of Okabe and Ito, "Color Universal Design", without black, and Paul Tol's muted scheme after them.
_FIRST: Final = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#f0e442",
    "#332288",
    "#ddcc77",
    "#117733",
    "#88ccee",
    "#882255",
    "#44aa99",
    "#999933",
    "#aa4499",
)
_GOLDEN: Final = 0.618033988749895


def color(position: int) -> str:
    """`#rrggbb` of the label at `position`.

    Behind the palette hues are spread evenly; there the name has to tell them apart.
    """
    if position < len(_FIRST):
        return _FIRST[position]
    hue = position * _GOLDEN % 1.0
    lightness = (0.35, 0.5, 0.65)[position % 3]
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.6)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
