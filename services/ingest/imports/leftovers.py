"""What imports of a deleted project leave: open ones are canceled, files, chunks and reports deleted."""

from collections.abc import AsyncIterator

from services.contracts.import_lines import folder
from services.ingest.imports.store import Imports
from services.kit.blobs import Blobs

_DELETED = "The project was deleted."


class ImportLeftovers:
    """Of one process."""

    def __init__(self, imports: Imports, blobs: Blobs, bucket: str) -> None:
        """`bucket` is the default one."""
        self._imports, self._blobs, self._bucket = imports, blobs, bucket

    async def purge(self, project: str) -> AsyncIterator[int]:
        """Delete everything in steps; yields how much went. May be done twice."""
        for import_id in await self._imports.open_of(project):
            yield await self._imports.cancel(import_id, _DELETED)
        while found := (await self._blobs.list_page(self._bucket, folder(project)))[0]:
            for blob in found:
                await self._blobs.delete(self._bucket, blob.key)
            yield len(found)
        await self._imports.purge(project)
