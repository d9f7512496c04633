"""Object storage over the minio client, in threads of its own. Never holds a whole object unless asked by `get`."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final, NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.helpers import check_bucket_name
from pydantic import SecretStr

from services.kit import blob_listing
from services.kit.blob_errors import (
    BlobDenied,
    BlobMissing,
    BlobRefused,
    BlobsDown,
    BucketMissing,
    UploadMissing,
    told,
)
from services.kit.parts import PartDone, Parts
from services.kit.settings import Settings

__all__ = [
    "Blob", "BlobDenied", "BlobMissing", "BlobRefused", "Blobs", "BlobsDown", "BucketMissing", "Endpoint", "Folder",
    "UploadMissing",
]  # fmt: skip

T = TypeVar("T")
_THREADS: Final = 32
_CHUNK: Final = 256 * 1024
_LAST: Final = chr(0x10FFFF)
"""Sorts behind every character that a key may go on with."""


class Endpoint(NamedTuple):
    """An S3 server and who we are there; without an access key nobody. `path_style` None: as is usual for the host."""

    url: str
    access_key: str
    secret_key: SecretStr
    region: str
    path_style: bool | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The deployment's own."""
        return cls(settings.s3_url, settings.s3_access_key, settings.s3_secret_key, settings.s3_region)


@dataclass(frozen=True, slots=True)
class Blob:
    """An object as listings and `stat` tell it. `etag` is opaque."""

    key: str
    size: int
    etag: str
    modified_ms: int = 0
    content_type: str = ""


class Folder(NamedTuple):
    """One level of a bucket: names of folders with their slash, objects, and what the next page is behind."""

    folders: list[str]
    blobs: list[Blob]
    after: str


class Blobs:
    """One object storage. Raises BlobMissing, BucketMissing, BlobDenied, BlobRefused, BlobsDown."""

    def __init__(self, where: Settings | Endpoint, threads: int = _THREADS) -> None:
        """The deployment's own storage, or another one. Connects at the first call. Raises ValueError."""
        endpoint = Endpoint.of(where) if isinstance(where, Settings) else where
        self._pool = ThreadPoolExecutor(threads, "blobs")
        self._s3 = _client(endpoint, threads)

    async def _call(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: told(function, *args, **kwargs))

    async def is_own(self, name: str, bucket: str) -> bool:
        """Whether what is called `name` is that bucket of the deployment's own storage."""
        return name == bucket

    async def stat(self, bucket: str, key: str) -> Blob:
        """Size, ETag and content type."""
        found = await self._call(self._s3.stat_object, bucket_name=bucket, object_name=key)
        return _blob(found)

    async def get(self, bucket: str, key: str) -> bytes:
        """The whole object."""
        return await self._call(self._read, bucket, key, 0, 0)

    async def get_range(self, bucket: str, key: str, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset`."""
        return await self._call(self._read, bucket, key, offset, length)

    def _read(self, bucket: str, key: str, offset: int, length: int) -> bytes:
        response = self._s3.get_object(bucket_name=bucket, object_name=key, offset=offset, length=length)
        try:
            return bytes(response.read())
        finally:
            response.close()
            response.release_conn()

    async def stream(self, bucket: str, key: str, offset: int = 0, length: int = 0) -> AsyncIterator[bytes]:
        """The object, or `length` bytes from `offset`, in pieces of 256 kB."""
        response = await self._call(
            self._s3.get_object, bucket_name=bucket, object_name=key, offset=offset, length=length
        )
        try:
            while piece := await self._call(response.read, _CHUNK):
                yield piece
        finally:
            response.close()
            response.release_conn()

    async def put(self, bucket: str, key: str, data: bytes, content_type: str = "application/octet-stream") -> str:
        """Write an object from memory; answers its ETag."""
        written = await self._call(
            self._s3.put_object,
            bucket_name=bucket, object_name=key, data=io.BytesIO(data), length=len(data), content_type=content_type,
        )  # fmt: skip
        return str(written.etag)

    async def put_file(self, bucket: str, key: str, path: str, content_type: str = "application/octet-stream") -> str:
        """Write an object from a local file; answers its ETag."""
        written = await self._call(
            self._s3.fput_object, bucket_name=bucket, object_name=key, file_path=path, content_type=content_type
        )
        return str(written.etag)

    async def put_parts(
        self,
        bucket: str,
        key: str,
        content_type: str = "application/octet-stream",
        *,
        upload: str = "",
        done: list[PartDone] | None = None,
    ) -> Parts:
        """A multipart writer. With the `upload` and the parts of an earlier one it goes on where that one stopped."""
        return await Parts(self._s3, self._call, bucket, key).open(content_type, upload, done or [])

    async def list_page(self, bucket: str, prefix: str, after: str = "", limit: int = 1000) -> tuple[list[Blob], str]:
        """Up to `limit` objects below `prefix` with keys behind `after`, in key order.

        The second value is the `after` of the next page, empty at the end.
        """
        found = await self._call(self._listed, bucket, prefix, after, limit)
        return found, found[-1].key if len(found) == limit else ""

    def _listed(self, bucket: str, prefix: str, after: str, limit: int) -> list[Blob]:
        check_bucket_name(bucket)
        found: list[Blob] = []
        query: dict[str, str | list[str] | tuple[str]] = {
            "list-type": "2",
            "delimiter": "",
            "encoding-type": "url",
            "prefix": prefix,
            **({"start-after": after} if after else {}),
        }
        while True:
            query["max-keys"] = str(limit - len(found))
            answer = self._s3._execute("GET", bucket, query_params=query)  # noqa: SLF001 - see blob_listing
            part = blob_listing.read(answer.data)
            found += [Blob(*entry) for entry in part.entries]
            if not part.more or len(found) >= limit or not (part.token or part.entries):
                return found[:limit]
            if part.token:
                query["continuation-token"] = part.token
            else:
                query["start-after"] = found[-1].key

    async def list_folder(self, bucket: str, folder: str, after: str = "", limit: int = 1000) -> Folder:
        """Up to `limit` folders and objects directly in `folder` (empty, or with its slash), behind `after`."""

        def page() -> list[Any]:
            listing = self._s3._list_objects(  # noqa: SLF001 - the public call has no page size, and goes on by itself
                bucket, delimiter="/", encoding_type="url", max_keys=limit, prefix=folder, start_after=after or None
            )
            return list(islice(listing, limit))

        found = await self._call(page)
        entries = [entry for entry in found if entry.object_name != folder]
        folders = sorted(entry.object_name for entry in entries if entry.is_dir)
        blobs = [_blob(entry) for entry in entries if not entry.is_dir]
        ends = [*(name + _LAST for name in folders), *(blob.key for blob in blobs)]
        return Folder(folders, blobs, max(ends) if len(found) == limit and ends else "")

    async def buckets(self) -> list[str]:
        """Names of all buckets that the access key sees."""
        return [bucket.name for bucket in await self._call(self._s3.list_buckets)]

    async def delete(self, bucket: str, key: str) -> None:
        """Delete an object; one that is not there is no error."""
        await self._call(self._s3.remove_object, bucket_name=bucket, object_name=key)

    async def presign(self, bucket: str, key: str, valid_s: int = 3600) -> str:
        """A URL that reads the object without a key for `valid_s`."""
        return await self._call(
            self._s3.presigned_get_object, bucket_name=bucket, object_name=key, expires=timedelta(seconds=valid_s)
        )

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _client(endpoint: Endpoint, threads: int) -> Minio:
    url = urlsplit(endpoint.url)
    # A redirect is never followed: it could lead to where the endpoint itself may not.
    retries = urllib3.Retry(total=2, redirect=False, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504])
    http = urllib3.PoolManager(maxsize=threads, timeout=urllib3.Timeout(connect=5, read=30), retries=retries)
    client = Minio(
        endpoint=url.netloc,
        access_key=endpoint.access_key,
        secret_key=endpoint.secret_key.get_secret_value(),
        secure=url.scheme == "https",
        region=endpoint.region,
        http_client=http,
    )
    if endpoint.path_style is True:
        client.disable_virtual_style_endpoint()  # type: ignore[no-untyped-call]  # minio says no return type
    elif endpoint.path_style is False:
        client.enable_virtual_style_endpoint()  # type: ignore[no-untyped-call]  # as above
    return client


def _blob(found: Any) -> Blob:
    modified = int(found.last_modified.timestamp() * 1000) if found.last_modified else 0
    return Blob(
        found.object_name, int(found.size or 0), (found.etag or "").strip('"'), modified, found.content_type or ""
    )
