"""A lease: who holds an item, from which page, until when. Safety must never rest on the times."""

import zlib
from dataclasses import dataclass
from typing import Self

from services.contracts.items import Media, Source
from services.contracts.queue_api import LeasedItem
from services.kit.store import Document


@dataclass(frozen=True)
class Lease:
    """Times in epoch milliseconds. `since` is when the page was claimed, `beat` the last sign of life of `client`."""

    token: str
    holder: str
    client: str
    until: int
    beat: int
    since: int

    def document(self) -> Document:
        """The field `lease` of an item."""
        return dict(vars(self))


@dataclass(frozen=True)
class Held:
    """An item that somebody holds now."""

    item: str
    kind: int
    lease: Lease

    @classmethod
    def read(cls, item: Document) -> Self:
        """From a document of `items` with a lease."""
        return cls(item["_id"], item["kind"], Lease(**item["lease"]))


@dataclass(frozen=True)
class Lane:
    """Items of one kind and one priority, in order of their rank. A window of it is a page."""

    kind: int
    priority: int


def start_rank(user: str) -> float:
    """Where a person starts to look in a lane, in [0, 1): far from where others do."""
    return zlib.crc32(user.encode()) / 2**32


def in_page_order(items: list[Document], user: str) -> list[Document]:
    """Items of a page as the person meets them. The same items give the same order."""
    start = start_rank(user)
    return sorted(items, key=lambda item: (item["priority"], (item["rank"] - start) % 1.0, item["_id"]))


def leased_item(item: Document) -> LeasedItem:
    """An item as a page shows it."""
    media = item.get("media")
    return LeasedItem(
        id=item["_id"],
        version=item["version"],
        source=Source.model_validate(item["source"]),
        media=Media.model_validate(media) if media else None,
    )
