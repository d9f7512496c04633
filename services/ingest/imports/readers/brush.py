"""Brush strokes of Label Studio: bytes of red, green, blue and opacity, row by row, in run lengths of bits. Pure.

32 bits say how many words follow, 5 how long a word is, four times 4 how long a length may be. Then blocks: a bit that
says whether all words are one, two that choose the length of the length, the length, and the word or words.
"""

from typing import Any, Final

import numpy as np

from services.contracts import limits
from services.ingest.imports.readers.marks import Wrong
from services.ingest.imports.readers.rasters import rle as encoded
from services.kit.masks import Pixels

_CHANNELS: Final = 4
_BYTE: Final = 8
_SEEN: Final = 128
"""Opacity from which on a pixel counts as painted."""


def rle(values: Any, height: int, width: int) -> str:
    """COCO's text of what is painted. Raises Wrong."""
    try:
        data = bytes(values) if isinstance(values, list) else b""
    except (TypeError, ValueError):
        data = b""
    if not data:
        raise Wrong("mask", "rle must be a list of bytes, numbers from 0 to 255.")
    if not 0 < height * width <= limits.PREVIEW_PIXELS or min(height, width) < 0:
        raise Wrong("mask", f"The size of the brush, {width} x {height}, is none that a picture may have.")
    return encoded(_painted(_Bits(data), height * width).reshape(height, width))


def _painted(bits: "_Bits", pixels: int) -> Pixels:
    total, word = bits.number(32), bits.number(5) + 1
    sizes = [bits.number(4) + 1 for _ in range(4)]
    if total != pixels * _CHANNELS or word != _BYTE:
        text = f"rle holds {total:,} words of {word} bits; the picture needs {pixels * _CHANNELS:,} of {_BYTE}."
        raise Wrong("mask", text)
    found, at, blocks = np.zeros(pixels, np.uint8), 0, 0
    while at < total:
        same = bits.number(1)
        behind = at + 1 + bits.number(sizes[bits.number(2)])
        blocks += 1
        if behind > total or blocks > limits.MASK_RUNS:
            raise Wrong("mask", "rle holds more than its picture." if behind > total else "rle is too fine.")
        words = bits.number(_BYTE) if same else bits.words(behind - at)[(-at - 1) % _CHANNELS :: _CHANNELS]
        found[at // _CHANNELS : behind // _CHANNELS] = np.asarray(words) >= _SEEN
        at = behind
    return found


class _Bits:
    """Bits from the first one of the first byte on."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, count: int) -> int:
        """Of so many bits. Raises Wrong behind the end."""
        begin, self._at = self._at, self._at + count
        if self._at > len(self._data) * _BYTE:
            raise Wrong("mask", "rle is cut off.")
        behind = -(-self._at // _BYTE)
        found = int.from_bytes(self._data[begin // _BYTE : behind])
        return found >> (behind * _BYTE - self._at) & ((1 << count) - 1)

    def words(self, count: int) -> Pixels:
        """So many bytes, wherever they begin. Raises Wrong behind the end."""
        begin, shift = divmod(self._at, _BYTE)
        self._at += count * _BYTE
        if self._at > len(self._data) * _BYTE:
            raise Wrong("mask", "rle is cut off.")
        raw = np.frombuffer(self._data, np.uint8, -(-(shift + count * _BYTE) // _BYTE), begin)
        if not shift:
            return raw
        pairs = raw[:-1].astype(np.uint16) << _BYTE | raw[1:]
        return (pairs >> (_BYTE - shift) & 0xFF).astype(np.uint8)
