"""One COCO file in object storage, written with flat memory although it holds two long arrays.

Every part is a checkpoint. What is in it is never read again, so pictures and annotations tell of the same moment.
"""

from typing import Final

from services.export.coco.models import Coco
from services.export.files.models import Checkpoint
from services.export.files.spools import Spools
from services.export.files.upload import Keep, Place, Upload, Written
from services.kit.annotations import Page
from services.kit.blobs import Blobs

_TAIL: Final = 0
"""Name of the spool that holds the last pictures. Those of annotations count from 1."""


class CocoWriter:
    """A writer of the two COCO profiles."""

    def __init__(self, blobs: Blobs, place: Place, coco: Coco, done: Checkpoint, keep: Keep) -> None:
        """Goes on behind `done`."""
        self._part_bytes, self._coco = place.part_bytes, coco
        self._upload = Upload(blobs, place, "application/json", done, keep)
        self._spools = Spools(blobs, place.bucket, place.key)
        self._pictures, self._annotations = bytearray(), bytearray()
        self._sizes = list(done.spools)
        self._annotated, self._images = done.annotations, done.images

    @property
    def rows(self) -> int:
        """Pictures."""
        return self._images

    @property
    def last(self) -> str:
        """The item of the last part."""
        return self._upload.done.last

    @property
    def is_read(self) -> bool:
        """What is left is copying."""
        return bool(self._upload.done.tail)

    async def open(self) -> None:
        """Begin the upload, or take it up."""
        await self._upload.open()

    async def add(self, page: Page) -> None:
        """Write a page. Raises KeyError for a label that is no class of the file, UploadLost."""
        pictures: list[str] = []
        annotations: list[str] = []
        for item in page.items:
            self._images += 1
            pictures.append(self._coco.image(self._images, item))
            annotations += self._coco.annotations(self._annotated + len(annotations) + 1, self._images, item)
        self._pictures += _joined(pictures, first=self._images == len(pictures), begin=self._coco.head)
        self._annotations += _joined(annotations, first=not self._annotated)
        self._annotated += len(annotations)
        if len(self._annotations) >= self._part_bytes:
            await self._spool()
        if len(self._pictures) >= self._part_bytes:
            await self._upload.part(self._pictures)
            await self._spool()
            await self._upload.checkpoint(
                last=page.last, images=self._images, annotations=self._annotated, spools=list(self._sizes)
            )

    async def close(self) -> Written:
        """Write what is left and make the file. Raises UploadLost."""
        if not self._upload.done.complete:
            if not self._upload.done.tail:
                await self._end_of_items()
            await self._copy()
            await self._upload.complete()
        written = await self._upload.measure()
        await self._spools.delete()
        return written

    async def discard(self) -> None:
        """Leave nothing behind."""
        await self._upload.abort()
        await self._spools.delete()

    async def _end_of_items(self) -> None:
        if not self._images:
            self._pictures += self._coco.head.encode()
        self._pictures += self._coco.between.encode()
        self._annotations += self._coco.foot.encode()
        await self._spool()
        await self._spools.put(_TAIL, bytes(self._pictures))
        await self._upload.checkpoint(
            tail=len(self._pictures), images=self._images, annotations=self._annotated, spools=list(self._sizes)
        )

    async def _copy(self) -> None:
        done = self._upload.done
        spools = list(enumerate([done.tail, *done.spools]))
        buffer = bytearray()
        async for piece in self._spools.read(spools, done.copied):
            buffer += piece
            if len(buffer) >= self._part_bytes:
                size = len(buffer)
                await self._upload.part(buffer)
                await self._upload.checkpoint(copied=self._upload.done.copied + size)
        if buffer:
            await self._upload.part(buffer)

    async def _spool(self) -> None:
        if self._annotations:
            self._sizes.append(len(self._annotations))
            await self._spools.put(len(self._sizes), bytes(self._annotations))
            self._annotations.clear()


def _joined(elements: list[str], *, first: bool, begin: str = "") -> bytes:
    """Elements of an array that may have begun in an earlier page."""
    if not elements:
        return b""
    return ((begin if first else ",") + ",".join(elements)).encode()
