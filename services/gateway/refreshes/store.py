"""Views of refreshes in the store. Version 1 is ours (of scan 1: ingest's), all later ones come from ingest."""

from collections.abc import Sequence

from services.contracts.refreshes import Refresh, RefreshRequested
from services.contracts.topics import REFRESHES
from services.gateway.views import put_all
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, IndexModel, Session, Store


class RefreshesStore:
    """Collection `refreshes`."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        """Bind the collection."""
        self._store = store
        self._refreshes = store["refreshes"]
        self._outbox = outbox

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._refreshes.create_indexes([IndexModel([("project", 1), ("scan", -1)])])

    async def insert(self, session: Session, refresh: Refresh) -> None:
        """Add version 1 with its event. Raises DuplicateKeyError when somebody else asked at the same moment."""
        await self._refreshes.insert_one(_document(refresh), session=session)
        event = RefreshRequested(refresh=refresh)
        await self._outbox.add(session, [Entry(REFRESHES, refresh.id, refresh.version, event, refresh.id)])

    async def put(self, refreshes: Sequence[Refresh]) -> None:
        """Learn newer versions."""
        await put_all(self._refreshes, [(refresh.id, _document(refresh)) for refresh in refreshes])

    async def newest(self, project: str, session: Session | None = None) -> Refresh | None:
        """The refresh with the highest scan."""
        found = await self._refreshes.find_one({"project": project}, sort=[("scan", -1)], session=session)
        return None if found is None else _refresh(found)

    async def newest_of(self, projects: Sequence[str]) -> dict[str, Refresh]:
        """The refresh with the highest scan of each project that has one."""
        newest: list[Document] = [
            {"$match": {"project": {"$in": list(projects)}}},
            {"$sort": {"project": 1, "scan": -1}},
            {"$group": {"_id": "$project", "newest": {"$first": "$$ROOT"}}},
        ]
        return {row["_id"]: _refresh(row["newest"]) async for row in self._store.aggregate("refreshes", newest)}

    async def last_ended(self, project: str) -> Refresh | None:
        """The newest one that is over."""
        over = {"project": project, "finished_at": {"$ne": None}}
        found = await self._refreshes.find_one(over, sort=[("scan", -1)])
        return None if found is None else _refresh(found)

    async def of_project(self, project: str, limit: int) -> list[Refresh]:
        """Newest first."""
        cursor = self._refreshes.find({"project": project}).sort([("scan", -1)]).limit(limit)
        return [_refresh(found) async for found in cursor]


def _document(refresh: Refresh) -> Document:
    return {"_id": refresh.id, **refresh.model_dump(mode="json", exclude={"id"})}


def _refresh(found: Document) -> Refresh:
    return Refresh.model_validate({**found, "id": found["_id"]})
