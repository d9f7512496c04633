"""One file of JSON Lines in object storage, and beside it MLTable and masks. Every part is a checkpoint.

Masks are written before the part that names them and are named by their items, so a later try writes the same ones.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from services.contracts.labels import Shape
from services.contracts.projects import TaskType
from services.export.coco.models import Category
from services.export.files.models import Checkpoint
from services.export.files.upload import Keep, Place, Upload, Written
from services.export.jsonl import masks
from services.export.jsonl.marks import Marks
from services.export.jsonl.models import Mark, Rows, class_map, mltable, place
from services.kit.annotations import LabeledItem, Page
from services.kit.blobs import Blobs
from services.kit.regions import RegionObjects

_TYPE: Final = "application/jsonl"
_AT_ONCE: Final = 8
"""Items whose regions are read, and whose masks are painted, at the same time."""
_PIXELS_AT_ONCE: Final = 32_000_000


class LinesWriter:
    """The writer of `jsonl`."""

    def __init__(
        self,
        blobs: Blobs,
        where: Place,
        task_type: TaskType,
        classes: Sequence[Category],
        done: Checkpoint,
        keep: Keep,
    ) -> None:
        """Goes on behind `done`."""
        self._blobs, self._place, self._task_type, self._classes = blobs, where, task_type, classes
        self._folder = where.key.rpartition("/")[0]
        self._upload = Upload(blobs, where, _TYPE, done, keep)
        self._lines = Rows(task_type, classes)
        self._marks = Marks(RegionObjects(blobs, where.bucket))
        self._buffer = bytearray()
        self._rows = done.images

    @property
    def rows(self) -> int:
        """Lines."""
        return self._rows

    @property
    def last(self) -> str:
        """The item of the last part."""
        return self._upload.done.last

    @property
    def is_read(self) -> bool:
        """Nothing is left but measuring."""
        return self._upload.done.complete

    async def open(self) -> None:
        """Begin the upload, or take it up."""
        await self._upload.open()

    async def add(self, page: Page) -> None:
        """Write a page. Raises KeyError for a label that is no class of the file, UploadLost."""
        for window in _windows(page.items, painted=self._task_type.regions is Shape.MASK):
            lines = await self._written(window)
            self._buffer += "".join(f"{line}\n" for line in lines).encode()
            await self._upload.alive()
        self._rows += len(page.items)
        if len(self._buffer) >= self._place.part_bytes:
            await self._upload.part(self._buffer)
            await self._upload.checkpoint(last=page.last, images=self._rows)

    async def close(self) -> Written:
        """Write what is left, what describes it, and make the file. Raises UploadLost."""
        if not self._upload.done.complete:
            await self._describe()
            if self._buffer:
                await self._upload.part(self._buffer)
            await self._upload.complete(images=self._rows)
        return await self._upload.measure()

    async def discard(self) -> None:
        """Leave nothing behind."""
        await self._upload.abort()
        while found := (await self._blobs.list_page(self._place.bucket, f"{self._folder}/"))[0]:
            for blob in found:
                await self._blobs.delete(self._place.bucket, blob.key)

    async def _written(self, window: Sequence[LabeledItem]) -> list[str]:
        if self._task_type.regions is None:
            return [self._lines.row(item, ()) for item in window]
        return await asyncio.gather(*(self._line(item) for item in window))

    async def _line(self, item: LabeledItem) -> str:
        marks = await self._marks.of(item)
        url = await self._paint(item, marks) if self._task_type.regions is Shape.MASK else ""
        return self._lines.row(item, marks, url)

    async def _paint(self, item: LabeledItem, marks: Sequence[Mark]) -> str:
        data = await asyncio.to_thread(masks.png, marks, self._classes, item.width, item.height)
        key = f"{self._folder}/masks/{item.item.partition('/')[2]}.png"
        await self._blobs.put(self._place.bucket, key, data, "image/png")
        return place(self._place.bucket, key)

    async def _describe(self) -> None:
        data = self._place.key.rpartition("/")[2]
        table = mltable(self._task_type, data)
        await self._blobs.put(self._place.bucket, f"{self._folder}/MLTable", table, "text/yaml")
        if self._task_type.regions is Shape.MASK:
            names = class_map(self._classes)
            await self._blobs.put(self._place.bucket, f"{self._folder}/classes.json", names, "application/json")


def _windows(items: Sequence[LabeledItem], *, painted: bool) -> Iterator[list[LabeledItem]]:
    """Items in order, so many at once as memory allows."""
    window: list[LabeledItem] = []
    pixels = 0
    for item in items:
        size = item.width * item.height if painted else 0
        if window and (pixels + size > _PIXELS_AT_ONCE or (len(window) >= _AT_ONCE and _has_regions(item))):
            yield window
            window, pixels = [], 0
        window.append(item)
        pixels += size
    if window:
        yield window


def _has_regions(item: LabeledItem) -> bool:
    return bool(item.regions) or item.regions_ref is not None
