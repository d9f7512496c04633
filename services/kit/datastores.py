"""Registered data stores: their documents, their keys, and all storage by data store's name. Never shows a key.

The documents lie in the database of ingest, which alone writes them. Export reads source images through this module.
"""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple, Self
from urllib.parse import urlsplit

from services.kit.blob_errors import NotRegistered
from services.kit.blobs import Blob, BlobDenied, Blobs, BucketMissing, Endpoint, Folder
from services.kit.credentials import Cipher, Credentials
from services.kit.parts import PartDone, Parts
from services.kit.settings import Settings
from services.kit.store import Document, Store

DATABASE: Final = "ingest"
COLLECTION: Final = "datastores"
_KNOWN_S: Final = 2.0
"""How long a changed data store may be read with its former settings."""
_THREADS: Final = 16
_MOST_KNOWN: Final = 1_000
"""Names, also of data stores that are not there."""


class ReadOnly(BlobDenied):
    """The data store is registered as read-only."""


class Registered(NamedTuple):
    """A registered data store without its keys. Name and bucket never change."""

    name: str
    version: int
    url: str
    bucket: str
    region: str
    path_style: bool
    read_only: bool
    public_url: str

    @classmethod
    def of(cls, document: Document) -> Self:
        """Of its document."""
        fields = {field: document[field] for field in cls._fields if field != "name"}
        return cls(name=document["_id"], **fields)

    def endpoint(self, credentials: Credentials) -> Endpoint:
        """Where and as whom."""
        return Endpoint(self.url, credentials.access_key, credentials.secret_key, self.region, self.path_style)


class _Place(NamedTuple):
    """A bucket of some storage."""

    blobs: Blobs
    bucket: str
    registered: Registered | None


class Datastores(Blobs):
    """As Blobs, but what it calls a bucket is the name of a data store; who has no registered one means a bucket."""

    def __init__(self, settings: Settings, store: Store) -> None:
        """`store` is the database of ingest. Raises ValueError for a wrong LABELBUS_DATASTORE_KEY."""
        super().__init__(settings)
        self._documents = store[COLLECTION]
        self._own_url = settings.s3_url
        self._cipher = Cipher(settings.datastore_key)
        self._known: dict[str, tuple[float, _Place | None]] = {}

    def forget(self, name: str) -> None:
        """Look it up anew: it has changed."""
        self._known.pop(name, None)

    async def find(self, name: str) -> Registered | None:
        """The registered data store of that name."""
        place = await self._find(name)
        return None if place is None else place.registered

    async def is_own(self, name: str, bucket: str) -> bool:
        """As Blobs. A bucket of ours may be registered under further names."""
        found = await self.find(name)
        if found is None:
            return name == bucket
        return found.bucket == bucket and _address(found.url) == _address(self._own_url)

    async def absolute_url(self, name: str, key: str) -> str:
        """Address of an object for people and files; whether it can be opened there is the storage's business."""
        found = await self.find(name)
        base = found.public_url or f"{found.url}/{found.bucket}" if found else f"{self._own_url}/{name}"
        return f"{base.rstrip('/')}/{key}"

    async def _find(self, name: str) -> _Place | None:
        until, place = self._known.get(name, (0.0, None))
        if time.monotonic() < until:
            return place
        document = await self._documents.find_one({"_id": name})
        if document is None:
            place = None
        elif place is None or place.registered is None or place.registered.version != document["version"]:
            place = self._connected(document)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[name] = (time.monotonic() + _KNOWN_S, place)
        return place

    def _connected(self, document: Document) -> _Place:
        # Who still uses the connections of the former version keeps them until it is done.
        found = Registered.of(document)
        credentials = self._cipher.open(found.name, document["sealed"])
        return _Place(Blobs(found.endpoint(credentials), _THREADS), found.bucket, found)

    async def _writable(self, name: str) -> _Place | None:
        place = await self._find(name)
        if place and place.registered and place.registered.read_only:
            raise ReadOnly(f"The data store {name} is read-only.")
        return place

    async def stat(self, bucket: str, key: str) -> Blob:
        """As Blobs."""
        there = await self._find(bucket)
        return await (there.blobs.stat(there.bucket, key) if there else super().stat(bucket, key))

    async def get(self, bucket: str, key: str) -> bytes:
        """As Blobs."""
        there = await self._find(bucket)
        return await (there.blobs.get(there.bucket, key) if there else super().get(bucket, key))

    async def get_range(self, bucket: str, key: str, offset: int, length: int) -> bytes:
        """As Blobs."""
        there = await self._find(bucket)
        if there is None:
            return await super().get_range(bucket, key, offset, length)
        return await there.blobs.get_range(there.bucket, key, offset, length)

    async def stream(self, bucket: str, key: str, offset: int = 0, length: int = 0) -> AsyncIterator[bytes]:
        """As Blobs."""
        there = await self._find(bucket)
        pieces = (
            there.blobs.stream(there.bucket, key, offset, length)
            if there
            else super().stream(bucket, key, offset, length)
        )
        async for piece in pieces:
            yield piece

    async def list_page(self, bucket: str, prefix: str, after: str = "", limit: int = 1000) -> tuple[list[Blob], str]:
        """As Blobs."""
        there = await self._find(bucket)
        if there is None:
            with _unregistered(bucket):
                return await super().list_page(bucket, prefix, after, limit)
        return await there.blobs.list_page(there.bucket, prefix, after, limit)

    async def list_folder(self, bucket: str, folder: str, after: str = "", limit: int = 1000) -> Folder:
        """As Blobs."""
        there = await self._find(bucket)
        if there is None:
            with _unregistered(bucket):
                return await super().list_folder(bucket, folder, after, limit)
        return await there.blobs.list_folder(there.bucket, folder, after, limit)

    async def put(self, bucket: str, key: str, data: bytes, content_type: str = "application/octet-stream") -> str:
        """As Blobs. Raises ReadOnly."""
        there = await self._writable(bucket)
        if there is None:
            return await super().put(bucket, key, data, content_type)
        return await there.blobs.put(there.bucket, key, data, content_type)

    async def put_file(self, bucket: str, key: str, path: str, content_type: str = "application/octet-stream") -> str:
        """As Blobs. Raises ReadOnly."""
        there = await self._writable(bucket)
        if there is None:
            return await super().put_file(bucket, key, path, content_type)
        return await there.blobs.put_file(there.bucket, key, path, content_type)

    async def put_parts(
        self,
        bucket: str,
        key: str,
        content_type: str = "application/octet-stream",
        *,
        upload: str = "",
        done: list[PartDone] | None = None,
    ) -> Parts:
        """As Blobs. Raises ReadOnly."""
        there = await self._writable(bucket)
        if there is None:
            return await super().put_parts(bucket, key, content_type, upload=upload, done=done)
        return await there.blobs.put_parts(there.bucket, key, content_type, upload=upload, done=done)

    async def delete(self, bucket: str, key: str) -> None:
        """As Blobs. Raises ReadOnly."""
        there = await self._writable(bucket)
        await (there.blobs.delete(there.bucket, key) if there else super().delete(bucket, key))

    async def presign(self, bucket: str, key: str, valid_s: int = 3600) -> str:
        """As Blobs."""
        there = await self._find(bucket)
        return await (
            there.blobs.presign(there.bucket, key, valid_s) if there else super().presign(bucket, key, valid_s)
        )

    def close(self) -> None:
        """End the threads."""
        super().close()
        for _, place in self._known.values():
            if place is not None:
                place.blobs.close()


@contextmanager
def _unregistered(name: str) -> Iterator[None]:
    try:
        yield
    except BucketMissing as error:
        raise NotRegistered(f"There is no data store {name}.") from error


def _address(url: str) -> tuple[str, int]:
    """Host and port, by which two spellings of one storage are known."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return "127.0.0.1" if host == "localhost" else host, parts.port or (443 if parts.scheme == "https" else 80)
