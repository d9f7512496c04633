"""Reading the `annotations` database, whose documents are a published contract, from other services. Never writes."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple

from services.contracts.exports import ExportFilter
from services.contracts.labels import ItemState
from services.kit.admission import Admission
from services.kit.settings import Settings
from services.kit.store import ASCENDING, DESCENDING, Document, Store

DATABASE: Final = "annotations"
PAGE: Final = 2_000
"""Items read at once. Regions may have 64 kB an item: who reads them asks for fewer."""
_FIELDS: Final = {
    "state": 1,
    "source.datastore": 1,
    "source.key": 1,
    "source.part": 1,
    "source.etag": 1,
    "source.size": 1,
    "media.width": 1,
    "media.height": 1,
    "media.format": 1,
    "media.orientation": 1,
    "label.answers": 1,
    "label.regions": 1,
    "label.regions_ref": 1,
    "label.approved": 1,
    "times.discovered": 1,
    "times.changed": 1,
}


class LabeledItem(NamedTuple):
    """A labeled item at a point in time. `labels` are ids, those of all sets; `discovered` is in epoch milliseconds.

    `regions` are as the store has them; where `regions_ref` stands, they lie in object storage instead. `part`, `etag`
    and `size` are those of its object; `orientation` is EXIF's, and `width` and `height` are those of the upright
    picture.
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
    part: str = ""
    etag: str = ""
    size: int = 0
    orientation: int = 1
    approved: bool = False


EVERYTHING: Final = Admission(ExportFilter())
"""Admits every label."""


class Page(NamedTuple):
    """Labeled items in the order of their ids. Going on behind `last` misses none and repeats none."""

    items: list[LabeledItem]
    last: str


class _Then(NamedTuple):
    """Labels of a project at a point in time."""

    project: str
    at_ms: int
    admission: Admission


class Annotations:
    """Items of projects and their labels, as of a time."""

    def __init__(self, settings: Settings) -> None:
        """Connects at the first call."""
        self._store = Store(settings, DATABASE)

    async def labeled(self, project: str, admission: Admission = EVERYTHING) -> int:
        """How many items of a project have such a label now."""
        where = {"project": project, "state": ItemState.LABELED.value, **admission.query()}
        return await self._store["items"].count_documents(where)

    async def labeled_as_of(
        self, project: str, at_ms: int, after: str = "", page: int = PAGE, admission: Admission = EVERYTHING
    ) -> AsyncGenerator[Page]:
        """Items of a project that had such a label at `at_ms`, behind item `after`. The next page is read ahead."""
        then = _Then(project, at_ms, admission)
        reading = asyncio.create_task(self._read(then, after or f"{project}/", page))
        try:
            while found := await reading:
                reading = asyncio.create_task(self._read(then, found[-1]["_id"], page))
                yield Page(await self._at(then, found), found[-1]["_id"])
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self, then: _Then, after: str, page: int) -> list[Document]:
        """Items that are labeled now, and those that have changed since: they may have been."""
        where = {
            "_id": {"$gt": after, "$lt": f"{then.project}0"},
            "$or": [
                {"state": ItemState.LABELED.value, **then.admission.query()},
                {"times.changed": {"$gt": then.at_ms}},
            ],
        }
        found = self._store["items"].find(where, _FIELDS).sort("_id", ASCENDING).limit(page).batch_size(page)
        return await found.to_list(None)

    async def _at(self, then: _Then, found: list[Document]) -> list[LabeledItem]:
        since = [item["_id"] for item in found if item["times"]["changed"] > then.at_ms]
        rows = await self._rows(then, since) if since else {}
        items = []
        for item in found:
            if item["times"]["changed"] <= then.at_ms:
                items.append(_labeled(item, item, item["label"]))
            elif (row := rows.get(item["_id"])) and row["state"] == ItemState.LABELED.value:
                label = {**row, **row.get("label", {})}
                if then.admission.admits(label):
                    items.append(_labeled(item, row, label))
        return items

    async def _rows(self, then: _Then, items: list[str]) -> dict[str, Document]:
        """The newest history row of each item that is not younger than the point in time."""
        where = {"project": then.project, "item": {"$in": items}, "at": {"$lte": then.at_ms}}
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
        source.get("part", ""),
        source.get("etag", ""),
        source.get("size", 0),
        media.get("orientation", 1),
        "approved" in label,
    )
