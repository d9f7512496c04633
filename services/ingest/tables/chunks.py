"""The chunks of tables in the default bucket. They are the text of rows: losing one loses what its items show."""

import json
from collections.abc import AsyncIterator
from typing import Final

from services.contracts import rows
from services.contracts.rows import Row
from services.kit.blobs import BlobDenied, BlobRefused, Blobs, BucketMissing
from services.kit.errors import Infrastructure

_CONTENT_TYPE: Final = "application/jsonl"


class Chunks:
    """Chunks by project, table and number."""

    def __init__(self, blobs: Blobs, bucket: str) -> None:
        """`bucket` is the default one."""
        self._blobs, self._bucket = blobs, bucket

    async def put(self, project: str, key: str, etag: str, number: int, data: bytes) -> None:
        """Write a chunk. Who does it again after a crash writes the same bytes under the same key."""
        try:
            await self._blobs.put(self._bucket, rows.chunk_key(project, key, etag, number), data, _CONTENT_TYPE)
        except (BlobDenied, BlobRefused, BucketMissing) as error:  # of our own bucket: no fault of the table
            raise Infrastructure(f"The bucket {self._bucket} does not take chunks of tables.") from error

    async def cells(self, project: str, key: str, etag: str, part: str) -> dict[str, str]:
        """All cells of a row, by column. Raises BlobMissing and what else object storage raises."""
        row = Row.of(part)
        chunk = rows.chunk_key(project, key, etag, row.chunk)
        found: dict[str, str] = json.loads(await self._blobs.get_range(self._bucket, chunk, row.offset, row.length))
        return found

    async def purge(self, project: str) -> AsyncIterator[int]:
        """Delete all chunks of a project, a page at a time."""
        while True:
            page, _ = await self._blobs.list_page(self._bucket, rows.folder(project))
            if not page:
                return
            for blob in page:
                await self._blobs.delete(self._bucket, blob.key)
            yield len(page)
