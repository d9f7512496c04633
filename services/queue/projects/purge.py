"""Deletes what queue keeps of a deleted project and nulls its labels on the topic. Safe to run twice at once."""

from typing import Final

from services.contracts import topics
from services.kit.outbox import COLLECTION as OUTBOX
from services.kit.outbox import Entry, Outbox
from services.kit.regions import RegionObjects
from services.kit.store import Document, Session, Store
from services.queue import metrics
from services.queue.imports.store import Imports
from services.queue.projects.store import Projects

ITEMS_AT_ONCE: Final = 500
_ROWS_AT_ONCE: Final = 5_000


class Purge:
    """Imports, items, history, chunks, requests, regions, counters, in this order. `intake` remembers the end."""

    def __init__(
        self, store: Store, outbox: Outbox, projects: Projects, regions: RegionObjects, imports: Imports
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._projects = projects
        self._regions = regions
        self._imports = imports

    async def is_done(self, project: str) -> bool:
        """Whether nothing of the project is left here."""
        return await self._store["intake"].find_one({"_id": project, "purged": True}, {"_id": 1}) is not None

    async def step(self) -> bool:
        """Delete a batch of each project that is being deleted; True if there is more to do now."""
        more = False
        for project in await self._left():
            more |= await self._delete_batch(project)
        return more

    async def _left(self) -> list[str]:
        ended = await self._projects.ended()
        done = self._store["intake"].find({"_id": {"$in": ended}, "purged": True}, {"_id": 1})
        gone = {intake["_id"] async for intake in done}
        return [project for project in ended if project not in gone]

    async def _delete_batch(self, project: str) -> bool:
        for import_id in await self._imports.open_of(project):
            await self._imports.cancel(import_id, "The project was deleted.")
        deleted = await self._store.transact(lambda session: self._delete_items(session, project))
        metrics.PURGED.inc(deleted)
        if deleted:
            return True
        rows = (
            ("history", {"project": project}),
            ("chunks", _ids_of(project)),
            ("requests", _ids_of(project)),
            ("imports", {"import.job.project": project}),
        )
        for collection, query in rows:
            if await self._delete_rows(collection, query):
                return True
        if await self._regions.delete(project):
            return True
        if await self._store[OUTBOX].find_one({"_id": {"$gte": {"a": f"{project}/"}, "$lt": {"a": f"{project}0"}}}):
            # Entries that are not published yet still add to the counters.
            return False
        return not await self._store.transact(lambda session: self._close(session, project))

    async def _delete_items(self, session: Session, project: str) -> int:
        cursor = self._store["items"].find(_ids_of(project), {"version": 1}, session=session).limit(ITEMS_AT_ONCE)
        items = await cursor.to_list(None)
        if not items:
            return 0
        await self._outbox.add(session, [_tombstone(item) for item in items if item["version"]])
        await self._store["items"].delete_many({"_id": {"$in": [item["_id"] for item in items]}}, session=session)
        return len(items)

    async def _delete_rows(self, collection: str, query: Document) -> int:
        rows = await self._store[collection].find(query, {"_id": 1}).limit(_ROWS_AT_ONCE).to_list(None)
        if rows:
            await self._store[collection].delete_many({"_id": {"$in": [row["_id"] for row in rows]}})
        return len(rows)

    async def _close(self, session: Session, project: str) -> bool:
        """Write the document that a late chunk writes too: one of the two begins again and sees the other."""
        if await self._store["items"].find_one(_ids_of(project), {"_id": 1}, session=session):
            return False
        await self._store["counters"].delete_one({"_id": project}, session=session)
        await self._store["intake"].replace_one({"_id": project}, {"purged": True}, upsert=True, session=session)
        return True


def _ids_of(project: str) -> Document:
    """All ids that begin with the project and a slash; `0` is the character after it."""
    return {"_id": {"$gte": f"{project}/", "$lt": f"{project}0"}}


def _tombstone(item: Document) -> Entry:
    return Entry(topics.LABELS, aggregate=item["_id"], version=item["version"] + 1, event=None, key=item["_id"])
