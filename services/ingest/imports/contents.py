"""Texts of items: which item has this text, whatever its white space, or these cells; where in it something lies."""

import hashlib
import json
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from services.contracts import rows
from services.contracts.projects import Project
from services.ingest.imports.cells import CellIndex
from services.ingest.imports.readers.marks import Wrong
from services.ingest.imports.spool import Spool
from services.ingest.objects.models import Found
from services.ingest.objects.store import Objects
from services.kit.blobs import BlobMissing, Blobs

_LEARNED: Final = 500


class Contents:
    """Texts of one project, read when the first item has to be found by its text."""

    def __init__(self, blobs: Blobs, bucket: str, objects: Objects, spool: Spool, project: Project) -> None:
        """`bucket` is the default one, where rows of tables lie."""
        self._blobs, self._bucket, self._objects, self._spool = blobs, bucket, objects, spool
        self._project, self._source = project.id, project.source
        self._learned = False
        self._rows: CellIndex | None = None

    async def with_cells(self, cells: Mapping[str, str]) -> list[Found]:
        """Up to two rows with these cells. All that are asked for in a file have the same columns."""
        if self._rows is None:
            self._rows = CellIndex(self._blobs, self._bucket, self._spool, self._project, set(cells))
            await self._rows.learn(self._objects.all_of(self._project))
        return list((await self._objects.present(self._rows.find(cells))).values())

    async def find(self, text: str) -> list[Found]:
        """Up to two items with this text."""
        if not self._learned:
            await self._learn()
        items = self._spool.named(_print(text))
        return list((await self._objects.present(items)).values())

    async def _learn(self) -> None:
        batch: list[tuple[str, str]] = []
        async for found in self._objects.all_of(self._project):
            if found.media is not None and found.media.chars:
                batch.append((_print(await self.read(found)), found.id))
            if len(batch) >= _LEARNED:
                self._spool.learn(batch)
                batch = []
        self._spool.learn(batch)
        self._learned = True

    async def read(self, found: Found) -> str:
        """The text of an item as labelers see it. Raises Wrong."""
        try:
            if not found.part:
                return (await self._blobs.get(self._source.datastore, found.key)).decode("utf-8-sig", "replace")
            row = rows.Row.of(found.part)
            key = rows.chunk_key(self._project, found.key, found.etag, row.chunk)
            cells = json.loads(await self._blobs.get_range(self._bucket, key, row.offset, row.length))
        except BlobMissing:
            raise Wrong("item_unreadable", "The object of the item is gone.") from None
        columns = self._source.table.columns if self._source.table else []
        return rows.text(rows.shown(cells, columns))


class Offsets:
    """From offsets in a text of the file to those in the text of the item, which may have other white space."""

    def __init__(self, theirs: str, ours: str) -> None:
        """Raises Wrong where the characters differ."""
        if _solid(theirs) != _solid(ours):
            raise Wrong("text_differs", "The item has another text.")
        self._solid_before = [0, *accumulate(not character.isspace() for character in theirs)]
        self._places = [place for place, character in enumerate(ours) if not character.isspace()]

    def span(self, start: float, end: float) -> list[float]:
        """A span of the file in the item, without white space at its edges. Raises Wrong."""
        most = len(self._solid_before) - 1
        if not (0 <= start <= end <= most and start == int(start) and end == int(end)):
            raise Wrong("span", f"The entity lies outside the text, which has {most} characters.")
        first, behind = self._solid_before[int(start)], self._solid_before[int(end)]
        if first == behind:
            raise Wrong("span", "The entity is empty.")
        return [self._places[first], self._places[behind - 1] + 1]


def _solid(text: str) -> str:
    return "".join(text.split())


def _print(text: str) -> str:
    """No key ends with it: keys have no NUL."""
    return "\0" + hashlib.sha256(_solid(text).encode("utf-8", "surrogatepass")).hexdigest()
