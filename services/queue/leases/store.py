"""Leases in the collection `items`. Each write carries its guard, so that whoever comes second changes nothing."""

from collections.abc import Sequence

from services.contracts.labels import ItemState
from services.contracts.queue_api import HeartbeatRequest, ReleaseRequest
from services.kit.store import Document, IndexModel, Store
from services.queue.leases.models import Held, Lane, Lease

INDEXES = (
    # The queue itself: equality on the first four fields, then a window of rank is a page. Also counts a project by
    # state.
    IndexModel([("project", 1), ("state", 1), ("kind", 1), ("priority", 1), ("rank", 1)], name="queue"),
    # Read back, heartbeat and release by token. Partial: only items that have a lease, held or expired.
    IndexModel([("lease.token", 1)], name="token", partialFilterExpression={"lease.token": {"$exists": True}}),
    # What a person holds in a project, from any client: pages come back after a reload.
    IndexModel(
        [("lease.holder", 1), ("project", 1)], name="holder", partialFilterExpression={"state": ItemState.LEASED.value}
    ),
    # Which leases ended.
    IndexModel([("lease.until", 1)], name="until", partialFilterExpression={"state": ItemState.LEASED.value}),
)

_SHOWN = {"source": 1, "media": 1, "version": 1, "kind": 1, "priority": 1, "rank": 1, "lease": 1, "prelabel": 1}
_HELD_MOST = 200
_IN_HAND = {"$in": [ItemState.LEASED, ItemState.QUEUED]}
"""States in which a token still counts: an expired lease keeps it until somebody else claims the item."""


class LeaseStore:
    """Reads and guarded writes of leases."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._items = store["items"]

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._items.create_indexes(list(INDEXES))

    async def held(self, project: str, user: str) -> list[Held]:
        """What a person holds in a project now, oldest page first."""
        query = {"state": ItemState.LEASED, "lease.holder": user, "project": project}
        found = await self._items.find(query, {"kind": 1, "lease": 1}).limit(_HELD_MOST).to_list(None)
        return sorted((Held.read(item) for item in found), key=lambda held: (held.lease.since, held.item))

    async def next_lane(self, project: str, kind: int | None, after: Lane | None) -> Lane | None:
        """The first lane with items in it that comes after `after`; of `kind` only, if one is named."""
        queued: Document = {"project": project, "state": ItemState.QUEUED}
        if after is not None:
            lane = await self._lane({**queued, "kind": after.kind, "priority": {"$gt": after.priority}})
            if lane is not None or kind is not None:
                return lane
            return await self._lane({**queued, "kind": {"$gt": after.kind}})
        return await self._lane(queued if kind is None else {**queued, "kind": kind})

    async def _lane(self, query: Document) -> Lane | None:
        order = [("kind", 1), ("priority", 1)]
        found = await self._items.find_one(query, {"_id": 0, "kind": 1, "priority": 1}, sort=order)
        return Lane(found["kind"], found["priority"]) if found else None

    async def window(self, project: str, lane: Lane | None, start: float, number: int) -> list[Document]:
        """Up to `number` queued items of a lane, from rank `start` on and then from 0. Empty: the lane is."""
        if lane is None:
            return []
        query = {"project": project, "state": ItemState.QUEUED, "kind": lane.kind, "priority": lane.priority}
        found: list[Document] = []
        for ranks in ({"$gte": start}, {"$lt": start}):
            cursor = self._items.find({**query, "rank": ranks}, _SHOWN).sort("rank", 1).limit(number - len(found))
            found += await cursor.to_list(None)
            if len(found) == number:
                break
        return found

    async def take(self, items: Sequence[str], lease: Lease, kind: int) -> int:
        """Claim those of `items` that are still queued. Answers how many; after an outage perhaps too few."""
        free = {"_id": {"$in": list(items)}, "state": ItemState.QUEUED, "kind": kind}
        return await self._write(free, {"$set": {"state": ItemState.LEASED, "lease": lease.document()}})

    async def take_over(self, held: Sequence[Held], lease: Lease, dead_before: int, gone: Sequence[str] = ()) -> None:
        """Bind items of the same person to a new page: from this client, or from one closed or silent for long."""
        old = {
            "_id": {"$in": [one.item for one in held]},
            "state": ItemState.LEASED,
            "lease.token": {"$in": sorted({one.lease.token for one in held})},
            "lease.holder": lease.holder,
            "$or": [{"lease.client": {"$in": [lease.client, *gone]}}, {"lease.beat": {"$lt": dead_before}}],
        }
        await self._write(old, {"$set": {"lease": lease.document()}})

    async def page(self, project: str, lease: Lease) -> list[Document]:
        """The items that a page holds."""
        query = {
            "lease.token": lease.token,
            "lease.holder": lease.holder,
            "lease.client": lease.client,
            "project": project,
            "state": ItemState.LEASED,
        }
        return await self._items.find(query, _SHOWN).to_list(None)

    async def named(self, project: str, items: Sequence[str]) -> list[Document]:
        """Items of a project by id, whatever their state."""
        query = {"_id": {"$in": list(items)}, "project": project}
        return await self._items.find(query, {**_SHOWN, "state": 1}).to_list(None)

    async def beat(self, request: HeartbeatRequest, until: int, now: int, since: int) -> None:
        """Extend pages that were claimed at `since` or later. An expired one that nobody claimed is held again."""
        query = _of_client(request) | {"state": _IN_HAND, "lease.since": {"$gte": since}}
        change = {"state": ItemState.LEASED, "lease.until": until, "lease.beat": now}
        await self._write(query, {"$set": change})

    async def alive(self, request: HeartbeatRequest) -> dict[str, int]:
        """Token to the time until which its items are held; without tokens that hold nothing."""
        query = _of_client(request) | {"state": ItemState.LEASED}
        found = await self._items.find(query, {"_id": 0, "lease.token": 1, "lease.until": 1}).to_list(None)
        return {item["lease"]["token"]: item["lease"]["until"] for item in found}

    async def release(self, request: ReleaseRequest) -> int:
        """Give items back and forget who had them. Answers how many."""
        query: Document = {
            "lease.token": {"$in": list(request.tokens)},
            "lease.holder": request.user,
            "project": request.project,
            "state": _IN_HAND,
        }
        if request.items is not None:
            query["_id"] = {"$in": request.items}
        return await self._free(query)

    async def let_go(self, items: Sequence[str], lease: Lease) -> int:
        """Give back items that a page got beyond its size."""
        query = {"_id": {"$in": list(items)}, "lease.token": lease.token, "lease.holder": lease.holder}
        return await self._free({**query, "state": _IN_HAND})

    async def _free(self, query: Document) -> int:
        return await self._write(query, {"$set": {"state": ItemState.QUEUED}, "$unset": {"lease": ""}})

    async def expire(self, now: int) -> int:
        """Put items back whose lease ended. The token stays: a late submit still saves if nobody claimed since."""
        return await self._requeue({"state": ItemState.LEASED, "lease.until": {"$lt": now}})

    async def pause(self, projects: Sequence[str]) -> int:
        """Put all held items of projects back; the tokens stay."""
        return await self._requeue({"project": {"$in": list(projects)}, "state": ItemState.LEASED})

    async def _requeue(self, query: Document) -> int:
        return await self._write(query, {"$set": {"state": ItemState.QUEUED}})

    async def _write(self, query: Document, change: Document) -> int:
        """Of several documents, so the driver does not repeat it on a failover; its guard makes repeating safe."""
        result = await self._store.repeat(lambda: self._items.update_many(query, change))
        return int(result.modified_count)


def _of_client(request: HeartbeatRequest) -> Document:
    return {
        "lease.token": {"$in": list(request.tokens)},
        "lease.holder": request.user,
        "lease.client": request.client,
        "project": request.project,
    }
