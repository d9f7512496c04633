"""Views of exports in the store. Version 1 is ours, with its event; all later ones come from export."""

from collections.abc import Sequence
from typing import Final

from services.contracts.exports import ExportJob, ExportRequested, JobState
from services.contracts.topics import EXPORTS
from services.gateway.views import put_all
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, IndexModel, Session, Store

_OPEN: Final = (JobState.REQUESTED.value, JobState.RUNNING.value)


class ExportsStore:
    """Collection `exports`."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        """Bind the collection."""
        self._exports = store["exports"]
        self._outbox = outbox

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._exports.create_indexes([IndexModel([("project", 1), ("requested_at", -1), ("_id", -1)])])

    async def insert(self, session: Session, job: ExportJob) -> None:
        """Add version 1 with its event."""
        await self._exports.insert_one(_document(job), session=session)
        await self._outbox.add(session, [Entry(EXPORTS, job.id, job.version, ExportRequested(export=job), job.id)])

    async def put(self, jobs: Sequence[ExportJob]) -> None:
        """Learn newer versions."""
        await put_all(self._exports, [(job.id, _document(job)) for job in jobs])

    async def get(self, export: str) -> ExportJob | None:
        """By id."""
        found = await self._exports.find_one({"_id": export})
        return None if found is None else _job(found)

    async def of_project(self, project: str, limit: int) -> list[ExportJob]:
        """Newest first."""
        cursor = self._exports.find({"project": project}).sort([("requested_at", -1), ("_id", -1)]).limit(limit)
        return [_job(found) async for found in cursor]

    async def any_open(self, project: str) -> bool:
        """Whether an export of the project is still worked on."""
        return await self._exports.find_one({"project": project, "state": {"$in": _OPEN}}, {"_id": 1}) is not None


def _document(job: ExportJob) -> Document:
    return {"_id": job.id, **job.model_dump(mode="json", exclude={"id"})}


def _job(found: Document) -> ExportJob:
    return ExportJob.model_validate({**found, "id": found["_id"]})
