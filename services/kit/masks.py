"""COCO's compressed run-length encoding of masks, column by column. Judging one never makes a raster: runs are enough.

The format is that of `rleToString` and `rleFrString` of the COCO API (`common/maskApi.c`): each run is a signed number
in groups of five bits, low ones first, one character a group; from the fourth run on the difference to the last but
one.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Pixels: TypeAlias = NDArray[np.uint8]
_ZERO: Final = 48
"""Code of the character of group 0."""
_MORE, _SIGN, _BITS = 0x20, 0x10, 0x1F
_GROUPS: Final = 7
"""Most characters of one run: 35 bits, enough for the difference of two 32-bit numbers."""


class MaskBroken(ValueError):
    """The text is no mask of this picture. The message completes a sentence that begins with the name of the mask."""


def run_count(rle: str) -> int:
    """How many runs a text has. Raises MaskBroken for characters that no encoder writes."""
    return int(np.count_nonzero(_groups(rle) & _MORE == 0))


def runs(rle: str, height: int, width: int) -> Ints:
    """Lengths of the runs in pixels, background and foreground in turn. Raises MaskBroken."""
    groups = _groups(rle)
    ends = np.flatnonzero(groups & _MORE == 0)
    if not len(groups) or not len(ends) or ends[-1] != len(groups) - 1:
        raise MaskBroken("is cut off: the last character of its run-length encoding is missing")
    begins = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - begins + 1
    if sizes.max() > _GROUPS:
        raise MaskBroken("is no run-length encoding: a run has more digits than any picture has pixels")
    lengths = _undone(_numbers(groups, begins, sizes))
    covered, pixels = int(lengths.sum()), height * width
    if lengths.min() < 0:
        raise MaskBroken("is no run-length encoding: a run has less than no pixels")
    if covered != pixels:
        raise MaskBroken(f"covers {covered} pixels, but the picture has {width} x {height} = {pixels}")
    return lengths


def areas(lengths: Ints) -> tuple[Ints, Ints]:
    """First pixel of each foreground run, and the pixel behind it, counted down the columns from the left."""
    ends = np.cumsum(lengths)[1::2]
    begins = ends - lengths[1::2]
    painted = begins < ends
    return begins[painted], ends[painted]


def _groups(rle: str) -> Pixels:
    try:
        codes = np.frombuffer(rle.encode("ascii"), np.uint8)
    except UnicodeEncodeError:
        codes = np.zeros(1, np.uint8)
    if len(codes) and (codes.min() < _ZERO or codes.max() >= _ZERO + 2 * _MORE):
        raise MaskBroken("is no run-length encoding: it holds a character that COCO's encoding does not know")
    return codes - np.uint8(_ZERO)


def _numbers(groups: Pixels, begins: Ints, sizes: Ints) -> Ints:
    numbers = np.zeros(len(begins), np.int64)
    for place in range(int(sizes.max())):
        there = np.flatnonzero(sizes > place)
        numbers[there] |= (groups[begins[there] + place].astype(np.int64) & _BITS) << (5 * place)
    negative = groups[begins + sizes - 1] & _SIGN != 0
    numbers[negative] |= np.int64(-1) << (5 * sizes[negative])
    return numbers


def _undone(numbers: Ints) -> Ints:
    """From the fourth on (index 3) each number is the difference to the last but one."""
    lengths = numbers.copy()
    lengths[1::2] = np.cumsum(numbers[1::2])
    lengths[2::2] = np.cumsum(numbers[2::2])
    return lengths


def raster(lengths: Ints, height: int, width: int) -> Pixels:
    """The mask as rows of zeros and ones. For who has to turn it; to judge it, runs are enough."""
    values = np.arange(len(lengths), dtype=np.uint8) % 2
    return np.repeat(values, lengths).reshape(width, height).T


def lengths(pixels: Pixels) -> Ints:
    """Lengths of the runs of a raster, the first one of background."""
    down = np.ascontiguousarray(pixels.T).ravel() != 0
    edges = np.flatnonzero(down[1:] != down[:-1]) + 1
    bounds = np.concatenate(([0], edges, [len(down)]))
    found = np.diff(bounds).astype(np.int64)
    return np.concatenate(([0], found)) if len(down) and down[0] else found


def encoded(lengths: Ints) -> str:
    """The text of runs; `runs` is the way back."""
    numbers = lengths.copy()
    numbers[3:] -= lengths[1:-2]
    text = bytearray()
    for number in numbers.tolist():
        rest, more = number, True
        while more:
            group, rest = rest & _BITS, rest >> 5
            more = rest != (-1 if group & _SIGN else 0)
            text.append(_ZERO + group + (_MORE if more else 0))
    return text.decode()
