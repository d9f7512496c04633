"""Rows of Parquet files by ranged reads. Every value becomes a text. Blocks, so never on the event loop."""

import asyncio
import io
import json
from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from services.contracts import limits
from services.ingest.probes.window import UnreadableError
from services.ingest.tables import header
from services.ingest.tables.models import Position, Problem, Record
from services.kit import errors
from services.kit.blobs import Blobs

_MOST_BUFFER: Final = 1024 * 1024
_LEAST_BUFFER: Final = 64 * 1024
_BUFFERS: Final = 16 * 1024 * 1024
"""Of all columns together."""
_BATCH_BYTES: Final = 4_000_000
_BATCH_ROWS: Final = 256
_LARGE_GROUP: Final = 16_000_000
_LARGE_GROUP_ROWS: Final = 64
_READ_S: Final = 120.0
_TOO_LONG: Final = Problem("row_too_long", f"is longer than {limits.ROW_BYTES:,} bytes.")
_NUL: Final = Problem("row_not_text", "holds a NUL byte, so it is no text.")


class BlobFile(io.RawIOBase):
    """An object as a file that can be read at any place, from a thread that is not the one of the event loop."""

    def __init__(self, blobs: Blobs, bucket: str, key: str, size: int, loop: asyncio.AbstractEventLoop) -> None:
        """`size` of the object in bytes."""
        super().__init__()
        self._blobs, self._bucket, self._key, self._size, self._loop = blobs, bucket, key, size, loop
        self._at = 0

    def readable(self) -> bool:
        """It can."""
        return True

    def seekable(self) -> bool:
        """It can."""
        return True

    def tell(self) -> int:
        """Place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; nothing is read."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Raises what object storage raises."""
        left = max(self._size - self._at, 0)
        wanted = left if size is None or size < 0 else min(size, left)
        if not wanted:
            return b""
        asked = self._blobs.get_range(self._bucket, self._key, self._at, wanted)
        data = asyncio.run_coroutine_threadsafe(asked, self._loop).result(_READ_S)
        self._at += len(data)
        return data


class Parquet:
    """An open file."""

    def __init__(self, file: io.IOBase) -> None:
        """Read its footer; `file` can be read at any place. Raises UnreadableError."""
        try:
            facts = pq.read_metadata(pa.PythonFile(file, "r"))
            self._file, self._stored = _opened(file, facts, ()), _opened(file, facts, _texts_of(facts))
        except (pa.ArrowException, OSError) as error:
            raise _damaged(error, "The file is no Parquet file") from error
        self.columns = header.columns(self._file.schema_arrow.names)

    def rows(self, start: Position) -> Iterator[list[Record]]:
        """Batches of rows from `start` on. Raises UnreadableError when a part of the file is damaged."""
        row = 0
        for group in range(self._file.num_row_groups):
            facts = self._file.metadata.row_group(group)
            if row + facts.num_rows <= start.row:
                row += facts.num_rows
                continue
            for batch in self._batches(group, facts):
                records = self._records(batch, row)
                row += batch.num_rows
                if row > start.row:
                    yield [record for record in records if record.row >= start.row]

    def _batches(self, group: int, facts: pq.RowGroupMetaData) -> Iterator[pa.RecordBatch]:
        """A long text that many rows share is stored once, and is one here too.

        To look for such texts in a large group would itself take room, so there few rows are read at once.
        """
        is_large = facts.total_byte_size > _LARGE_GROUP
        file, most = (self._file, _LARGE_GROUP_ROWS) if is_large else (self._stored, _BATCH_ROWS)
        each = max(facts.total_byte_size // max(facts.num_rows, 1), 1)
        rows = max(min(_BATCH_BYTES // each, most), 1)
        try:
            yield from file.iter_batches(rows, row_groups=[group], use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(error, "The file is damaged") from error

    def _records(self, batch: pa.RecordBatch, first: int) -> list[Record]:
        columns = [_texts(column) for column in batch.columns]
        return [self._record(first + at, cells) for at, cells in enumerate(zip(*columns, strict=True))]

    def _record(self, row: int, cells: Sequence[str]) -> Record:
        problem = None
        if sum(map(len, cells)) > limits.ROW_BYTES:
            problem = _TOO_LONG
        elif any("\0" in cell for cell in cells):
            problem = _NUL
        named = {} if problem else dict(zip(self.columns, cells, strict=True))
        return Record(row, 0, named, Position(row=row + 1), problem)


def _opened(file: io.IOBase, facts: pq.FileMetaData, as_stored: Sequence[str]) -> pq.ParquetFile:
    """Columns `as_stored` keep equal values as one."""
    buffer = min(max(_BUFFERS // max(facts.num_columns, 1), _LEAST_BUFFER), _MOST_BUFFER)
    source = pa.PythonFile(file, "r")
    return pq.ParquetFile(source, metadata=facts, read_dictionary=as_stored, buffer_size=buffer, pre_buffer=False)


def _texts_of(facts: pq.FileMetaData) -> list[str]:
    """Names of the columns that hold texts or bytes."""
    fields = facts.schema.to_arrow_schema()
    return [field.name for field in fields if pa.types.is_string(field.type) or pa.types.is_binary(field.type)]


def _texts(column: pa.Array) -> list[str]:
    """Each value as people would write it: nothing for none, JSON for what holds several."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        used = pc.unique(column.indices).drop_null()
        texts = dict(zip(used.to_pylist(), _texts(column.dictionary.take(used)), strict=True))
        return [texts.get(index, "") for index in column.indices.to_pylist()]
    if not pa.types.is_nested(kind):
        try:
            return [value or "" for value in pc.cast(column, pa.large_string()).to_pylist()]
        except pa.ArrowException:  # bytes that are no text, a type that has no cast
            pass
    return [_text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return f"({len(value):,} bytes)"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)


def _damaged(error: Exception, what: str) -> Exception:
    """Of object storage that does not answer it is no fault of the file."""
    if errors.is_infrastructure(error):
        return error
    reason = str(error).partition("\n")[0].rstrip(".")
    return UnreadableError(f"{what}: {reason}.", "not_parquet")
