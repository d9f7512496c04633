"""Records of JSON Lines, pushed piece by piece. A line that is no object is told, and the next one is read."""

import json

from services.contracts import limits
from services.ingest.tables.lines import Line, Lines
from services.ingest.tables.models import Dialect, Position, Problem, Record

_TOO_LONG = Problem("row_too_long", f"is longer than {limits.ROW_BYTES:,} bytes.")


class JsonLines:
    """A file from `start` on."""

    again: Position | None = None

    def __init__(self, dialect: Dialect, start: Position) -> None:
        """Only the encoding of the dialect counts."""
        self._lines = Lines(dialect.encoding, "\n", limits.ROW_BYTES)
        self._here = start

    def feed(self, piece: bytes, *, final: bool) -> list[Record]:
        """The records that end in `piece`; with `final` also the last one."""
        read = (self._record(line) for line in self._lines.split(piece, final=final))
        return [record for record in read if record is not None]

    def _record(self, line: Line) -> Record | None:
        before = self._here
        blank = not (line.too_long or line.text.strip())
        self._here = Position(before.offset + line.size, before.row + (not blank), before.line + 1)
        if blank:
            return None
        cells: dict[str, object] = {}
        problem = line.problem
        if line.too_long or line.size > limits.ROW_BYTES:
            problem = _TOO_LONG
        if problem is None:
            cells, problem = _parsed(line.text)
        return Record(before.row, before.line + 1, cells, self._here, problem)


def _parsed(text: str) -> tuple[dict[str, object], Problem | None]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}, Problem("row_not_json", "is no JSON.")
    if not isinstance(value, dict):
        return {}, Problem("row_not_json", "is JSON, but no object of the form {…}.")
    return value, None
