"""One object of several tracks that all grow at the same time, written with flat memory. Knows no format.

The first track goes to parts of the object as it grows. The others wait in spools and follow when all is read, in their
order; those behind the `written` ones wait only, for whoever reads them by `spooled`. Every checkpoint tells of all
tracks at the same moment, and what is in it is never made again.
"""

from collections.abc import AsyncIterator
from typing import Final

from services.export.files.models import Checkpoint, TrackDone
from services.export.files.spools import Spools
from services.export.files.upload import Keep, Place, Upload, Written
from services.kit.blobs import Blobs

_GROWS_EVERY: Final = 500
"""So many parts, and the next ones are larger by the size of the first: 10,000 parts are all that storages allow."""


class Tracks:
    """`write` to tracks by number, `checkpoint` now and then, `close` at the end."""

    def __init__(
        self, blobs: Blobs, place: Place, content_type: str, written: int, count: int, done: Checkpoint, keep: Keep
    ) -> None:
        """Goes on behind `done`. `written` of the `count` tracks become the object."""
        self.upload = Upload(blobs, place, content_type, done, keep)
        self.spools = Spools(blobs, place.bucket, place.key)
        self._place, self._written = place, written
        kept = [*done.tracks, *[TrackDone()] * (count - len(done.tracks))]
        self._buffers = [bytearray() for _ in kept]
        self._sizes = [track.size for track in kept]
        self._spooled = [list(track.spools) for track in kept]
        self._poured = False

    @property
    def done(self) -> Checkpoint:
        """The last checkpoint."""
        return self.upload.done

    def size(self, track: int) -> int:
        """Bytes of a track so far."""
        return self._sizes[track]

    @property
    def is_full(self) -> bool:
        """Whether it is time for a checkpoint."""
        front, *others = map(len, self._buffers)
        return self._poured or max(front, sum(others)) >= self._part_bytes

    @property
    def _part_bytes(self) -> int:
        return self._place.part_bytes * (1 + self.upload.parts // _GROWS_EVERY)

    async def open(self) -> None:
        """Begin, or take up what `done` tells of. Raises UploadLost."""
        await self.upload.open()
        done = self.upload.done
        if done.held and not done.read:
            self._buffers[0] += await self.spools.get(_held(done.step))

    def write(self, track: int, data: bytes) -> None:
        """Add to a track."""
        self._buffers[track] += data
        self._sizes[track] += len(data)

    async def pour(self) -> None:
        """Write the first track out if it is long. No checkpoint: what belongs together may still be half-written."""
        if len(self._buffers[0]) >= self._part_bytes:
            await self.upload.part(self._buffers[0])
            self._poured = True
            await self.upload.alive()

    async def checkpoint(self, **changes: object) -> None:
        """Store how far everything is, together with `changes`."""
        if len(self._buffers[0]) >= self._part_bytes:
            await self.upload.part(self._buffers[0])
        step = self.upload.done.step + 1
        if self._buffers[0]:
            await self.spools.put(_held(step), bytes(self._buffers[0]))
        for number in range(1, len(self._buffers)):
            await self._spool(number)
        tracks = [TrackDone(size=size, spools=spools) for size, spools in zip(self._sizes, self._spooled, strict=True)]
        await self.upload.checkpoint(step=step, held=len(self._buffers[0]), tracks=tracks, **changes)
        self._poured = False

    async def _spool(self, number: int) -> None:
        buffer, spools = self._buffers[number], self._spooled[number]
        if buffer:
            data = bytes(buffer)
            buffer.clear()
            await self.spools.put(f"{number}-{len(spools)}", data)
            spools.append(len(data))

    async def close(self) -> Written:
        """Put the tracks behind one another and make the object. All has to be in a checkpoint. Raises UploadLost."""
        if not self.upload.done.complete:
            await self._copy()
            await self.upload.complete()
        return await self.upload.measure()

    async def _copy(self) -> None:
        done = self.upload.done
        waiting = [(_held(done.step), done.held)] if done.held else []
        for number in range(1, self._written):
            waiting += self._names(number)
        buffer = bytearray()
        async for piece in self.spools.read(waiting, done.copied):
            buffer += piece
            if len(buffer) >= self._part_bytes:
                size = len(buffer)
                await self.upload.part(buffer)
                await self.upload.checkpoint(copied=self.upload.done.copied + size)
        if buffer:
            await self.upload.part(buffer)

    def spooled(self, track: int) -> AsyncIterator[bytes]:
        """The bytes of a track that waits."""
        return self.spools.read(self._names(track))

    def _names(self, track: int) -> list[tuple[str, int]]:
        return [(f"{track}-{number}", size) for number, size in enumerate(self._spooled[track])]


def _held(step: int) -> str:
    """Two take turns: the one of the last checkpoint is never written over."""
    return f"0-{step % 2}"
