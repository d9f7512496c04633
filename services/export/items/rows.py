"""Cells of rows of tables, from their chunks. Memory is flat: few chunks are kept, other rows are read one by one."""

import json
from typing import Final

from services.contracts import rows
from services.kit.annotations import LabeledItem
from services.kit.blobs import Blobs

_CHUNKS: Final = 48
"""Chunks of about 1 MB. Rows come in no order, so those that were asked for first are as good as any."""


class Rows:
    """Rows of one project."""

    def __init__(self, blobs: Blobs, bucket: str, project: str) -> None:
        """`bucket` is the default one, where the chunks are."""
        self._blobs, self._bucket, self._project = blobs, bucket, project
        self._chunks: dict[str, bytes] = {}

    async def of(self, item: LabeledItem) -> dict[str, str]:
        """All columns in their order. Raises BlobMissing."""
        row = rows.Row.of(item.part)
        key = rows.chunk_key(self._project, item.key, item.etag, row.chunk)
        chunk = self._chunks.get(key)
        if chunk is None and len(self._chunks) < _CHUNKS:
            chunk = self._chunks[key] = await self._blobs.get(self._bucket, key)
        line = (
            await self._blobs.get_range(self._bucket, key, row.offset, row.length)
            if chunk is None
            else chunk[row.offset : row.offset + row.length]
        )
        cells: dict[str, str] = json.loads(line)
        return cells

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
        length = 64 * 1024
        while True:
            head = await self._blobs.get_range(self._bucket, key, 0, length)
            line, broken, _ = head.partition(b"\n")
            if broken or length >= size:
                return list(json.loads(line)) if line else []
            length *= 16
