"""Records of delimited text (RFC 4180), pushed piece by piece. One that is wrong is told, and the next one is read."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.contracts import limits
from services.ingest.tables.lines import QUOTE, Line, Lines
from services.ingest.tables.models import Dialect, Position, Problem, Record

TOO_LONG: Final = Problem(
    "row_too_long", f"is longer than {limits.ROW_BYTES:,} bytes. Is a quote missing at the end of a field?"
)
_UNENDED: Final = Problem("row_quote", "opens a quote that never ends.")
_CARRIAGE_RETURN: Final = Problem("row_line_break", "holds a carriage return outside of quotes.")

csv.field_size_limit(2**31 - 1)  # what is too long is passed over before it is one field


class _Ended(Exception):
    """No line is left, but the record goes on."""


class _TooLong(Exception):
    """The record is longer than it may be."""


class _Feed(Iterator[str]):
    """Gives lines to the reader, and knows what the record that is being read consists of."""

    def __init__(self, lines: Sequence[Line], at: int) -> None:
        self.lines, self.at = lines, at
        self.begin()

    def begin(self) -> None:
        """The next line is the first of a record."""
        self.first, self.size, self.problem = self.at, 0, None

    first: int
    size: int
    problem: Problem | None

    def __next__(self) -> str:
        if self.at == len(self.lines):
            raise _Ended
        line = self.lines[self.at]
        if line.too_long or self.size > limits.ROW_BYTES:
            raise _TooLong
        self.at += 1
        self.size += line.size
        self.problem = self.problem or line.problem
        return line.text


@dataclass
class _PassedOver:
    """A record that is too long. `quoted`: the next line begins within quotes."""

    first_size: int
    size: int
    lines: int
    quoted: bool


class Delimited:
    """A file from `start` on. After the last piece `again` is where to go on behind a quote that never ends."""

    def __init__(self, dialect: Dialect, columns: Sequence[str], start: Position) -> None:
        """A record has to have as many fields as there are `columns`; without any it may have any number."""
        self._dialect, self._columns, self._here = dialect, columns, start
        self._lines = Lines(dialect.encoding, dialect.terminator, limits.ROW_BYTES)
        self._open: list[Line] = []
        self._passed_over: _PassedOver | None = None
        self.again: Position | None = None

    def feed(self, piece: bytes, *, final: bool) -> list[Record]:
        """The records that end in `piece`; with `final` also the last one."""
        lines = self._open + self._lines.split(piece, final=final)
        self._open = []
        records: list[Record] = []
        at = 0
        while at < len(lines):
            step = self._read if self._passed_over is None else self._pass_over
            at = step(lines, at, records)
        if final:
            self._finish(records)
        return records

    def _read(self, lines: Sequence[Line], at: int, records: list[Record]) -> int:
        """Records as long as nothing is wrong with their lines. Answers the first line that is not used."""
        feed = _Feed(lines, at)
        reader = self._reader(feed)
        while True:
            feed.begin()
            cells, problem = [], None
            try:
                cells = next(reader)
            except _Ended:
                self._open = list(lines[feed.first :])
                return len(lines)
            except _TooLong:
                self._begin_to_pass_over(lines[feed.first : feed.at])
                return feed.at
            except csv.Error:
                problem = _CARRIAGE_RETURN
            if cells or problem:
                records.append(self._record(cells, feed, feed.problem or problem))
            else:
                self._move(feed.size, feed.at - feed.first, rows=0)

    def _reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._dialect.delimiter, quotechar=QUOTE, strict=False)

    def _record(self, cells: list[str], feed: _Feed, problem: Problem | None) -> Record:
        row, line = self._here.row, self._here.line + 1
        self._move(feed.size, feed.at - feed.first)
        if feed.size > limits.ROW_BYTES:
            problem = TOO_LONG
        elif problem is None and self._columns and len(cells) != len(self._columns):
            fields = f"{len(cells):,} field" if len(cells) == 1 else f"{len(cells):,} fields"
            problem = Problem("row_ragged", f"has {fields}; the table has {len(self._columns):,} columns.")
        return self._told(row, line, cells, problem)

    def _told(self, row: int, line: int, cells: Sequence[str], problem: Problem | None) -> Record:
        if problem is not None:
            return Record(row, line, {}, self._here, problem)
        names = self._columns or [str(number) for number in range(len(cells))]
        return Record(row, line, dict(zip(names, cells, strict=True)), self._here)

    def _begin_to_pass_over(self, lines: Sequence[Line]) -> None:
        """`lines` are within quotes if there are any: else the reader would not have asked for another one."""
        first = lines[0].size if lines else 0
        self._passed_over = _PassedOver(first, sum(line.size for line in lines), len(lines), quoted=bool(lines))

    def _pass_over(self, lines: Sequence[Line], at: int, records: list[Record]) -> int:
        passed, line = self._passed_over, lines[at]
        assert passed is not None  # noqa: S101 - tells the type checker why this was called
        passed.first_size = passed.first_size or line.size
        passed.size += line.size
        passed.lines += 1
        passed.quoted = passed.quoted != line.odd if line.too_long else self._stays_open(line.text)
        if not passed.quoted:
            row, number = self._here.row, self._here.line + 1
            self._move(passed.size, passed.lines)
            records.append(self._told(row, number, (), TOO_LONG))
            self._passed_over = None
        return at + 1

    def _stays_open(self, text: str) -> bool:
        """Whether a quote is open behind a line that begins within quotes."""
        if QUOTE not in text:
            return True
        feed = _Feed([Line(QUOTE + text, 0)], 0)
        try:
            next(self._reader(feed))
        except _Ended:
            return True
        except csv.Error:
            return False
        return False

    def _finish(self, records: list[Record]) -> None:
        """A quote that is still open swallows all the rest, so only its line is left out."""
        first_size = self._passed_over.first_size if self._passed_over else sum(line.size for line in self._open[:1])
        if first_size:
            row, line = self._here.row, self._here.line + 1
            self._move(first_size, 1)
            records.append(self._told(row, line, (), _UNENDED))
            self.again = self._here

    def _move(self, size: int, lines: int, rows: int = 1) -> None:
        here = self._here
        self._here = Position(here.offset + size, here.row + rows, here.line + lines)
