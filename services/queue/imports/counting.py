"""Counts which items of an import have a label, or are otherwise not free, before anybody agrees to it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Final

from services.contracts.import_lines import ImportLine, chunk_key
from services.contracts.imports import ImportState
from services.contracts.labels import ItemState
from services.kit import clock
from services.kit.blobs import Blobs
from services.kit.store import Document, Session
from services.queue.imports.models import Import
from services.queue.imports.store import Imports
from services.queue.items.store import Items

_FREE: Final = (ItemState.QUEUED, ItemState.DISCOVERED)
"""States of items that wait, or will when they have been probed. An item that is not here yet is on its way."""


class Counting:
    """Goes through the chunks of an import. Whoever takes over goes on behind the last one that was counted."""

    def __init__(self, imports: Imports, items: Items, blobs: Blobs, bucket: str) -> None:
        """`bucket` is the default one."""
        self._imports, self._items, self._blobs, self._bucket = imports, items, blobs, bucket

    async def run(self, held: Document, found: Import) -> None:
        """Count to the end; then the report is complete. Raises BlobMissing, JobLost."""
        job = found.job
        while found.chunk < job.chunks:
            data = await self._blobs.get(self._bucket, chunk_key(job.project, job.id, found.chunk))
            items = await asyncio.to_thread(_items, data)
            found = await self._counted(held, Counter((await self._items.states(items)).values()))
        await self._imports.advance(held, _checked)

    async def _counted(self, held: Document, states: Counter[str]) -> Import:
        labeled = states[ItemState.LABELED]
        kept = sum(count for state, count in states.items() if state not in _FREE) - labeled

        async def write(_: Session, found: Import) -> Import:
            job = found.job
            told = {"already_labeled": job.already_labeled + labeled, "kept": job.kept + kept}
            return found.model_copy(update={"chunk": found.chunk + 1, "job": job.model_copy(update=told)})

        return await self._imports.advance(held, write)


def _items(data: bytes) -> Sequence[str]:
    return [ImportLine.model_validate_json(row).item for row in data.splitlines()]


async def _checked(_: Session, found: Import) -> Import:
    ended = {"state": ImportState.CHECKED, "checked_at": clock.now()}
    return found.model_copy(update={"job": found.job.model_copy(update=ended)})
