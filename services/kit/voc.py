"""The palette of Pascal VOC, which exports paint with and imports read. Pure."""

from typing import Final

_BITS: Final = 8


def color(number: int) -> tuple[int, int, int]:
    """Red, green and blue of class `number`: its bits, three by three, go to the channels from the highest bit on.

    Source: function VOClabelcolormap of the VOC development kit.
    """
    channels = [0, 0, 0]
    for bit in range(_BITS):
        for channel in range(3):
            channels[channel] |= (number >> channel & 1) << (_BITS - 1 - bit)
        number >>= 3
    return channels[0], channels[1], channels[2]
