"""Which row of a table has these cells. Chunks are read once each, and what is needed of them is kept on disk."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from services.contracts import rows
from services.ingest.imports.readers.csv import bare
from services.ingest.imports.spool import Spool
from services.ingest.objects.models import Found
from services.kit.blobs import BlobMissing, Blobs

_LEARNED: Final = 5_000


class CellIndex:
    """Rows of all tables of a project, by the columns that file and tables share. `learn` comes before `find`."""

    def __init__(self, blobs: Blobs, bucket: str, spool: Spool, project: str, columns: AbstractSet[str]) -> None:
        """`bucket` is the default one, where the chunks lie; `columns` are those of the file."""
        self._blobs, self._bucket, self._spool, self._project = blobs, bucket, spool, project
        self._columns, self._shared = columns, set[str]()

    async def learn(self, objects: AsyncIterator[Found]) -> None:
        """Read the tables whose rows these are."""
        chunks: dict[str, None] = {}
        batch: list[tuple[str, str]] = []
        async for found in objects:
            if found.part:
                row = rows.Row.of(found.part)
                chunk = rows.chunk_key(self._project, found.key, found.etag, row.chunk)
                chunks[chunk] = None
                batch.append((_place(chunk, row.offset), found.id))
            if len(batch) >= _LEARNED:
                self._spool.learn(batch)
                batch = []
        self._spool.learn(batch)
        for chunk in sorted(chunks):
            await asyncio.to_thread(self._learn, chunk, await self._lines(chunk))

    async def _lines(self, chunk: str) -> list[bytes]:
        try:
            return (await self._blobs.get(self._bucket, chunk)).split(b"\n")
        except BlobMissing:
            return []

    def _learn(self, chunk: str, lines: Sequence[bytes]) -> None:
        offset = 0
        batch: list[tuple[str, str]] = []
        for line in lines:
            if line and (items := self._spool.named(_place(chunk, offset))):
                cells = {bare(name): cell for name, cell in json.loads(line).items() if bare(name) in self._columns}
                self._shared.update(cells)
                batch.append((_print(cells), items[0]))
            offset += len(line) + 1
        self._spool.learn(batch)

    def find(self, cells: Mapping[str, str]) -> list[str]:
        """Up to two items."""
        return self._spool.named(_print({name: cell for name, cell in cells.items() if name in self._shared}))


def _place(chunk: str, offset: int) -> str:
    return f"\0{chunk}#{offset}"


def _print(cells: Mapping[str, str]) -> str:
    """No key looks like it: keys have no NUL. An empty cell is as good as none, since tables may differ in columns."""
    kept = sorted((name, bare(cell)) for name, cell in cells.items() if cell)
    return "\0" + hashlib.sha256(json.dumps(kept).encode()).hexdigest()
