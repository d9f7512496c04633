"""Where the files of an export go: into one zip, or one file with the others beside it. Knows no format."""

import hashlib
import json
import zlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from services.export.files import zips
from services.export.files.tracks import Tracks
from services.export.files.upload import Place
from services.export.sheets.models import Document, Own
from services.kit.blobs import Blobs

FILES, TURNED, MISSING, REMOVED, ORIGINS = 0, 1, 2, 3, 4
NOTES: Final = 5
"""Tracks of the manifest: other files, pictures that are not stored upright, objects that are gone, items that are gone
since an earlier export, and the items in their order."""


class Listed(NamedTuple):
    """A file as the manifest lists it."""

    name: str
    size: int
    sha256: str


class Output(Protocol):
    """`put` and `stream` whole files, `write` to sections of documents, `finish` once."""

    async def put(self, own: Own) -> None:
        """Write a whole file."""

    async def stream(self, name: str, size: int, pieces: AsyncIterator[bytes]) -> None:
        """Write a whole file that may be too large for memory."""

    def write(self, section: int, data: bytes) -> None:
        """Add to a section."""

    async def finish(self, documents: Sequence[Document]) -> None:
        """All is written. The documents are whole."""


class _Listing:
    """Notes of the manifest: lines of JSON, each with a comma before it."""

    def __init__(self, tracks: Tracks, first: int) -> None:
        self._tracks, self._first = tracks, first
        self.files = tracks.done.files

    def note(self, track: int, what: object) -> None:
        """Add to a list of the manifest."""
        line = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
        self._tracks.write(self._first + track, f",\n{line}".encode())

    def listed(self, file: Listed) -> None:
        """One more file."""
        self.files += 1
        self.note(FILES, file._asdict())


class Folder:
    """The first document is the file, all else lies beside it."""

    def __init__(self, blobs: Blobs, place: Place, tracks: Tracks, sections: int) -> None:
        """`sections` are those of the document."""
        self._blobs, self._bucket, self._folder = blobs, place.bucket, place.key.rpartition("/")[0]
        self._tracks = tracks
        self.listing = _Listing(tracks, sections)

    async def put(self, own: Own) -> None:
        """As Output."""
        await self._blobs.put(self._bucket, f"{self._folder}/{own.name}", own.data, own.type)
        self.listing.listed(Listed(own.name, len(own.data), hashlib.sha256(own.data).hexdigest()))

    async def stream(self, name: str, size: int, pieces: AsyncIterator[bytes]) -> None:
        """Never asked for: pictures go into zips only."""
        raise NotImplementedError(f"{name} of {size} bytes from {pieces!r}")

    def write(self, section: int, data: bytes) -> None:
        """As Output."""
        self._tracks.write(section, data)

    async def finish(self, documents: Sequence[Document]) -> None:
        """As Output: the tracks of the document follow one another by themselves."""


class Zip:
    """Everything is in one zip: first the whole files, then the documents, then the directory."""

    def __init__(self, tracks: Tracks, sections: int, at: datetime) -> None:
        """`sections` are those of all documents; `at` is the time that all files have."""
        self._tracks, self._sections, self._at = tracks, sections, at
        self._directory = 1 + sections
        self.listing = _Listing(tracks, 2 + sections)

    async def put(self, own: Own) -> None:
        """As Output."""
        entry = zips.Entry(own.name, len(own.data), zlib.crc32(own.data))
        self._enter(entry)
        self._tracks.write(0, entry.local(self._at))
        self._tracks.write(0, own.data)
        self.listing.listed(Listed(own.name, len(own.data), hashlib.sha256(own.data).hexdigest()))

    async def stream(self, name: str, size: int, pieces: AsyncIterator[bytes]) -> None:
        """As Output. Raises SizeChanged."""
        offset = self._tracks.size(0)
        self._tracks.write(0, zips.Entry(name, size, later=True).local(self._at))
        crc, digest, there = 0, hashlib.sha256(), 0
        async for piece in pieces:
            crc, there = zlib.crc32(piece, crc), there + len(piece)
            digest.update(piece)
            self._tracks.write(0, piece)
            await self._tracks.pour()
        if there != size:
            raise SizeChanged(f"{name} had {size} bytes and then {there}")
        entry = zips.Entry(name, size, crc, later=True)
        self._tracks.write(0, entry.descriptor())
        self._enter(entry, offset)
        self.listing.listed(Listed(name, size, digest.hexdigest()))

    def write(self, section: int, data: bytes) -> None:
        """As Output."""
        self._tracks.write(1 + section, data)

    async def finish(self, documents: Sequence[Document]) -> None:
        """As Output. All has to be in a checkpoint: documents are read from their spools."""
        entries, track = [], 1
        for document in documents:
            own = range(track, track + document.sections)
            entries.append((await self._measured(document.name, own), own))
            track += document.sections
        offset = self._tracks.size(0)
        for entry, own in entries:
            header = entry.local(self._at)
            self._tracks.write(own[0] - 1, header)  # behind what comes before it
            self._enter(entry, offset)
            offset += len(header) + entry.size
        count, size = self.listing.files, self._tracks.size(self._directory)
        self._tracks.write(self._directory, zips.end(count, size, offset))

    async def _measured(self, name: str, tracks: range) -> zips.Entry:
        crc, size, digest = 0, 0, hashlib.sha256()
        for track in tracks:
            async for piece in self._tracks.spooled(track):
                crc, size = zlib.crc32(piece, crc), size + len(piece)
                digest.update(piece)
                await self._tracks.upload.alive()
        self.listing.listed(Listed(name, size, digest.hexdigest()))
        return zips.Entry(name, size, crc)

    def _enter(self, entry: zips.Entry, offset: int | None = None) -> None:
        offset = self._tracks.size(0) if offset is None else offset
        self._tracks.write(self._directory, entry.central(self._at, offset))


class SizeChanged(Exception):
    """An object became another one while it was read."""
