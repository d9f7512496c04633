"""Cells of rows of tables, from their chunks. Rows come in no order, so chunks wait in a file of this machine."""

import asyncio
import json
import os
import tempfile
from typing import IO, Final

from services.contracts import rows
from services.kit.annotations import LabeledItem
from services.kit.blobs import Blobs

_MOST: Final = 4 * 1024**3
"""Bytes of the file. Rows of what does not fit are read one by one."""
_HEAD: Final = 64 * 1024


class Rows:
    """Rows of one project. `close` it."""

    def __init__(self, blobs: Blobs, bucket: str, project: str) -> None:
        """`bucket` is the default one, where the chunks are."""
        self._blobs, self._bucket, self._project = blobs, bucket, project
        self._file: IO[bytes] | None = None
        self._size = 0
        self._chunks: dict[str, asyncio.Task[int]] = {}

    async def of(self, item: LabeledItem) -> dict[str, str]:
        """All columns in their order. Raises BlobMissing."""
        row = rows.Row.of(item.part)
        cells: dict[str, str] = json.loads(await self._line(item, row))
        return cells

    async def _line(self, item: LabeledItem, row: rows.Row) -> bytes:
        key = rows.chunk_key(self._project, item.key, item.etag, row.chunk)
        if key not in self._chunks and self._size < _MOST:
            self._chunks[key] = asyncio.create_task(self._fetch(key))
        if key not in self._chunks:
            return await self._blobs.get_range(self._bucket, key, row.offset, row.length)
        start = await self._chunks[key]
        return os.pread(self._opened().fileno(), row.length, start + row.offset)

    async def _fetch(self, key: str) -> int:
        """Where in the file the chunk begins."""
        data = await self._blobs.get(self._bucket, key)
        start, self._size = self._size, self._size + len(data)
        os.pwrite(self._opened().fileno(), data, start)
        return start

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as we do
        return self._file

    def close(self) -> None:
        """Let the file go."""
        for task in self._chunks.values():
            task.cancel()
        if self._file is not None:
            self._file.close()

    async def columns(self) -> list[str]:
        """Columns of all tables of the project, each once: those of one table behind those of the one before."""
        found: dict[str, None] = {}
        after = ""
        while True:
            blobs, after = await self._blobs.list_page(self._bucket, rows.folder(self._project), after)
            for blob in blobs:
                if blob.key.endswith("/000000.jsonl"):
                    found.update(dict.fromkeys(await self._first(blob.key, blob.size)))
            if not after:
                return list(found)

    async def _first(self, key: str, size: int) -> list[str]:
        length = _HEAD
        while True:
            head = await self._blobs.get_range(self._bucket, key, 0, length)
            line, broken, _ = head.partition(b"\n")
            if broken or length >= size:
                return list(json.loads(line)) if line else []
            length *= 16
