"""Lines of a text of bytes in any encoding. Never holds more of a line than the longest that is allowed."""

from typing import Final, NamedTuple

from services.ingest.tables.models import Problem

QUOTE: Final = '"'
_NUL: Final = Problem("row_not_text", "holds a NUL byte, so it is no text.")


class Line(NamedTuple):
    """A line with its end, `size` bytes of the file. Of one that is `too_long` there is no text.

    `odd`: then, the number of its quotes is odd.
    """

    text: str
    size: int
    problem: Problem | None = None
    too_long: bool = False
    odd: bool = False


class Lines:
    """Cuts pieces into lines, wherever the pieces were cut."""

    def __init__(self, encoding: str, terminator: str, most: int) -> None:
        """At most `most` bytes of a line and a piece are held; a longer line is passed over."""
        self._encoding, self._terminator, self._most = encoding, terminator, most
        self._end = terminator.encode(encoding)
        self._rest = b""
        self._passed = self._quotes = 0

    def split(self, piece: bytes, *, final: bool) -> list[Line]:
        """The lines that end in `piece`; with `final` also the last one, which need not end."""
        data, at, lines = self._rest + piece, 0, []
        while (end := self._find_end(data, at)) >= 0:
            lines.append(self._line(data[at:end], self._end))
            at = end + len(self._end)
        self._rest = data[at:]
        if final:
            if self._rest or self._passed:
                lines.append(self._line(self._rest, b""))
        elif len(self._rest) > self._most:
            self._pass_over(len(self._rest) - len(self._rest) % len(self._end))
        return lines

    def _find_end(self, data: bytes, at: int) -> int:
        """Place of the next end of a line, or -1. In UTF-16 the same bytes may also straddle two characters."""
        found = data.find(self._end, at)
        while found >= 0 and (found - at) % len(self._end):
            found = data.find(self._end, found + 1)
        return found

    def _pass_over(self, size: int) -> None:
        self._quotes += self._count_quotes(self._rest[:size])
        self._passed += size
        self._rest = self._rest[size:]

    def _count_quotes(self, data: bytes) -> int:
        return data.decode(self._encoding, "replace").count(QUOTE)

    def _line(self, data: bytes, end: bytes) -> Line:
        size = len(data) + len(end)
        if self._passed:
            line = Line("", self._passed + size, too_long=True, odd=bool((self._quotes + self._count_quotes(data)) % 2))
            self._passed = self._quotes = 0
            return line
        problem = None
        try:
            text = data.decode(self._encoding)
        except UnicodeDecodeError:
            text = data.decode(self._encoding, "replace")
            problem = Problem("row_not_text", f"holds bytes that are not valid {self._encoding.upper()}.")
        if "\0" in text:
            problem = _NUL
        return Line(text + self._terminator if end else text, size, problem)
