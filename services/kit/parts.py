"""Writing one object in parts: a writer that died goes on where it stopped. Nobody sees it before `complete`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Self

from minio import Minio
from minio.datatypes import Part

LEAST: Final = 5 * 1024 * 1024
"""Bytes of every part but the last."""


@dataclass(frozen=True, slots=True)
class PartDone:
    """A part that the storage has. To be kept by who wants to go on after a crash."""

    number: int
    etag: str
    size: int


class Parts:
    """A multipart upload. `upload` and `done` are all that is needed to go on with it later."""

    def __init__(self, s3: Minio, call: Callable[..., Awaitable[Any]], bucket: str, key: str) -> None:
        """Made by `Blobs.put_parts`."""
        self._s3, self._call, self._bucket, self._key = s3, call, bucket, key
        self.upload = ""
        self.done: list[PartDone] = []

    async def open(self, content_type: str, upload: str, done: list[PartDone]) -> Self:
        """Begin, or take up `upload` with the parts that are `done`."""
        # The client has no public calls for single parts; these are the same in all of 7.x.
        self.upload = upload or await self._call(
            self._s3._create_multipart_upload,  # noqa: SLF001 - see above
            self._bucket, self._key, {"Content-Type": content_type},
        )  # fmt: skip
        self.done = list(done)
        return self

    async def add(self, data: bytes) -> PartDone:
        """Write the next part, at least 5 MiB but for the last."""
        number = len(self.done) + 1
        etag = await self._call(
            self._s3._upload_part,  # noqa: SLF001 - see open
            self._bucket, self._key, data, {}, self.upload, number,
        )  # fmt: skip
        self.done.append(PartDone(number, str(etag), len(data)))
        return self.done[-1]

    async def complete(self) -> str:
        """Make the object of the parts; answers its ETag."""
        parts = [Part(part.number, part.etag) for part in self.done]
        written = await self._call(
            self._s3._complete_multipart_upload,  # noqa: SLF001 - see open
            self._bucket, self._key, self.upload, parts,
        )  # fmt: skip
        return str(written.etag)

    async def abort(self) -> None:
        """Drop all parts."""
        await self._call(
            self._s3._abort_multipart_upload,  # noqa: SLF001 - see open
            self._bucket, self._key, self.upload,
        )  # fmt: skip
