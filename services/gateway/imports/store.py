"""Views of imports in the store. Ours are version 1 and what follows `checked`, each with its event; the rest comes."""

from collections.abc import Sequence
from typing import Final

from services.contracts.imports import ENDED, ImportConfirmed, ImportEvent, ImportFinished, ImportJob, ImportRequested
from services.contracts.imports import ImportState as State
from services.contracts.topics import IMPORTS
from services.gateway.views import put_all
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, IndexModel, Session, Store

_EVENTS: Final[dict[State, type[ImportEvent]]] = {
    State.REQUESTED: ImportRequested,
    State.APPLYING: ImportConfirmed,
    State.CANCELED: ImportFinished,
}


class ImportsStore:
    """Collection `imports`."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        """Bind the collection."""
        self._imports = store["imports"]
        self._turns = store["import_turns"]
        self._outbox = outbox

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._imports.create_indexes([IndexModel([("project", 1), ("requested_at", -1), ("_id", -1)])])

    async def insert(self, session: Session, job: ImportJob) -> None:
        """Add version 1 with its event.

        Two transactions that each saw no open import write the same document here: one is repeated, and sees the other.
        Raises DuplicateKeyError if that was the very first turn of the project.
        """
        await self._turns.update_one({"_id": job.project}, {"$set": {"import": job.id}}, upsert=True, session=session)
        await self._imports.insert_one(_document(job), session=session)
        await self._tell(session, job)

    async def decide(self, session: Session, job: ImportJob) -> bool:
        """Write the version behind a checked one, with its event; False if somebody else has decided."""
        checked = {"_id": job.id, "version": job.version - 1, "state": State.CHECKED.value}
        written = await self._imports.replace_one(checked, _document(job), session=session)
        if written.matched_count:
            await self._tell(session, job)
        return bool(written.matched_count)

    async def put(self, jobs: Sequence[ImportJob]) -> None:
        """Learn newer versions."""
        await put_all(self._imports, [(job.id, _document(job)) for job in jobs])

    async def get(self, import_id: str) -> ImportJob | None:
        """By id."""
        found = await self._imports.find_one({"_id": import_id})
        return None if found is None else _job(found)

    async def of_project(self, project: str, limit: int) -> list[ImportJob]:
        """Newest first."""
        cursor = self._imports.find({"project": project}).sort([("requested_at", -1), ("_id", -1)]).limit(limit)
        return [_job(found) async for found in cursor]

    async def any_open(self, project: str, session: Session) -> str:
        """Id of an import of the project that has not ended; empty if there is none."""
        ended = [state.value for state in ENDED]
        found = await self._imports.find_one(
            {"project": project, "state": {"$nin": ended}}, {"_id": 1}, session=session
        )
        return str(found["_id"]) if found else ""

    async def _tell(self, session: Session, job: ImportJob) -> None:
        await self._outbox.add(session, [Entry(IMPORTS, job.id, job.version, _EVENTS[job.state](job=job), job.id)])


def _document(job: ImportJob) -> Document:
    return {"_id": job.id, **job.model_dump(mode="json", exclude={"id"})}


def _job(found: Document) -> ImportJob:
    return ImportJob.model_validate({**found, "id": found["_id"]})
