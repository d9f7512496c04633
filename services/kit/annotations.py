"""Reading the `annotations` database, whose documents are a published contract, from other services. Never writes."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
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
_JUDGED: Final = {**_FIELDS, "label.applied": 1, "label.by": 1, "label.at": 1}
"""With what an admission looks at."""


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


_REASONS: Final = {
    ItemState.SKIPPED: "skipped",
    ItemState.REMOVED: "removed",
    ItemState.MISSING: "missing",
    ItemState.NEEDS_REVIEW: "needs_review",
    ItemState.LABELED: "filter",
}


class Gone(NamedTuple):
    """An item whose label was admitted earlier and is no more.

    `reason`: its state, `filter` for a label that is admitted no longer, `unlabeled` where it waits for a new one.
    """

    item: str
    datastore: str
    key: str
    part: str
    reason: str


class Page(NamedTuple):
    """Labeled items, and those that are gone, in the order of their ids.

    Going on behind `last` misses none and repeats none.
    """

    items: list[LabeledItem]
    gone: list[Gone]
    last: str


class Then(NamedTuple):
    """Labels of a project at a point in time: all, or what has changed after `since_ms`.

    A label has the time at which it was asked for and is seen a moment later, when its transaction ends. What was asked
    for in the `overlap_ms` before `since_ms` may not have been seen then, so it belongs to what has changed.
    """

    project: str
    at_ms: int
    admission: Admission = EVERYTHING
    since_ms: int = 0
    overlap_ms: int = 0

    @property
    def after_ms(self) -> int:
        """What has changed later has changed since."""
        return max(self.since_ms - self.overlap_ms, 0)


class Annotations:
    """Items of projects and their labels, as of a time."""

    def __init__(self, settings: Settings) -> None:
        """Connects at the first call."""
        self._store = Store(settings, DATABASE)

    async def labeled(self, then: Then) -> int:
        """About how many there are: as many as have such a label now."""
        where = {"project": then.project, "state": ItemState.LABELED.value, **then.admission.query()}
        if then.since_ms:
            where["times.changed"] = {"$gt": then.after_ms}
        return await self._store["items"].count_documents(where)

    async def labeled_as_of(self, then: Then, after: str = "", page: int = PAGE) -> AsyncGenerator[Page]:
        """Items that had such a label, behind item `after`. The next page is read ahead."""
        reading = asyncio.create_task(self._read(then, after or f"{then.project}/", page))
        try:
            while found := await reading:
                reading = asyncio.create_task(self._read(then, found[-1]["_id"], page))
                yield await self._at(then, found)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self, then: Then, after: str, page: int) -> list[Document]:
        """Items that are labeled now, and those that have changed since: they may have been."""
        fields = _FIELDS
        where: Document = {"_id": {"$gt": after, "$lt": f"{then.project}0"}}
        if then.since_ms:
            where["times.changed"], fields = {"$gt": then.after_ms}, _JUDGED
        else:
            labeled = {"state": ItemState.LABELED.value, **then.admission.query()}
            where["$or"] = [labeled, {"times.changed": {"$gt": then.at_ms}}]
        found = self._store["items"].find(where, fields).sort("_id", ASCENDING).limit(page).batch_size(page)
        return await found.to_list(None)

    async def _at(self, then: Then, found: list[Document]) -> Page:
        late = [item["_id"] for item in found if item["times"]["changed"] > then.at_ms]
        rows = await self._rows(then.project, then.at_ms, late) if late else {}
        items, others = [], {}
        for item in found:
            own = item["times"]["changed"] <= then.at_ms
            state = item if own else rows.get(item["_id"])
            if state is None or (not own and state["at"] <= then.after_ms):
                continue  # it had no label yet, or the one that it had before
            is_judged = own and not then.since_ms  # by the query
            if label := state["label"] if is_judged else _admitted(state, then.admission, own=own):
                items.append(_labeled(item, state, label))
            elif then.since_ms:
                others[item["_id"]] = state
        return Page(items, await self._gone(then, others) if others else [], found[-1]["_id"])

    async def _gone(self, then: Then, others: Mapping[str, Document]) -> list[Gone]:
        """Those of items that had, or may have had, such a label at the earlier point in time."""
        had: set[str] = set()
        certain: set[str] = set()
        async for row in self._history(then.project, then.since_ms, [*others]):
            if row["item"] in certain:
                continue
            if row["at"] <= then.after_ms:
                certain.add(row["item"])
            if _admitted(row, then.admission, own=False):
                had.add(row["item"])
        return [_gone(id_, state) for id_, state in others.items() if id_ in had]

    async def _rows(self, project: str, at_ms: int, items: list[str]) -> dict[str, Document]:
        """The newest history row of each item that is not younger than `at_ms`."""
        newest: dict[str, Document] = {}
        async for row in self._history(project, at_ms, items):
            newest.setdefault(row["item"], row)
        return newest

    async def _history(self, project: str, at_ms: int, items: list[str]) -> AsyncGenerator[Document]:
        """History rows of items that are not younger than `at_ms`; of each item the newest first."""
        where = {"project": project, "item": {"$in": items}, "at": {"$lte": at_ms}}
        rows = self._store["history"].find(where).sort([("item", ASCENDING), ("version", DESCENDING)])
        async for row in rows:
            yield row

    async def ping(self) -> None:
        """Raise if the database does not answer."""
        await self._store.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._store.close()


def _admitted(state: Document, admission: Admission, *, own: bool) -> Document | None:
    """The label of an item (`own`) or of a row of history, if it has one that is admitted."""
    if state["state"] != ItemState.LABELED.value:
        return None
    label: Document = state["label"] if own else {**state, **state.get("label", {})}
    return label if admission.admits(label) else None


def _gone(item: str, state: Document) -> Gone:
    source = state["source"]
    reason = _REASONS.get(ItemState(state["state"]), "unlabeled")
    return Gone(item, source["datastore"], source["key"], source.get("part", ""), reason)


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
