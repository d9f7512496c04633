"""An object of a data source, and what is known of it."""

import hashlib
from enum import StrEnum
from typing import NamedTuple, Self

from services.contracts import ids
from services.contracts.items import DiscoveredItem, Media, MediaFormat, Source


class ProbeState(StrEnum):
    """How far probing is. `gone`: listed, but no longer there when its header was read."""

    PENDING = "pending"
    PROBED = "probed"
    UNREADABLE = "unreadable"
    GONE = "gone"


class Listed(NamedTuple):
    """An accepted object of a listing, with the item that it is."""

    id: str
    key: str
    etag: str
    size: int

    @classmethod
    def of(cls, project: str, key: str, etag: str, size: int) -> Self:
        """Of a project."""
        return cls(ids.item_id(project, key), key, etag, size)

    def discovered(self, datastore: str, scan: int) -> DiscoveredItem:
        """As an event has it."""
        source = Source(datastore=datastore, key=self.key, etag=self.etag, size=self.size, scan=scan)
        return DiscoveredItem(id=self.id, source=source)


class TableRow(NamedTuple):
    """A row of a table, with the item that it is. `key`, `etag` and `size` are those of the table."""

    id: str
    key: str
    etag: str
    size: int
    part: str
    media: Media

    @classmethod
    def of(cls, project: str, table: "Listed", part: str, chars: int) -> Self:
        """Of a project; `chars` are the code points that labelers see."""
        media = Media(format=MediaFormat.ROW, chars=chars)
        return cls(ids.item_id(project, table.key, part), table.key, table.etag, table.size, part, media)

    def discovered(self, datastore: str, scan: int) -> DiscoveredItem:
        """As an event has it: nothing is left to be probed."""
        source = Source(datastore=datastore, key=self.key, part=self.part, etag=self.etag, size=self.size, scan=scan)
        return DiscoveredItem(id=self.id, source=source, media=self.media)


class Range(NamedTuple):
    """A run of accepted objects of a listing. The id follows from what it holds."""

    id: str
    items: list[Listed]

    @classmethod
    def of(cls, project: str, items: list[Listed]) -> Self:
        """Of a project."""
        digest = hashlib.blake2b(digest_size=16)
        for item in items:
            digest.update(f"{item.key}\0{item.etag}\0{item.size}\n".encode())
        return cls(f"{project}/{digest.hexdigest()}", items)


class Known(NamedTuple):
    """What was known of an object before this listing. `range_` is empty as long as it is in none."""

    etag: str
    state: ProbeState
    missing: bool
    range_: str


class Pending(NamedTuple):
    """An object to probe."""

    id: str
    key: str
    etag: str
    size: int


class Outcome(NamedTuple):
    """What a probe found: `media`, or the `reason` why there is none. `code` names a problem, if there is one."""

    object: Pending
    state: ProbeState
    media: Media | None = None
    reason: str = ""
    code: str = ""


class Found(NamedTuple):
    """An object as media needs it."""

    id: str
    project: str
    key: str
    etag: str
    size: int
    state: ProbeState
    reason: str
    media: Media | None
    part: str = ""
