"""Writes one export: reads what items need, lets the format draw them, puts it into the output. Knows no format."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from services.contracts import rows
from services.contracts.labels import Shape
from services.export.files.manifest import Manifest
from services.export.files.models import Checkpoint
from services.export.files.output import FILES, MISSING, NOTES, ORIGINS, REMOVED, TURNED, Folder, Zip
from services.export.files.pictures import Picture, Pictures
from services.export.files.tracks import Tracks
from services.export.files.upload import Keep, Place
from services.export.items.loading import Loader
from services.export.items.models import Loaded, Placed
from services.export.items.naming import Names
from services.export.items.turning import stored
from services.export.sheets.models import Drawn, Sheet
from services.kit.annotations import Gone, LabeledItem, Page
from services.kit.datastores import Datastores


class Options(NamedTuple):
    """How the file is written. `at` is the time of its labels; `about` is what its manifest begins with."""

    shape: Shape | None
    images: bool
    as_stored: bool
    named: bool
    """Items need names of files."""
    listed: bool
    """The manifest says which items are in the file: the file itself does not."""
    since: bool
    """The file holds what has changed since an earlier one."""
    at: datetime
    about: dict[str, Any]


class Finished(NamedTuple):
    """What came out, named as the job names it."""

    size: int
    sha256: str
    manifest_key: str
    files: int
    removed: int


class Writer:
    """Call `open`, `add` for each page behind `last` until `is_read`, then `close`, and whatever happens `release`.

    All may raise UploadLost.
    """

    def __init__(
        self, loader: Loader, datastores: Datastores, place: Place, sheet: Sheet, options: Options,
        done: Checkpoint, keep: Keep,
    ) -> None:  # fmt: skip
        """Goes on behind `done`."""
        self._loader, self._datastores, self._place = loader, datastores, place
        self._sheet, self._options, self._pictures = sheet, options, Pictures(datastores)
        sections, zipped = sum(document.sections for document in sheet.documents), sheet.is_zip or options.images
        tracks = 2 + sections if zipped else sections
        type_ = "application/zip" if zipped else sheet.documents[0].type
        self._tracks = Tracks(datastores, place, type_, tracks, tracks + NOTES, done, keep)
        folder = Folder(datastores, place, self._tracks, sections)
        self._output = Zip(self._tracks, sections, options.at) if zipped else folder
        notes = [TURNED, MISSING, FILES, *[REMOVED] * options.since, *[ORIGINS] * options.listed]
        self._manifest = Manifest(datastores, place, self._tracks, tracks, notes)
        self._items, self._annotations, self._left = done.items, done.annotations, dict(done.left)
        self._removed = done.removed
        self._names = Names(own=options.since) if options.named else None

    @property
    def rows(self) -> int:
        """Labeled items in the file so far."""
        return self._items

    @property
    def last(self) -> str:
        """The item behind which to go on."""
        return self._tracks.done.last

    @property
    def is_read(self) -> bool:
        """Whether an earlier try has read all items."""
        return self._tracks.done.ended

    async def open(self) -> None:
        """Begin, or go on."""
        await self._tracks.open()
        done = self._tracks.done
        if self._names is not None and done.step and not done.ended:
            given = await self._tracks.spools.get(_names(done.step))
            self._names = Names(given, own=self._options.since)
        if not done.tracks:
            for section, text in enumerate(self._sheet.begin()):
                self._output.write(section, text.encode())
            for own in self._sheet.about():
                await self._output.put(own)

    async def add(self, page: Page) -> None:
        """Write a page. Raises KeyError for a label that is no class of the file."""
        gone = deque(page.gone)
        for window in self._loader.windows(page.items):
            await self._write(window)
            while gone and gone[0].item < window[-1].item:
                self._note_removed(gone.popleft())
            await self._look(window[-1].item)
        while gone:
            self._note_removed(gone.popleft())
        await self._look(page.last)

    async def _look(self, last: str) -> None:
        """All up to `last` is written: whether it is time for a checkpoint."""
        if self._tracks.is_full:
            await self._checkpoint(last)
        else:
            await self._tracks.upload.alive()

    async def close(self) -> Finished:
        """Write what is left and make the file, then its manifest."""
        done = self._tracks.done
        if not done.ended:
            for section, text in enumerate(self._sheet.end()):
                self._output.write(section, text.encode())
            await self._checkpoint(done.last, ended=True)
        if not self._tracks.done.read:
            await self._output.finish(self._sheet.documents)
            await self._tracks.checkpoint(read=True, files=self._output.listing.files)
        written = await self._tracks.close()
        counts = {"items": self._items, "annotations": self._annotations, "left_out": self._left}
        if self._options.since:
            counts["removed_items"] = self._removed
        await self._manifest.write({**self._options.about, **counts}, written)
        await self._tracks.spools.delete()
        files = self._tracks.done.files + 1
        return Finished(written.size, written.sha256, self._manifest.key, files, self._removed)

    def release(self) -> None:
        """Nothing more will be read."""
        self._loader.close()

    async def discard(self) -> None:
        """Leave nothing behind."""
        await self._tracks.upload.abort()
        folder = self._place.key.rpartition("/")[0]
        while found := (await self._datastores.list_page(self._place.bucket, f"{folder}/"))[0]:
            for blob in found:
                await self._datastores.delete(self._place.bucket, blob.key)

    async def _checkpoint(self, last: str, *, ended: bool = False) -> None:
        if self._names is not None:
            await self._tracks.spools.put(_names(self._tracks.done.step + 1), self._names.dump())
        await self._tracks.checkpoint(
            last=last, items=self._items, annotations=self._annotations, left=self._left, ended=ended,
            files=self._output.listing.files, removed=self._removed,
        )  # fmt: skip

    async def _write(self, window: Sequence[LabeledItem]) -> None:
        there = []
        for item, loaded in zip(window, await self._loader.load(window), strict=True):
            if loaded is None:
                self._note_missing(item)
                if self._options.since:
                    self._note_removed(Gone(item.item, item.datastore, item.key, item.part, "missing"))
            else:
                there.append((loaded, self._placed(loaded)))
            if item.orientation > 1:
                self._output.listing.note(TURNED, {"file": item.key, "orientation": item.orientation})
        drawn = await self._draw(there)
        pictures = await self._pictures.read([loaded.item for loaded, _ in there] if self._options.images else [])
        for picture, (loaded, placed) in zip(pictures, there, strict=False):
            await self._put_picture(loaded.item, placed, picture)
        await asyncio.gather(*(self._output.put(own) for each in drawn for own in each.files))
        for each, (loaded, placed) in zip(drawn, there, strict=True):
            for what, count in each.left.items():
                self._left[what] = self._left.get(what, 0) + count
            if self._options.listed and (each.files or any(each.sections)):
                self._output.listing.note(ORIGINS, _where(loaded.item) | ({"name": placed.name} if placed.name else {}))
        for section, texts in enumerate(zip(*(each.sections for each in drawn), strict=True)):
            self._output.write(section, "".join(texts).encode())

    def _placed(self, loaded: Loaded) -> Placed:
        self._items += 1
        first = self._annotations + 1
        self._annotations += self._sheet.count(loaded)
        name = self._names.give(loaded.item.key, loaded.item.item) if self._names else ""
        return Placed(self._items, first, name)

    async def _draw(self, there: Sequence[tuple[Loaded, Placed]]) -> Sequence[Drawn]:
        if self._sheet.is_slow:
            return await asyncio.gather(*(asyncio.to_thread(self._drawn, *each) for each in there))
        return [self._drawn(loaded, placed) for loaded, placed in there]

    def _drawn(self, loaded: Loaded, placed: Placed) -> Drawn:
        return self._sheet.draw(stored(loaded, self._options.shape) if self._options.as_stored else loaded, placed)

    async def _put_picture(self, item: LabeledItem, placed: Placed, picture: Picture) -> None:
        if picture is None:
            self._note_missing(item)
        else:
            await self._pictures.put(self._output, f"{self._sheet.pictures}{placed.name}", item, picture)

    def _note_missing(self, item: LabeledItem) -> None:
        self._output.listing.note(MISSING, {"file": item.key, "datastore": item.datastore})

    def _note_removed(self, gone: Gone) -> None:
        self._removed += 1
        self._output.listing.note(REMOVED, {**_where(gone), "reason": gone.reason})


def _where(item: LabeledItem | Gone) -> dict[str, Any]:
    row = {"row": rows.ordinal(item.part)} if item.part else {}
    return {"datastore": item.datastore, "file": item.key, **row}


def _names(step: int) -> str:
    """Two take turns, as the spools of the first track do."""
    return f"names-{step % 2}"
