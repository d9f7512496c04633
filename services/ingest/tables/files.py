"""A file of rows in a data store: a first look that says how it is to be read, and its records from any place on."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple

from services.contracts.projects import TableSettings
from services.ingest.probes.window import UnreadableError
from services.ingest.sources.accepted import extension
from services.ingest.tables import detection, header
from services.ingest.tables.delimited import Delimited
from services.ingest.tables.json_lines import JsonLines
from services.ingest.tables.models import Asked, Dialect, Form, Layout, Position, Record
from services.ingest.tables.parquet import BlobFile, Parquet
from services.kit.blobs import Blobs

SAMPLE_BYTES: Final = 1_000_000
"""A header has to end within them."""


class Place(NamedTuple):
    """An object and where it is."""

    datastore: str
    key: str
    size: int


def form(key: str) -> Form:
    """What the name says that the file is."""
    return {"parquet": Form.PARQUET, "jsonl": Form.JSON_LINES}.get(extension(key), Form.DELIMITED)


async def look(
    blobs: Blobs, place: Place, chosen: TableSettings | None, asked: Asked | None = None
) -> tuple[Layout, bytes]:
    """The layout, and the sample it was found in. Raises UnreadableError, and what object storage raises."""
    if not place.size:
        raise UnreadableError("The file is empty.", "table_empty")
    kind = asked.form if asked else form(place.key)
    settings = _settings(chosen, asked)
    if kind is Form.PARQUET:
        parquet = await _open(blobs, place)
        return Layout(form=kind, columns=parquet.columns), b""
    sample = await blobs.get_range(place.datastore, place.key, 0, min(SAMPLE_BYTES, place.size))
    if kind is Form.JSON_LINES:
        settings = TableSettings(delimiter=",", encoding=settings.encoding if settings else "")
    dialect = detection.dialect(sample, settings, tabbed=extension(place.key) == "tsv")
    start = Position(offset=dialect.mark)
    if kind is Form.JSON_LINES:
        return Layout(form=kind, dialect=dialect, start=start), sample
    return await asyncio.to_thread(_delimited, sample, dialect, whole=len(sample) == place.size), sample


def _settings(chosen: TableSettings | None, asked: Asked | None) -> TableSettings | None:
    """What the owner chose; what was left open is as the table asks for it."""
    other = asked.settings if asked else None
    if other is None or chosen is None:
        return chosen or other
    return chosen.model_copy(
        update={"delimiter": chosen.delimiter or other.delimiter, "encoding": chosen.encoding or other.encoding}
    )


def _delimited(sample: bytes, dialect: Dialect, *, whole: bool) -> Layout:
    start = Position(offset=dialect.mark)
    first = next(iter(Delimited(dialect, (), start).feed(sample[dialect.mark :], final=whole)), None)
    if first is None:
        if whole:
            raise UnreadableError("The file holds no row.", "table_empty")
        raise UnreadableError(f"The first row is longer than {SAMPLE_BYTES:,} bytes.", "table_header")
    if first.problem is not None:
        raise UnreadableError(f"The first row {first.problem.reason}", "table_header")
    cells = list(first.cells.values())
    if not dialect.header:
        return Layout(form=Form.DELIMITED, dialect=dialect, columns=header.numbered(len(cells)), start=start)
    columns = header.columns(cells)
    begin = Position(first.end.offset, 0, first.end.line)
    renamed = columns != [cell.strip() for cell in cells]
    return Layout(form=Form.DELIMITED, dialect=dialect, columns=columns, start=begin, renamed=renamed)


async def records(blobs: Blobs, place: Place, layout: Layout, start: Position) -> AsyncGenerator[list[Record]]:
    """Batches of records from `start` on. Raises UnreadableError, and what object storage raises."""
    if layout.form is Form.PARQUET:
        rows = (await _open(blobs, place)).rows(start)
        while (batch := await asyncio.to_thread(next, rows, None)) is not None:
            yield batch
        return
    at: Position | None = start
    while at is not None and at.offset < place.size:
        parser = _parser(layout, at)
        async for piece in blobs.stream(place.datastore, place.key, at.offset):
            yield await asyncio.to_thread(parser.feed, piece, final=False)
        yield await asyncio.to_thread(parser.feed, b"", final=True)
        at = parser.again


def _parser(layout: Layout, start: Position) -> Delimited | JsonLines:
    if layout.form is Form.JSON_LINES:
        return JsonLines(layout.dialect, start)
    return Delimited(layout.dialect, layout.columns, start)


async def _open(blobs: Blobs, place: Place) -> Parquet:
    file = BlobFile(blobs, *place, asyncio.get_running_loop())
    return await asyncio.to_thread(Parquet, file)
