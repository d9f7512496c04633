"""Delimited text with a label a row: our own CSV, and others with a header. Labels as text or as JSON Lines have them.

Items are named by a column; rows of tables are those with the same cells.
"""

import json
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import repeat
from pathlib import Path
from typing import Any, Final, NamedTuple

from services.contracts.projects import ColumnMapping, SourceKind, TableSettings
from services.contracts.projects import Project as Owner
from services.ingest.imports.readers import jsonl
from services.ingest.imports.readers.marks import (
    Kind,
    Mark,
    Picture,
    Unit,
    Unreadable,
    Wrong,
    broken,
    parsed,
    share,
    short,
)
from services.ingest.imports.spool import Spool
from services.ingest.probes.window import UnreadableError
from services.ingest.tables import detection
from services.ingest.tables import header as names
from services.ingest.tables.delimited import Delimited
from services.ingest.tables.models import Form, Layout, Position, Record

_PIECE: Final = 1_000_000
_FORMULA: Final = re.compile(r"'(?=[=+\-@\t\r])")
"""The apostrophe that keeps a spreadsheet from taking a cell for a formula."""
_ITEM: Final = re.compile(r"url|image_url", re.IGNORECASE)
_LABEL: Final = re.compile(r"label_*", re.IGNORECASE)
_CONFIDENCE: Final = re.compile(r"label_?confidence_*", re.IGNORECASE)
_PICTURES: Final = "images/"


class _Columns(NamedTuple):
    """Which column holds what; empty for what the file lacks. `cells` are those of the table that items come from."""

    item: str
    label: str
    confidence: str
    cells: Sequence[str]


def bare(cell: str) -> str:
    """A cell as it was before it was kept from being a formula."""
    return cell[1:] if _FORMULA.match(cell) else cell


def header(sample: bytes, *, whole: bool) -> Layout:
    """How a file is to be read, from its first bytes; commas are preferred. Raises UnreadableError."""
    plain = _layout(sample, TableSettings(header=True, delimiter=","), whole=whole)
    if any(_LABEL.fullmatch(bare(name)) for name in plain.columns):
        return plain
    return _layout(sample, TableSettings(header=True), whole=whole)


def _layout(sample: bytes, settings: TableSettings, *, whole: bool) -> Layout:
    dialect = detection.dialect(sample, settings, tabbed=False)
    begin = Position(offset=dialect.mark)
    first = next(iter(Delimited(dialect, (), begin).feed(sample[dialect.mark :], final=whole)), None)
    if first is None or first.problem is not None:
        reason = first.problem.reason if first and first.problem else "is missing or too long."
        raise UnreadableError(f"The first row, which names the columns, {reason}", "table_header")
    columns = names.columns(list(first.cells.values()))
    begin = Position(first.end.offset, 0, first.end.line)
    return Layout(form=Form.DELIMITED, dialect=dialect, columns=columns, start=begin)


def read(path: Path, spool: Spool, mapping: ColumnMapping, project: Owner) -> None:
    """Fill the spool; a row that can't be read is noted. Raises Unreadable, Stopped."""
    spool.unit = Unit.SHARES
    with path.open("rb") as file:
        sample = file.read(_PIECE)
        whole = not file.read(1)
    try:
        layout = header(sample, whole=whole)
    except UnreadableError as error:
        raise Unreadable(str(error)) from error
    columns = _columns(layout.columns, mapping, _table(project))
    plain = project.task_type.regions is None and not project.task_type.multi
    for record in _records(path, layout):
        where = f"line {record.line}"
        if record.problem is not None:
            spool.lost(where, record.problem.code, f"The row {record.problem.reason}")
            continue
        picture = _picture(record.cells, where, columns)
        if not picture.names and not columns.cells:
            spool.lost(where, "field_missing", f"{columns.item} is empty.")
            continue
        spool.picture(picture)
        for mark in _marks(record.cells, where, columns, plain=plain):
            spool.mark(where, mark)


def _records(path: Path, layout: Layout) -> Iterator[Record]:
    """Behind a quote that never ends the next line is read on."""
    starts = [layout.start]
    with path.open("rb") as file:
        for at in starts:
            parser = Delimited(layout.dialect, layout.columns, at)
            file.seek(at.offset)
            while piece := file.read(_PIECE):
                yield from parser.feed(piece, final=False)
            yield from parser.feed(b"", final=True)
            starts += [parser.again] if parser.again is not None else []


def _table(project: Owner) -> AbstractSet[str] | None:
    settings = project.source.table
    return {*(settings.columns if settings else ())} if project.source.kind is SourceKind.TABLE else None


def _columns(known: Sequence[str], mapping: ColumnMapping, table: AbstractSet[str] | None) -> _Columns:
    """`table`: columns of the one that items come from, which name them if the file has any. Raises Unreadable."""
    label = _chosen(known, mapping.category, _LABEL, "labels")
    confidence = _found(known, mapping.confidence, _CONFIDENCE)
    if table is not None and not mapping.image and (not table or table & {bare(name) for name in known}):
        return _Columns("", label, confidence, [name for name in known if name not in (label, confidence)])
    return _Columns(_chosen(known, mapping.image, _ITEM, "items"), label, confidence, ())


def _chosen(known: Sequence[str], wanted: str, usual: re.Pattern[str], what: str) -> str:
    found = _found(known, wanted, usual)
    if not found:
        listed = ", ".join(map(short, known[:50]))
        missing = f"no column {short(wanted)}" if wanted else f"no column of {what} that is known by its name"
        raise Unreadable(f"The file has {missing}. Its columns are: {listed}.")
    return found


def _found(known: Sequence[str], wanted: str, usual: re.Pattern[str]) -> str:
    """The last one that fits: ours stand behind those of a table."""
    fits = [name for name in known if (name == wanted if wanted else usual.fullmatch(bare(name)))]
    return fits[-1] if fits else ""


def _picture(cells: dict[str, str], where: str, columns: _Columns) -> Picture:
    if columns.cells:
        return Picture(where, where, [], cells={bare(name): bare(cells[name]) for name in columns.cells})
    name = cells[columns.item].strip()
    inner = [name.removeprefix(_PICTURES)] if name.startswith(_PICTURES) else []
    return Picture(where, where, [name, *inner] if name else [])


def _marks(cells: dict[str, str], where: str, columns: _Columns, *, plain: bool) -> list[Mark]:
    """`plain`: an item has one label, which may look like anything."""
    text = cells[columns.label].strip()
    try:
        sure = _confidence(cells[columns.confidence].strip()) if columns.confidence else None
        if plain:
            return [Mark(where, text, Kind.WHOLE, confidence=share(sure, columns.confidence))] if text else []
        several = _parsed(text)
    except Wrong as wrong:
        return [broken(where, wrong)]
    return jsonl.labels(several, None, where, iter(sure) if isinstance(sure, list) else repeat(sure))


def _parsed(text: str) -> Any:
    """JSON, or a name. Raises Wrong."""
    if not text.startswith(("[", "{", '"')):
        return text
    return parsed(text, "The label")


def _confidence(text: str) -> Any:
    """A number or a list of them; None where there is none. Raises Wrong."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError) as error:
        raise Wrong(
            "confidence", f"The confidence must be a number or a list of numbers, not {short(text)}."
        ) from error
