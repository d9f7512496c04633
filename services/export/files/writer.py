"""One COCO file in object storage, written with flat memory although it holds two long arrays.

Every part is a checkpoint. What is in it is never read again, so pictures and annotations tell of the same moment.
"""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple

from services.export.coco.models import Coco
from services.export.files.models import Checkpoint
from services.export.files.spools import Spools
from services.kit.annotations import Page
from services.kit.blobs import BlobMissing, Blobs, UploadMissing

Keep = Callable[[Checkpoint], Awaitable[None]]
"""Stores a checkpoint. The writer goes on when it is stored."""

_TAIL: Final = 0
"""Name of the spool that holds the last pictures. Those of annotations count from 1."""


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


class Writer:
    """Call `open`, `add` for each page behind `done.last`, `close`."""

    def __init__(self, blobs: Blobs, place: Place, coco: Coco, done: Checkpoint, keep: Keep) -> None:
        """Goes on behind `done`."""
        self._blobs, self._place, self._coco, self._keep = blobs, place, coco, keep
        self._spools = Spools(blobs, place.bucket, place.key)
        self._pictures, self._annotations = bytearray(), bytearray()
        self._sizes = list(done.spools)
        self._annotated = done.annotations
        self.images, self.done = done.images, done

    async def open(self) -> None:
        """Begin the upload, or take it up."""
        done = self.done
        place = self._place
        if not done.complete:
            self._parts = await self._blobs.put_parts(
                place.bucket, place.key, "application/json", upload=done.upload, done=done.parts
            )
            await self._checkpoint(upload=self._parts.upload)

    async def add(self, page: Page) -> None:
        """Write a page. Raises KeyError for a label that is no class of the file, UploadLost."""
        pictures: list[str] = []
        annotations: list[str] = []
        for item in page.items:
            self.images += 1
            pictures.append(self._coco.image(self.images, item))
            annotations += self._coco.annotations(self._annotated + len(annotations) + 1, self.images, item)
        self._pictures += _joined(pictures, first=self.images == len(pictures), begin=self._coco.head)
        self._annotations += _joined(annotations, first=not self._annotated)
        self._annotated += len(annotations)
        if len(self._annotations) >= self._place.part_bytes:
            await self._spool()
        if len(self._pictures) >= self._place.part_bytes:
            await self._part(self._pictures)
            await self._spool()
            await self._checkpoint(
                last=page.last, images=self.images, annotations=self._annotated, spools=list(self._sizes)
            )

    async def close(self) -> Written:
        """Write what is left and make the file. Raises UploadLost."""
        if not self.done.complete:
            if not self.done.tail:
                await self._end_of_items()
            await self._copy()
            await self._complete()
        written = await self._measure()
        await self._spools.delete()
        return written

    async def discard(self) -> None:
        """Leave nothing behind."""
        if self.done.upload and not self.done.complete:
            parts = await self._blobs.put_parts(self._place.bucket, self._place.key, upload=self.done.upload)
            with suppress(UploadMissing):
                await parts.abort()
        await self._spools.delete()

    async def _end_of_items(self) -> None:
        if not self.images:
            self._pictures += self._coco.head.encode()
        self._pictures += self._coco.between.encode()
        self._annotations += self._coco.foot.encode()
        await self._spool()
        await self._spools.put(_TAIL, bytes(self._pictures))
        await self._checkpoint(
            tail=len(self._pictures), images=self.images, annotations=self._annotated, spools=list(self._sizes)
        )

    async def _copy(self) -> None:
        spools = list(enumerate([self.done.tail, *self.done.spools]))
        buffer = bytearray()
        async for piece in self._spools.read(spools, self.done.copied):
            buffer += piece
            if len(buffer) >= self._place.part_bytes:
                size = len(buffer)
                await self._part(buffer)
                await self._checkpoint(copied=self.done.copied + size)
        if buffer:
            await self._part(buffer)

    async def _complete(self) -> None:
        try:
            await self._parts.complete()
        except UploadMissing as error:
            await self._completed_before(error)
        await self._checkpoint(complete=True)

    async def _completed_before(self, error: UploadMissing) -> None:
        """Whether a try that died right after completing is the reason why the upload is gone."""
        try:
            await self._blobs.stat(self._place.bucket, self._place.key)
        except BlobMissing:
            raise UploadLost(self._place.key) from error

    async def _measure(self) -> Written:
        digest, size, told = hashlib.sha256(), 0, 0
        async for piece in self._blobs.stream(self._place.bucket, self._place.key):
            digest.update(piece)
            size += len(piece)
            if size - told >= self._place.part_bytes:
                told = size
                await self._keep(self.done)
        return Written(size, digest.hexdigest())

    async def _part(self, buffer: bytearray) -> None:
        try:
            await self._parts.add(bytes(buffer))
        except UploadMissing as error:
            raise UploadLost(self._place.key) from error
        buffer.clear()

    async def _spool(self) -> None:
        if self._annotations:
            self._sizes.append(len(self._annotations))
            await self._spools.put(len(self._sizes), bytes(self._annotations))
            self._annotations.clear()

    async def _checkpoint(self, **changes: Any) -> None:
        parts = [] if self.done.complete else list(self._parts.done)
        self.done = self.done.model_copy(update={"parts": parts, **changes})
        await self._keep(self.done)


def _joined(elements: list[str], *, first: bool, begin: str = "") -> bytes:
    """Elements of an array that may have begun in an earlier page."""
    if not elements:
        return b""
    return ((begin if first else ",") + ",".join(elements)).encode()
