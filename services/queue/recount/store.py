"""Counts a project from its items. It must never share code with what counts changes: it finds its mistakes."""

from collections import Counter

from services.contracts.labels import ItemState
from services.kit.outbox import COLLECTION as OUTBOX
from services.kit.outbox import COUNTERS
from services.kit.store import Document, Session, Store
from services.queue.recount.models import INTAKE, Recount, flat, pending

_DONE = (ItemState.LABELED, ItemState.SKIPPED)


class Recounts:
    """Everything is read in one snapshot, with the outbox: so the comparison is exact while labels go on."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, session: Session, project: str) -> Recount:
        """Kept and counted, of one project."""
        counters, intake = await self._states(session, project)
        counters.update(await self._labels(session, project))
        counters.update(await self._regions(session, project))
        kept = await self._store[COUNTERS].find_one({"_id": project}, session=session) or {}
        kept_intake = await self._store["intake"].find_one({"_id": project}, session=session) or {}
        entries = self._store[OUTBOX].find({"counters_id": project}, {"counters": 1}, session=session)
        waiting = pending([entry async for entry in entries])
        kept_counters = flat(kept)
        kept_counters.update(waiting)
        return Recount(
            project, counters, intake, kept_counters, Counter({field: kept_intake.get(field, 0) for field in INTAKE})
        )

    async def repair(self, recount: Recount, session: Session) -> None:
        """Add to each count what it lacks: right too for what was counted since, by the relay or by labeling."""
        changes: dict[str, dict[str, int]] = {COUNTERS: {}, "intake": {}}
        for path, (kept, counted) in recount.drift().items():
            collection, _, field = path.partition(".")
            changes[collection][field] = counted - kept
        for collection, fields in changes.items():
            if fields:
                where = {"_id": recount.project}
                await self._store[collection].update_one(where, {"$inc": fields}, upsert=True, session=session)

    async def _states(self, session: Session, project: str) -> tuple[Counter[str], Counter[str]]:
        done = {"$in": ["$state", list(_DONE)]}
        group = {
            "state": "$state",
            "by": {"$cond": [done, "$label.by", None]},
            "unreadable": {"$gt": ["$unreadable", None]},
            "changed": {"$gt": ["$source_changed", None]},
        }
        pipeline: list[Document] = [{"$match": {"project": project}}, {"$group": {"_id": group, "items": {"$sum": 1}}}]
        counters: Counter[str] = Counter()
        intake: Counter[str] = Counter()
        async for found in self._store.aggregate("items", pipeline, session):
            _add(counters, intake, found["_id"], found["items"])
        return counters, intake

    async def _labels(self, session: Session, project: str) -> dict[str, int]:
        pipeline: list[Document] = [
            {"$match": {"project": project, "state": ItemState.LABELED}},
            {"$unwind": "$label.answers"},
            {"$unwind": "$label.answers.labels"},
            {
                "$group": {
                    "_id": {"set": "$label.answers.set", "label": "$label.answers.labels"},
                    "items": {"$sum": 1},
                }
            },
        ]
        found = self._store.aggregate("items", pipeline, session)
        return {f"labels.{bar['_id']['set']}.{bar['_id']['label']}": bar["items"] async for bar in found}

    async def _regions(self, session: Session, project: str) -> Counter[str]:
        """From what each label says of its regions: these may lie in object storage."""
        pipeline: list[Document] = [
            {"$match": {"project": project, "state": ItemState.LABELED, "label.applied": {"$exists": True}}},
            {"$unwind": "$label.applied"},
            {
                "$group": {
                    "_id": {"set": "$label.applied.set", "label": "$label.applied.label"},
                    "items": {"$sum": 1},
                    "regions": {"$sum": "$label.applied.regions"},
                }
            },
        ]
        result: Counter[str] = Counter()
        async for bar in self._store.aggregate("items", pipeline, session):
            path = f"{bar['_id']['set']}.{bar['_id']['label']}"
            result.update({f"labels.{path}": bar["items"], f"regions.{path}": bar["regions"]})
        return result


def _add(counters: Counter[str], intake: Counter[str], group: Document, items: int) -> None:
    state = group["state"]
    if state in _DONE:
        counters[state] += items
        counters[f"labelers.{group['by']}.{state}"] += items
    if state in (ItemState.MISSING, ItemState.NEEDS_REVIEW):
        counters[state] += items
    if state == ItemState.REMOVED:
        return
    if state == ItemState.DISCOVERED and group["unreadable"]:
        intake["unreadable"] += items
    else:
        intake["total"] += items
        intake["pending"] += items if state == ItemState.DISCOVERED else 0
    intake["changed"] += items if group["changed"] else 0
