"""JSON as Python's own encoder writes it: NaN and Infinity are no JSON, and must not cost the whole file."""

import re
from typing import IO, Final

_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|-?Infinity|NaN', re.DOTALL)
_LONGEST: Final = len(b"-Infinity")


class Tokens:
    """A file of which bare NaN and Infinity are read as strings, which no number is."""

    def __init__(self, file: IO[bytes]) -> None:
        """Reads on from where `file` is."""
        self._file = file
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """About `size` bytes; empty only at the end, or when asked for none."""
        if size == 0:
            return b""
        while True:
            piece = self._file.read(size)
            data = self._rest + piece
            if not piece:
                self._rest = b""
                return _TOKEN.sub(_quoted, data)
            cut = _safe(data)
            self._rest = data[cut:]
            if cut:
                return _TOKEN.sub(_quoted, data[:cut])


def _quoted(found: re.Match[bytes]) -> bytes:
    token = found.group()
    return token if token.startswith(b'"') else b'"' + token + b'"'


def _safe(data: bytes) -> int:
    """How much of it ends outside a string and outside a word."""
    end = 0
    for found in _TOKEN.finditer(data):
        end = found.end()
    opened = data.find(b'"', end)
    return opened if opened >= 0 else max(end, len(data) - _LONGEST)
