"""Rows of tables: the columns that labelers see, with their names or as one text."""

from typing import Final

from services.contracts import rows
from services.contracts.ingest_api import Cell, ShownRow
from services.contracts.items import MediaFormat
from services.ingest import metrics
from services.ingest.media.answers import Answer
from services.ingest.media.lookup import Lookup, Target, told
from services.ingest.tables.chunks import Chunks
from services.kit.problems import Refused

_JSON: Final = "application/json"


class Rows:
    """Row items."""

    def __init__(self, lookup: Lookup, chunks: Chunks) -> None:
        """All of one process."""
        self._lookup, self._chunks = lookup, chunks

    async def of_item(self, item: str, known: str) -> Answer | None:
        """`ShownRow` as JSON; None if the caller has it. Raises Refused."""
        target = await self._lookup.item(item)
        etag = f'"{target.found.etag}-row"'
        if known == etag:
            return None
        if (await self._lookup.media(target)).format is not MediaFormat.ROW:
            raise Refused(422, "no_row", "This item is no row of a table.")
        metrics.MEDIA_SERVED.labels("row", "original").inc()
        cells = [Cell(name=name, value=value) for name, value in (await self._shown(target)).items()]
        return Answer(etag, _JSON, ShownRow(columns=cells).model_dump_json().encode())

    async def text(self, target: Target) -> bytes:
        """Of a row, as its code points were counted. Raises Refused."""
        return rows.text(await self._shown(target)).encode()

    async def _shown(self, target: Target) -> dict[str, str]:
        found = target.found
        cells = self._chunks.cells(found.project, found.key, found.etag, found.part)
        return rows.shown(await told(cells, target.datastore), target.columns)
