"""Files of labels: an upload into our own folder, and a look at what one is. Never reads a whole file."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import Final

from services.contracts.ids import new_id
from services.contracts.import_lines import folder
from services.contracts.ingest_api import ImportFile
from services.contracts.problems import FieldProblem
from services.ingest.imports.readers import detect
from services.ingest.imports.readers.archives import MEMBERS
from services.kit.blobs import Blob, BlobDenied, BlobMissing, BlobRefused, Blobs, BucketMissing
from services.kit.parts import Parts
from services.kit.problems import Refused

_PART: Final = 16 * 1024 * 1024
_DIRECTORY: Final = 32 * 1024 * 1024
"""Bytes from the end of a zip in which its directory is looked for."""


class ImportFiles:
    """Files of one process."""

    def __init__(self, blobs: Blobs, bucket: str, most_bytes: int) -> None:
        """Uploads go to `bucket`; `most_bytes` of one file."""
        self._blobs, self._bucket, self.most_bytes = blobs, bucket, most_bytes

    async def upload(self, project: str, name: str, body: AsyncIterator[bytes]) -> ImportFile:
        """Store a file, piece by piece. Raises Refused."""
        key = f"{folder(project)}files/{new_id('f')}/{name}"
        parts = await self._blobs.put_parts(self._bucket, key)
        try:
            await self._store(parts, body)
        except BaseException:
            await parts.abort()
            raise
        await parts.complete()
        return await self.look(self._bucket, key)

    async def _store(self, parts: Parts, body: AsyncIterator[bytes]) -> None:
        size, buffer = 0, bytearray()
        async for piece in body:
            size += len(piece)
            if size > self.most_bytes:
                raise self.too_large()
            buffer += piece
            if len(buffer) >= _PART:
                await parts.add(bytes(buffer))
                buffer.clear()
        await parts.add(bytes(buffer))

    def too_large(self) -> Refused:
        """The file is over the limit."""
        text = f"A file of labels may have {self.most_bytes:,} bytes (LABELBUS_INGEST_IMPORT_BYTES)."
        return Refused(413, "file_too_large", text)

    async def look(self, datastore: str, key: str) -> ImportFile:
        """What a file is, from its first bytes. Raises Refused."""
        try:
            blob = await self._blobs.stat(datastore, key)
            head = await self._blobs.get_range(datastore, key, 0, detect.HEAD) if blob.size else b""
            members = await self._members(datastore, blob) if head.startswith(b"PK") else None
        except BucketMissing:
            raise Refused(404, "datastore_unknown", f"There is no data store {datastore}.") from None
        except BlobMissing:
            raise Refused(404, "object_missing", f"There is no file {key!r} in {datastore}.") from None
        except (BlobDenied, BlobRefused) as error:
            raise Refused(403, "access_denied", f"The file can't be read: {error}.") from error
        if not blob.size or members == []:
            what = "zip file holds no file" if blob.size else "file is empty"
            text = f"The {what}: there are no labels in it."
            raise Refused(422, "file_empty", text, [FieldProblem(field="key", message=text)])
        guess = detect.guess(key, head, members or ())
        return ImportFile(
            datastore=datastore,
            key=key,
            name=key.rpartition("/")[2],
            size=blob.size,
            format=guess.format,
            columns=guess.columns,
        )

    async def _members(self, datastore: str, blob: Blob) -> list[str] | None:
        """Names of files in a zip, from its end; None where the directory is damaged or too long."""
        length = min(blob.size, _DIRECTORY)
        tail = await self._blobs.get_range(datastore, blob.key, blob.size - length, length)
        try:
            with zipfile.ZipFile(io.BytesIO(tail)) as found:
                return [name for name in found.namelist()[:MEMBERS] if not name.endswith("/")]
        except (zipfile.BadZipFile, ValueError, OSError):
            return None
