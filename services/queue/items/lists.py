"""Lists of items. A request looks at a bounded number of them, so that a filter that fits few never takes long."""

from typing import Final

from services.contracts.items import Media, Source
from services.contracts.labels import Answer, ItemState
from services.contracts.queue_api import ItemList, ListedItem
from services.kit.store import Document, IndexModel, Store
from services.queue.items.walks import Walk, Wanted
from services.queue.projects.service import Gate

EXAMINED: Final = 1_000
"""Most items that a request looks at. Where its window ends is looked up again, which makes 2,000 keys."""
_OUT: Final = (
    ItemState.LABELED,
    ItemState.SKIPPED,
    ItemState.NEEDS_REVIEW,
    ItemState.REMOVED,
    ItemState.MISSING,
)
INDEXES = (
    # Items that left the queue, by id. Partial: the queue has an index of its own, and most items are in it.
    IndexModel(
        [("project", 1), ("state", 1), ("_id", 1)],
        name="listed",
        partialFilterExpression={"state": {"$in": [state.value for state in _OUT]}},
    ),
)
_SHOWN: Final = {"label.regions": 0, "label.effort": 0, "prelabel": 0, "lease": 0}


class Lists:
    """Items of a project, a page at a time."""

    def __init__(self, store: Store, gate: Gate) -> None:
        self._store, self._items, self._gate = store, store["items"], gate

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._items.create_indexes(list(INDEXES))

    async def page(self, wanted: Wanted, cursor: str, limit: int) -> ItemList:
        """Up to `limit` items behind `cursor`.

        It may be fewer, and yet a cursor to go on with: then a filter left much out.
        """
        await self._gate.known(wanted.project)
        walk = Walk.of(wanted)
        behind = walk.behind(cursor, wanted.project)
        found = await self._found(walk, behind, wanted.rest, limit)
        whole = len(found) == limit
        end = walk.cursor(found[-1]) if whole else await self._end(walk, behind) if wanted.rest else ""
        return ItemList(items=[_listed(item) for item in found], cursor=end)

    async def _found(self, walk: Walk, behind: Document, rest: Document, limit: int) -> list[Document]:
        window: list[Document] = [
            {"$match": behind},
            {"$sort": dict(walk.order)},
            {"$limit": EXAMINED if rest else limit},
        ]
        chosen: list[Document] = [{"$match": rest}, {"$limit": limit}] if rest else []
        return [item async for item in self._store.aggregate("items", [*window, *chosen, {"$project": _SHOWN}])]

    async def _end(self, walk: Walk, behind: Document) -> str:
        """Where the window of a request ended; empty at the end of the list."""
        fields = {name: 1 for name, _ in walk.order} | {"_id": 1}
        last = self._items.find(behind, fields).sort(walk.order).skip(EXAMINED - 1).limit(1)
        ends = [walk.cursor(item) async for item in last]
        return ends[0] if ends else ""


def _listed(item: Document) -> ListedItem:
    label, media = item.get("label") or {}, item.get("media")
    return ListedItem(
        id=item["_id"],
        version=item["version"],
        state=item["state"],
        source=Source.model_validate(item["source"]),
        media=Media.model_validate(media) if media else None,
        unreadable=item.get("unreadable", ""),
        source_changed=item.get("source_changed", False),
        answers=[Answer.model_validate(answer) for answer in label.get("answers", ())],
        region_count=sum(bar["regions"] for bar in label.get("applied", ())),
        skip_reason=label.get("skip_reason", ""),
        note=label.get("note", ""),
        labeler=label.get("by", ""),
        labeled_at=label.get("at", 0),
    )
