"""Puts an uploaded file into a bucket: whole or not at all, and never over one that must stay."""

import asyncio
import mimetypes
import tempfile
import unicodedata
from collections.abc import AsyncIterator
from typing import Final
from weakref import WeakValueDictionary

from services.contracts import limits
from services.contracts.ingest_api import UploadedObject
from services.contracts.problems import FieldProblem
from services.ingest import metrics
from services.ingest.datastores.explaining import writing_problem
from services.ingest.scans.findings import readable_key
from services.ingest.sources.accepted import RESERVED, can_be_read, is_reserved
from services.kit.blobs import BlobDenied, BlobRefused, Blobs, BucketMissing
from services.kit.datastores import ReadOnly
from services.kit.problems import Refused

_CONTROL: Final = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, lone surrogates, line and paragraph separators."""


class Uploads:
    """Uploads of one process."""

    def __init__(self, blobs: Blobs, most_bytes: int) -> None:
        """`most_bytes` of one file."""
        self._blobs, self.most_bytes = blobs, most_bytes
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def put(self, datastore: str, key: str, body: AsyncIterator[bytes], *, overwrite: bool) -> UploadedObject:
        """Store `body` under `key`. Raises Refused."""
        check_key(key)
        with tempfile.NamedTemporaryFile(prefix="labelbus-") as file:
            size = 0
            async for piece in body:
                size += len(piece)
                if size > self.most_bytes:
                    raise too_large(self.most_bytes)
                file.write(piece)
            file.flush()
            etag = await self._store(datastore, key, file.name, overwrite=overwrite)
        metrics.UPLOADED_BYTES.inc(size)
        return UploadedObject(datastore=datastore, key=key, etag=etag, size=size)

    async def _store(self, datastore: str, key: str, path: str, *, overwrite: bool) -> str:
        lock = self._locks.setdefault((datastore, key), asyncio.Lock())
        content_type = mimetypes.guess_type(key)[0] or "application/octet-stream"
        async with lock:
            try:
                await self._require_room(datastore, key, overwrite=overwrite)
                return await self._blobs.put_file(datastore, key, path, content_type)
            except BucketMissing as error:
                raise _no_datastore(datastore) from error
            except ReadOnly as error:
                detail = f"The data store {datastore} is read-only: nothing can be uploaded to it."
                raise Refused(403, "read_only", detail) from error
            except BlobDenied as error:
                raise Refused(403, "access_denied", writing_problem(datastore, error)) from error
            except BlobRefused as error:
                raise _refused(datastore, key, error) from error

    async def _require_room(self, datastore: str, key: str, *, overwrite: bool) -> None:
        """A listing tells a missing bucket from a missing object, which some stores would make on the way."""
        found, _ = await self._blobs.list_page(datastore, key, limit=1)
        if not overwrite and found and found[0].key == key:
            exists = FieldProblem(field="key", message="is there already")
            raise Refused(409, "exists", f"{readable_key(key)} is there already.", [exists])


def too_large(most: int) -> Refused:
    """The file is over the limit."""
    return Refused(413, "file_too_large", f"A file may have {most:,} bytes (LABELBUS_INGEST_UPLOAD_BYTES).")


def _no_datastore(name: str) -> Refused:
    unknown = FieldProblem(field="name", message="names no data store")
    return Refused(404, "datastore_unknown", f"There is no data store {name}.", [unknown])


def _refused(datastore: str, key: str, error: BlobRefused) -> Refused:
    """Data stores have limits of their own, which differ: SeaweedFS takes 255 bytes between two slashes."""
    longest = max(_bytes(segment) for segment in key.split("/"))
    message = (
        f"is refused by the data store {datastore}: its longest part between slashes has {longest:,} bytes, and 255 "
        "are taken by every store"
    )
    detail = f"{_quoted(key)} can't be a key: it {message} ({error.reason})."
    return Refused(422, "invalid_key", detail, [FieldProblem(field="key", message=message)])


def check_key(key: str) -> None:
    """Raises Refused if an object may not be called this. Spaces, percent signs and emoji are fine."""
    message = _wrong(key)
    if message:
        detail = f"{_quoted(key)} can't be a key: it {message}."
        raise Refused(422, "invalid_key", detail, [FieldProblem(field="key", message=message)])


def _quoted(key: str) -> str:
    return f"'{readable_key(key)[:200]}'"


def _wrong(key: str) -> str:
    """What is wrong with a key; empty if nothing is."""
    segments = key.split("/")
    faults = {
        "must not be empty": not key,
        "must not hold control characters": any(unicodedata.category(char) in _CONTROL for char in key),
        f"must not be longer than {limits.KEY_BYTES:,} bytes in UTF-8": _bytes(key) > limits.KEY_BYTES,
        "must not hold a backslash, which some stores take for a slash": "\\" in key,
        "must be relative and without empty segments": "" in segments,
        'must not have a part named "." or ".."': not can_be_read(key),
        f"must not lie in {' or '.join(RESERVED)}, which are ours": is_reserved(key),
    }
    return next((message for message, wrong in faults.items() if wrong), "")


def _bytes(key: str) -> int:
    return len(key.encode("utf-8", "surrogatepass"))
