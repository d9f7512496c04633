"""The manifest beside the file: what was asked for, counts, and the hash of every file. JSON of any length."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from services.export.files.output import FILES, MISSING, ORIGINS, REMOVED, TURNED
from services.export.files.tracks import Tracks
from services.export.files.upload import Place, Written
from services.kit.blobs import BlobMissing, Blobs, UploadMissing
from services.kit.parts import Parts

_TYPE: Final = "application/json"
_LISTS: Final = {"turned": TURNED, "missing": MISSING, "removed": REMOVED, "origins": ORIGINS, "files": FILES}


class Manifest:
    """Written once, when the file is there."""

    def __init__(self, blobs: Blobs, place: Place, tracks: Tracks, first: int, notes: Sequence[int]) -> None:
        """`first` is the first track of notes, `notes` are those that it has."""
        self._blobs, self._place, self._tracks, self._first = blobs, place, tracks, first
        self._notes = [(name, track) for name, track in _LISTS.items() if track in notes]
        self.key = f"{place.key.rpartition('/')[0]}/manifest.json"

    async def write(self, about: Mapping[str, Any], written: Written) -> None:
        """`about` goes before the lists."""
        if await self._is_there():
            return
        name = self._place.key.rpartition("/")[2]
        file = {"name": name, "size": written.size, "sha256": written.sha256}
        head = json.dumps({**about, "file": file}, ensure_ascii=False, indent=2)
        buffer, parts = bytearray(head.removesuffix("\n}").encode()), None
        async for piece in self._lists():
            buffer += piece
            if len(buffer) >= self._place.part_bytes:
                parts = parts or await self._begin()
                await parts.add(bytes(buffer))
                buffer.clear()
                await self._tracks.upload.alive()
        if parts is None:
            await self._blobs.put(self._place.bucket, self.key, bytes(buffer), _TYPE)
        else:
            await parts.add(bytes(buffer))
            await parts.complete()

    async def _lists(self) -> AsyncIterator[bytes]:
        for name, track in self._notes:
            yield f',\n  "{name}": ['.encode()
            first = True
            async for piece in self._tracks.spooled(self._first + track):
                yield piece[1:] if first else piece  # without the first comma
                first = False
            yield b"\n]"
        yield b"\n}\n"

    async def _begin(self) -> Parts:
        """An upload that a try before us left is dropped."""
        key, done = self.key, self._tracks.done
        if done.manifest:
            with suppress(UploadMissing):
                await (await self._blobs.put_parts(self._place.bucket, key, upload=done.manifest)).abort()
        parts = await self._blobs.put_parts(self._place.bucket, key, _TYPE)
        await self._tracks.upload.checkpoint(manifest=parts.upload)
        return parts

    async def _is_there(self) -> bool:
        try:
            await self._blobs.stat(self._place.bucket, self.key)
        except BlobMissing:
            return False
        return True
