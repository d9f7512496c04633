"""Reading the `annotations` database, whose documents are a published contract, from other services than its owner. Never writes."""

from collections.abc import AsyncIterator
from typing import Any, Final

from services.contracts.items import Media, Source
from services.contracts.labels import Answer, Effort, ItemLabel, ItemState, Region
from services.kit import clock
from services.kit.settings import Settings
from services.kit.store import ASCENDING, DESCENDING, Document, Store

DATABASE: Final = "annotations"
_PAGE: Final = 2_000
_BEFORE_LABELS: Final = {ItemState.DISCOVERED.value}


class Annotations:
    """Items of projects and their label state, now or as of a time."""

    def __init__(self, settings: Settings) -> None:
        """Connects at the first call."""
        self._store = Store(settings, DATABASE)

    async def as_of(self, project: str, at_ms: int) -> AsyncIterator[ItemLabel]:
        """The state of every item of a project at `at_ms`, in the order of item ids. Items found later or not probed by then are left out."""
        after = f"{project}/"
        while page := await self._page(project, after):
            after = page[-1]["_id"]
            changed = [item["_id"] for item in page if item["times"]["changed"] > at_ms]
            earlier = await self._earlier(project, changed, at_ms) if changed else {}
            for item in page:
                label = earlier.get(item["_id"]) if item["times"]["changed"] > at_ms else item_label(item)
                if label is None and item["times"]["discovered"] <= at_ms:
                    label = _unlabeled(item)
                if label is not None:
                    yield label

    async def _page(self, project: str, after: str) -> list[Document]:
        found = self._store["items"].find({"_id": {"$gt": after, "$lt": f"{project}0"}}).sort("_id", ASCENDING).limit(_PAGE)
        return await found.to_list(None)

    async def _earlier(self, project: str, items: list[str], at_ms: int) -> dict[str, ItemLabel]:
        wanted = {"project": project, "item": {"$in": items}, "at": {"$lte": at_ms}}
        rows = self._store["history"].find(wanted).sort([("item", ASCENDING), ("version", DESCENDING)])
        newest: dict[str, ItemLabel] = {}
        async for row in rows:
            if row["item"] not in newest:
                newest[row["item"]] = ItemLabel.model_validate(row)
        return newest

    async def ping(self) -> None:
        """Raise if the database does not answer."""
        await self._store.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._store.close()


def item_label(item: Document) -> ItemLabel | None:
    """The label state that an item document holds; None for one that is not probed yet."""
    if item["state"] in _BEFORE_LABELS:
        return None
    label: dict[str, Any] = item.get("label") or {}
    return ItemLabel(
        item=item["_id"],
        project=item["project"],
        version=item["version"],
        state=ItemState(item["state"]),
        project_version=label.get("project_version", 0),
        source=Source.model_validate(item["source"]),
        media=Media.model_validate(item["media"]) if item.get("media") else None,
        answers=[Answer.model_validate(answer) for answer in label.get("answers", [])],
        regions=[Region.model_validate(region) for region in label.get("regions", [])],
        by=label.get("by", ""),
        effort=Effort.model_validate(label["effort"]) if label.get("effort") else None,
        skip_reason=label.get("skip_reason", ""),
        note=label.get("note", ""),
        source_changed=item.get("source_changed", False),
        changed_at=clock.from_ms(item["times"]["changed"]),
    )


def _unlabeled(item: Document) -> ItemLabel | None:
    """An item that was there at the time but had no label state yet: as it was queued."""
    bare = {**item, "label": None, "state": ItemState.QUEUED.value, "version": 0, "times": {**item["times"], "changed": item["times"]["discovered"]}}
    return item_label(bare) if item.get("media") else None
