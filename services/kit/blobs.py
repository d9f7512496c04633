"""Object storage over the minio client, in threads of its own. Never holds a whole object unless asked by `get`."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from itertools import islice
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.error import S3Error
from urllib3.exceptions import HTTPError

from services.kit.errors import Infrastructure
from services.kit.parts import PartDone, Parts
from services.kit.settings import Settings

T = TypeVar("T")
_THREADS: Final = 32
_CHUNK: Final = 256 * 1024


class BlobMissing(Exception):
    """There is no such object."""


class BucketMissing(Exception):
    """There is no such bucket."""


class BlobDenied(Exception):
    """The access key may not do this."""


class BlobRefused(Exception):
    """The object storage takes the request for a wrong one, as with a name that it can't keep: never repeat it."""

    def __init__(self, what: str, reason: str = "") -> None:
        """`reason` is the storage's own."""
        super().__init__(what)
        self.reason = reason


class UploadMissing(Exception):
    """There is no such multipart upload: it was completed, or the storage has dropped it."""


class BlobsDown(Infrastructure):
    """The object storage does not answer."""


_BY_CODE: Final[Mapping[str, type[Exception]]] = {
    "NoSuchKey": BlobMissing,
    "NoSuchBucket": BucketMissing,
    "NoSuchUpload": UploadMissing,
    "AccessDenied": BlobDenied,
    "InvalidAccessKeyId": BlobDenied,
    "SignatureDoesNotMatch": BlobDenied,
}
_REQUESTS_FAULTS: Final = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.UNPROCESSABLE_ENTITY}
_PASSING: Final = {
    "BadDigest",
    "ExpiredToken",
    "IncompleteBody",
    "RequestTimeout",
    "SlowDown",
    "XAmzContentSHA256Mismatch",
}
"""Codes of answers with such a status that another try may not get."""


@dataclass(frozen=True, slots=True)
class Blob:
    """An object as listings and `stat` tell it. `etag` is opaque."""

    key: str
    size: int
    etag: str
    modified_ms: int = 0
    content_type: str = ""


class Blobs:
    """The object storage of the deployment. Raises BlobMissing, BucketMissing, BlobDenied, BlobRefused, BlobsDown."""

    def __init__(self, settings: Settings) -> None:
        """Connects at the first call."""
        url = urlsplit(settings.s3_url)
        self._pool = ThreadPoolExecutor(_THREADS, "blobs")
        self._s3 = Minio(
            endpoint=url.netloc,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key.get_secret_value(),
            secure=url.scheme == "https",
            region=settings.s3_region,
            http_client=urllib3.PoolManager(
                maxsize=_THREADS,
                timeout=urllib3.Timeout(connect=5, read=30),
                retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
            ),
        )

    async def _call(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: _told(function, *args, **kwargs))

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

        def page() -> list[Any]:
            listing = self._s3.list_objects(
                bucket_name=bucket, prefix=prefix, recursive=True, start_after=after or None
            )
            return list(islice(listing, limit))

        found = [_blob(entry) for entry in await self._call(page)]
        return found, found[-1].key if len(found) == limit else ""

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


def _told(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    try:
        return function(*args, **kwargs)
    except S3Error as error:
        what = f"{error.bucket_name}/{error.object_name}: {error.code}: {error.message}"
        if _is_refused(error):
            raise BlobRefused(what, f"{error.code}: {error.message}".rstrip(".")) from error
        raise _BY_CODE.get(str(error.code), BlobsDown)(what) from error
    except (HTTPError, OSError) as error:
        raise BlobsDown(f"The object storage does not answer: {error!r}") from error
    except ValueError as error:  # the client refuses names that no bucket and no object can have
        if "bucket name" not in str(error) and "object name" not in str(error):
            raise
        raise (BucketMissing if "bucket name" in str(error) else BlobMissing)(str(error)) from error


def _is_refused(error: S3Error) -> bool:
    known = _BY_CODE.keys() | _PASSING
    return error.response.status in _REQUESTS_FAULTS and str(error.code) not in known


def _blob(found: Any) -> Blob:
    modified = int(found.last_modified.timestamp() * 1000) if found.last_modified else 0
    return Blob(
        found.object_name, int(found.size or 0), (found.etag or "").strip('"'), modified, found.content_type or ""
    )
