"""Texts of items, exactly as their code points were counted. Never holds a whole text."""

from collections.abc import AsyncIterator
from typing import Final

from services.contracts.items import MediaFormat
from services.ingest import metrics
from services.ingest.media.answers import Answer
from services.ingest.media.lookup import Lookup, Target, told
from services.ingest.media.rows import Rows
from services.ingest.probes.text import BOM
from services.kit.blobs import Blobs
from services.kit.problems import Refused

_TEXT: Final = "text/plain; charset=utf-8"


class Texts:
    """Items that are texts, or rows of tables."""

    def __init__(self, blobs: Blobs, lookup: Lookup, rows: Rows) -> None:
        """All of one process."""
        self._blobs, self._lookup, self._rows = blobs, lookup, rows

    async def of_item(self, item: str, known: str) -> Answer | None:
        """The text; None if the caller has it. Raises Refused."""
        target = await self._lookup.item(item)
        etag = f'"{target.found.etag}-text"'
        if known == etag:
            return None
        media = await self._lookup.media(target)
        if media.format is MediaFormat.ROW:
            metrics.MEDIA_SERVED.labels("text", "original").inc()
            return Answer(etag, _TEXT, await self._rows.text(target))
        if media.format is not MediaFormat.TEXT:
            raise Refused(422, "no_text", "This item is no text.")
        await self._lookup.require_same(target)
        metrics.MEDIA_SERVED.labels("text", "original").inc()
        return Answer(etag, _TEXT, await self._without_mark(target))

    async def _without_mark(self, target: Target) -> AsyncIterator[bytes]:
        pieces = self._blobs.stream(target.datastore, target.found.key)
        head = b""
        while len(head) < len(BOM) and (piece := await told(anext(pieces, b""), target.datastore)):
            head += piece
        return _chained(head.removeprefix(BOM), pieces)


async def _chained(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
