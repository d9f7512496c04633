"""One object in storage, written in parts that are checkpoints; nobody sees it before its end. Knows no format."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple

from services.export.files.models import Checkpoint
from services.kit.blobs import BlobMissing, Blobs, UploadMissing

Keep = Callable[[Checkpoint], Awaitable[None]]
"""Stores a checkpoint. The writer goes on when it is stored."""
_BEAT_S: Final = 1.0


class UploadLost(Exception):
    """The storage has dropped the parts written so far. The file has to be written anew."""


class Place(NamedTuple):
    """Where the file goes, and bytes of its parts."""

    bucket: str
    key: str
    part_bytes: int


class Written(NamedTuple):
    """What came out, measured on what the storage holds."""

    size: int
    sha256: str


class Upload:
    """A multipart upload that goes on behind the checkpoint `done`."""

    def __init__(self, blobs: Blobs, place: Place, content_type: str, done: Checkpoint, keep: Keep) -> None:
        """Nothing happens before `open`."""
        self._blobs, self._place, self._type, self._keep = blobs, place, content_type, keep
        self._kept = time.monotonic()
        self.done = done

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.done.parts if self.done.complete else self._parts.done)

    async def open(self) -> None:
        """Begin the upload, or take it up."""
        done, place = self.done, self._place
        if not done.complete:
            self._parts = await self._blobs.put_parts(
                place.bucket, place.key, self._type, upload=done.upload, done=done.parts
            )
            await self.checkpoint(upload=self._parts.upload)

    async def part(self, buffer: bytearray) -> None:
        """Write and empty `buffer`, at least 5 MiB but for the last part. Raises UploadLost.

        It is empty even if that fails: whoever tries again begins at the last checkpoint.
        """
        data = bytes(buffer)
        buffer.clear()
        try:
            await self._parts.add(data)
        except UploadMissing as error:
            await self._completed_before(error)

    async def checkpoint(self, **changes: Any) -> None:
        """Store how far the file is."""
        parts = [] if self.done.complete else list(self._parts.done)
        self.done = self.done.model_copy(update={"parts": parts, **changes})
        await self._keep(self.done)
        self._kept = time.monotonic()

    async def alive(self) -> None:
        """Show that long work goes on; it stores the last checkpoint again, at most once a second."""
        if time.monotonic() - self._kept >= _BEAT_S:
            await self._keep(self.done)
            self._kept = time.monotonic()

    async def complete(self, **changes: Any) -> None:
        """Make the object of the parts. Raises UploadLost."""
        try:
            if not self._parts.done:
                await self._parts.add(b"")  # an object without parts can't be made
            await self._parts.complete()
        except UploadMissing as error:
            await self._completed_before(error)
        await self.checkpoint(complete=True, **changes)

    async def _completed_before(self, error: UploadMissing) -> None:
        """Whether a try that died right after completing is the reason why the upload is gone."""
        try:
            await self._blobs.stat(self._place.bucket, self._place.key)
        except BlobMissing:
            raise UploadLost(self._place.key) from error

    async def measure(self) -> Written:
        """Read the object from its storage."""
        digest, size = hashlib.sha256(), 0
        async for piece in self._blobs.stream(self._place.bucket, self._place.key):
            digest.update(piece)
            size += len(piece)
            await self.alive()
        return Written(size, digest.hexdigest())

    async def abort(self) -> None:
        """Drop what was written, unless it is complete."""
        if self.done.upload and not self.done.complete:
            parts = await self._blobs.put_parts(self._place.bucket, self._place.key, upload=self.done.upload)
            with suppress(UploadMissing):
                await parts.abort()
