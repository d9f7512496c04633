"""Reading the `annotations` database, whose documents are a published contract, from other services. Never writes."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple

from services.contracts.labels import ItemState
from services.kit.settings import Settings
from services.kit.store import ASCENDING, DESCENDING, Document, Store

DATABASE: Final = "annotations"
PAGE: Final = 2_000
"""Items read at once. Regions may have 64 kB an item: who reads them asks for fewer."""
_FIELDS: Final = {
    "state": 1,
    "source.datastore": 1,
    "source.key": 1,
    "media.width": 1,
    "media.height": 1,
    "media.format": 1,
    "label.answers": 1,
    "label.regions": 1,
    "label.regions_ref": 1,
    "times.discovered": 1,
    "times.changed": 1,
}


class LabeledItem(NamedTuple):
    """A labeled item at a point in time. `labels` are ids, those of all sets; `discovered` is in epoch milliseconds.

    `regions` are as the store has them; where `regions_ref` stands, they lie in object storage instead.
    """

    item: str
    datastore: str
    key: str
    width: int
    height: int
    discovered: int
    labels: list[str]
    format: str
    regions: list[Document]
    regions_ref: Document | None


class Page(NamedTuple):
    """Labeled items in the order of their ids. Going on behind `last` misses none and repeats none."""

    items: list[LabeledItem]
    last: str


class Annotations:
    """Items of projects and their labels, as of a time."""

    def __init__(self, settings: Settings) -> None:
        """Connects at the first call."""
        self._store = Store(settings, DATABASE)

    async def labeled(self, project: str) -> int:
        """How many items of a project have a label now."""
        where = {"project": project, "state": ItemState.LABELED.value}
        return await self._store["items"].count_documents(where)

    async def labeled_as_of(self, project: str, at_ms: int, after: str = "", page: int = PAGE) -> AsyncGenerator[Page]:
        """Items of a project that had a label at `at_ms`, behind item `after`. The next page is read ahead."""
        reading = asyncio.create_task(self._read(project, at_ms, after or f"{project}/", page))
        try:
            while found := await reading:
                reading = asyncio.create_task(self._read(project, at_ms, found[-1]["_id"], page))
                yield Page(await self._at(project, found, at_ms), found[-1]["_id"])
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self, project: str, at_ms: int, after: str, page: int) -> list[Document]:
        """Items that are labeled now, and those that have changed since: they may have been."""
        where = {
            "_id": {"$gt": after, "$lt": f"{project}0"},
            "$or": [{"state": ItemState.LABELED.value}, {"times.changed": {"$gt": at_ms}}],
        }
        found = self._store["items"].find(where, _FIELDS).sort("_id", ASCENDING).limit(page).batch_size(page)
        return await found.to_list(None)

    async def _at(self, project: str, found: list[Document], at_ms: int) -> list[LabeledItem]:
        since = [item["_id"] for item in found if item["times"]["changed"] > at_ms]
        rows = await self._rows(project, since, at_ms) if since else {}
        items = []
        for item in found:
            if item["times"]["changed"] <= at_ms:
                items.append(_labeled(item, item, item["label"]))
            elif (row := rows.get(item["_id"])) and row["state"] == ItemState.LABELED.value:
                items.append(_labeled(item, row, row))
        return items

    async def _rows(self, project: str, items: list[str], at_ms: int) -> dict[str, Document]:
        """The newest history row of each item that is not younger than `at_ms`."""
        where = {"project": project, "item": {"$in": items}, "at": {"$lte": at_ms}}
        rows = self._store["history"].find(where).sort([("item", ASCENDING), ("version", DESCENDING)])
        newest: dict[str, Document] = {}
        async for row in rows:
            newest.setdefault(row["item"], row)
        return newest

    async def ping(self) -> None:
        """Raise if the database does not answer."""
        await self._store.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._store.close()


def _labeled(item: Document, then: Document, label: Document) -> LabeledItem:
    source, media = then["source"], then["media"]
    return LabeledItem(
        item["_id"],
        source["datastore"],
        source["key"],
        media["width"],
        media["height"],
        item["times"]["discovered"],
        [chosen for answer in label["answers"] for chosen in answer["labels"]],
        media["format"],
        label["regions"],
        label.get("regions_ref"),
    )
