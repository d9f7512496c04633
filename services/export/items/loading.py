"""Reads what a format needs of items, several at a time. Never holds more of them than memory allows."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

from services.contracts import rows
from services.contracts.projects import Project
from services.export.items.marks import Marks, in_document
from services.export.items.models import Loaded
from services.export.items.rows import Rows
from services.kit.annotations import LabeledItem
from services.kit.blobs import BlobMissing, BlobRefused
from services.kit.datastores import Datastores
from services.kit.regions import RegionObjects

_AT_ONCE: Final = 16
"""Items that something is read for."""
_TOGETHER: Final = 500
"""Items that nothing is read for."""
_WEIGHT: Final = 32_000_000
"""Bytes and pixels of the items of one window."""


class Needs(NamedTuple):
    """What is read beside the labels."""

    regions: bool
    text: bool
    cells: bool
    pixels: bool
    """Rasters are made of the regions."""
    images: bool


class Home(NamedTuple):
    """The default bucket, and the address of the storage that it is in."""

    bucket: str
    url: str


class Loader:
    """Items of one project. `close` it."""

    def __init__(self, datastores: Datastores, home: Home, project: Project, needs: Needs) -> None:
        """Items of `project`, of which `needs` says what is read."""
        table = project.source.table
        self._datastores, self._home, self._needs = datastores, home, needs
        self._shown = table.columns if table else []
        bucket = home.bucket
        self._marks = Marks(RegionObjects(datastores, bucket))
        self._rows = Rows(datastores, bucket, project.id)
        self._stores: dict[str, str] = {}

    def close(self) -> None:
        """Let go what was kept to read on."""
        self._rows.close()

    async def columns(self) -> list[str]:
        """Columns of the tables of the project."""
        return await self._rows.columns() if self._needs.cells else []

    def windows(self, items: Sequence[LabeledItem]) -> Iterator[list[LabeledItem]]:
        """Items in order, so many at once as memory allows."""
        window: list[LabeledItem] = []
        weight = at_once = 0
        for item in items:
            heavy = self._weight(item)
            if window and (weight + heavy > _WEIGHT or at_once >= _AT_ONCE or len(window) >= _TOGETHER):
                yield window
                window, weight, at_once = [], 0, 0
            window.append(item)
            weight, at_once = weight + heavy, at_once + bool(heavy)
        if window:
            yield window

    def _weight(self, item: LabeledItem) -> int:
        needs = self._needs
        weight = item.width * item.height if needs.pixels else 0
        if needs.images or self._is_read(item):
            weight += max(item.size, 1)
        return weight

    async def load(self, items: Sequence[LabeledItem]) -> list[Loaded | None]:
        """None for an item whose text is gone. Raises RegionsLost."""
        for store in {item.datastore for item in items} - self._stores.keys():
            self._stores[store] = await self._address(store)
        read = await asyncio.gather(*(self._load(item) for item in items if self._is_read(item)))
        loaded = iter(read)
        return [next(loaded) if self._is_read(item) else self._as_stored(item) for item in items]

    def _is_read(self, item: LabeledItem) -> bool:
        """Whether something of it lies in object storage."""
        needs = self._needs
        return needs.text or (needs.regions and item.regions_ref is not None) or (needs.cells and bool(item.part))

    def _as_stored(self, item: LabeledItem) -> Loaded:
        marks = in_document(item) if self._needs.regions else []
        return Loaded(item, marks, store=self._stores[item.datastore])

    async def _address(self, store: str) -> str:
        if await self._datastores.find(store):
            return (await self._datastores.absolute_url(store, "")).rstrip("/")
        return f"{self._home.url.rstrip('/')}/{quote(store)}"

    async def _load(self, item: LabeledItem) -> Loaded | None:
        marks = await self._marks.of(item) if self._needs.regions else []
        text, cells = "", {}
        try:
            if item.part and (self._needs.cells or self._needs.text):
                cells = await self._rows.of(item)
                text = rows.text(rows.shown(cells, self._shown))
            elif self._needs.text:
                text = (await self._datastores.get(item.datastore, item.key)).decode("utf-8-sig", "replace")
        except (BlobMissing, BlobRefused):
            return None
        return Loaded(item, marks, text, cells, self._stores[item.datastore])
