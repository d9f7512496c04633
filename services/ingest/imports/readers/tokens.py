"""JSON of strangers before a parser sees it: what it would stop at becomes text, and nobody nests a million arrays."""

import math
import re
from typing import IO, Final

from services.ingest.imports.readers.marks import Unreadable

DEPTH: Final = 1_000
STRING_BYTES: Final = 16_000_000
"""Of one text: more than any mask has."""
_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_WORD: Final = re.compile(rb"-?Infinity|NaN")
_NUMBER: Final = re.compile(rb"(?<![\d.eE+-])-?(?:\d{19,}(?:\.\d+)?(?:[eE][+-]?\d+)?|\d+(?:\.\d+)?[eE]\+?\d{3,})")
"""That may be larger than 64 bits hold."""
_TOKEN: Final = re.compile(b"|".join(each.pattern for each in (_STRING, _WORD, _NUMBER)), re.DOTALL)
_WORDS: Final = (b"NaN", b"Infinity")
_LONG: Final = (b"0" * 19, b"e000")
_FLAT: Final = bytes.maketrans(b"123456789E", b"000000000e")
"""Makes every number that may be too large hold one of `_LONG`, in a tenth of the time that a pattern takes."""
_OF_NUMBERS: Final = b"0123456789+-.eE"
_INTEGERS: Final = range(-(2**63), 2**63)
_MOST_DIGITS: Final = 20
_LONGEST: Final = len(b"-Infinity")
_BLOCK: Final = 4_096
"""Bytes without strings between two looks at the depth: a parser takes a few thousand levels."""


class Tokens:
    """A file whose bare NaN and Infinity, and numbers beyond 64 bits, are read as strings, which no number is.

    Raises Unreadable at 1,000 levels.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Reads on from where `file` is."""
        self._file = file
        self._rest = b""
        self._depth = 0

    def read(self, size: int = -1) -> bytes:
        """About `size` bytes; empty only at the end, or when asked for none."""
        if size == 0:
            return b""
        while True:
            piece = self._file.read(size)
            data = self._rest + piece
            between = _STRING.split(data)
            kept = _unfinished(between[-1]) if piece else 0
            if kept > STRING_BYTES:
                raise Unreadable(f"The file holds a text of more than {STRING_BYTES:,} bytes.")
            self._rest = data[len(data) - kept :]
            if kept < len(data) or not piece:
                between[-1] = between[-1][: len(between[-1]) - kept]
                return self._checked(data[: len(data) - kept], b"".join(between))

    def _checked(self, data: bytes, bare: bytes) -> bytes:
        """`bare` is `data` without its strings."""
        for begin in range(0, len(bare), _BLOCK):
            block = bare[begin : begin + _BLOCK]
            self._depth += block.count(b"[") + block.count(b"{") - block.count(b"]") - block.count(b"}")
            if self._depth > DEPTH:
                raise Unreadable(f"The file is nested more than {DEPTH:,} levels deep.")
        odd = any(word in bare for word in _WORDS) or _has_long(bare)
        return _TOKEN.sub(_quoted, data) if odd else data


def _has_long(bare: bytes) -> bool:
    """Whether there is a number that may be too large. Long fractions, of which files are full, are none."""
    flat = bare.translate(_FLAT, b"+")
    return any(word in flat for word in _LONG) and _NUMBER.search(bare) is not None


def _unfinished(tail: bytes) -> int:
    """Bytes at the end that may belong to a string, word or number that goes on. None is cut, whole or not."""
    opened = tail.find(b'"')
    if opened >= 0:
        return len(tail) - opened
    cut = max(0, len(tail) - _LONGEST)
    words = (word.span() for word in _WORD.finditer(tail, max(0, cut - _LONGEST)))
    cut = next((begin for begin, end in words if begin < cut < end), cut)
    return len(tail) - len(tail[:cut].rstrip(_OF_NUMBERS))


def _quoted(found: re.Match[bytes]) -> bytes:
    token = found.group()
    return token if token.startswith(b'"') or _fits(token) else b'"' + token + b'"'


def _fits(token: bytes) -> bool:
    """Whether a token is a number that a parser takes."""
    if token.lstrip(b"-").isdigit():
        return len(token) <= _MOST_DIGITS and int(token) in _INTEGERS
    return _WORD.fullmatch(token) is None and math.isfinite(float(token))
