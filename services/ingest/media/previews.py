"""What was made of items, kept in the default bucket so that it is made once. Losing it loses nothing."""

import hashlib
import re
from collections.abc import AsyncIterator
from typing import Final

from services.ingest.objects.models import Found
from services.kit import logs
from services.kit.blobs import BlobDenied, BlobMissing, BlobRefused, Blobs, BlobsDown, BucketMissing

FOLDER: Final = "Labelbus/previews/"
_PLAIN: Final = re.compile(r"^[A-Za-z0-9-]{1,64}$")
_log = logs.get()


class Previews:
    """What was made of items, by item, ETag and name."""

    def __init__(self, blobs: Blobs, bucket: str) -> None:
        """`bucket` is the default one: data sources are only read."""
        self._blobs, self._bucket = blobs, bucket

    async def get(self, found: Found, name: str) -> bytes | None:
        """What was kept under the name, such as `preview-2.jpg`."""
        try:
            return await self._blobs.get(self._bucket, _key(found, name))
        except BlobMissing:
            return None

    async def keep(self, found: Found, name: str, content_type: str, made: bytes) -> None:
        """Keep it. What can't be kept is made again next time."""
        try:
            await self._blobs.put(self._bucket, _key(found, name), made, content_type)
        except (BlobDenied, BlobRefused, BlobsDown, BucketMissing) as error:
            _log.warning("preview_not_kept", item=found.id, error=repr(error))

    async def purge(self, project: str) -> AsyncIterator[int]:
        """Delete all that was kept of a project, a page at a time."""
        while True:
            page, _ = await self._blobs.list_page(self._bucket, f"{FOLDER}{project}/")
            if not page:
                return
            for blob in page:
                await self._blobs.delete(self._bucket, blob.key)
            yield len(page)


def _key(found: Found, name: str) -> str:
    etag = found.etag if _PLAIN.match(found.etag) else hashlib.sha256(found.etag.encode()).hexdigest()
    return f"{FOLDER}{found.id}/{etag}-{name}"
