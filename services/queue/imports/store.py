"""The collection `imports`: one leased job document an import, first to be counted and, agreed to, to be written.

How far it is changes only with the items written.
"""

from collections.abc import Awaitable, Callable

from services.contracts.imports import ENDED, ImportChanged, ImportFinished, ImportJob, ImportState
from services.contracts.topics import IMPORTS
from services.kit import clock
from services.kit.jobs import DONE, JobLost, Jobs
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, DuplicateKeyError, IndexModel, Session, Store
from services.queue.imports.models import Import

LEASE_MS = 30_000
_TELL_EVERY_MS = 1_000
_OURS = (ImportState.COUNTING, ImportState.APPLYING)
_RESTING = (*ENDED, ImportState.CHECKED)
"""States in which nobody works on it."""
INDEXES = (
    # Imports of a deleted project.
    IndexModel([("import.job.project", 1)], name="project"),
)


class Imports:
    """Imports by id. What a worker has taken it changes by `held`, the document it got; that may raise JobLost."""

    def __init__(self, store: Store, outbox: Outbox, lease_ms: int = LEASE_MS) -> None:
        self._store, self._outbox = store, outbox
        self._imports = store["imports"]
        self._jobs = Jobs(self._imports, lease_ms)

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._jobs.prepare()
        await self._imports.create_indexes(list(INDEXES))

    async def add(self, job: ImportJob) -> None:
        """An import to be counted, or one that was agreed to. One that is known stays, unless it was only counted."""
        fresh = {"applied": 0, "already_labeled": 0, "kept": 0}
        fields = {**Jobs.fields(), **_fields(Import(job=job.model_copy(update=fresh)))}
        try:
            await self._imports.insert_one({"_id": job.id, **fields})
        except DuplicateKeyError:
            counted = {"import.job.state": ImportState.CHECKED.value, "import.job.version": {"$lt": job.version}}
            await self._imports.update_one({"_id": job.id, **counted}, {"$set": fields})

    async def take(self) -> Document | None:
        """Lease the next import that nobody works on."""
        return await self._jobs.take()

    async def put_off(self, held: Document, delay_ms: int, failures: int) -> None:
        """Give the import back for a while."""
        await self._jobs.postpone(held, delay_ms, {"import.failures": failures})

    async def advance(self, held: Document, write: Callable[[Session, Import], Awaitable[Import]]) -> Import:
        """Change an import together with what `write` does, in one transaction; once a second it is told."""

        async def body(session: Session) -> Import:
            document = await self._imports.find_one(self._jobs.held(held), session=session)
            if document is None:
                raise JobLost(str(held["_id"]))
            changed = await write(session, read(document))
            return await self._keep(session, changed)

        changed = await self._store.transact(body)
        if changed.job.state not in _RESTING:
            await self._jobs.beat(held)
        return changed

    async def cancel(self, import_id: str, why: str) -> bool:
        """End an import, and thereby stop whoever works on it. False if it has ended otherwise or is not here."""

        async def body(session: Session) -> bool:
            document = await self._imports.find_one({"_id": import_id}, session=session)
            state = read(document).job.state if document else None
            if document is None or state not in _OURS:
                return state is ImportState.CANCELED
            job = {"state": ImportState.CANCELED, "error": why, "finished_at": clock.now()}
            await self._keep(session, _with(read(document), job))
            return True

        return await self._store.transact(body)

    async def open_of(self, project: str) -> list[str]:
        """Imports of a project that have not ended."""
        where = {"import.job.project": project, "import.job.state": {"$in": [state.value for state in _OURS]}}
        return [document["_id"] async for document in self._imports.find(where, {"_id": 1})]

    async def _keep(self, session: Session, changed: Import) -> Import:
        now, over = clock.now_ms(), changed.job.state in _RESTING
        if over or now - changed.told >= _TELL_EVERY_MS:
            changed = changed.with_job().model_copy(update={"told": now})
            event = (ImportFinished if changed.job.state in ENDED else ImportChanged)(job=changed.job)
            entry = Entry(IMPORTS, changed.job.id, changed.job.version, event, key=changed.job.id)
            await self._outbox.add(session, [entry])
        ended = {"work": DONE, "lease": None} if over else {}
        await self._imports.update_one({"_id": changed.job.id}, {"$set": _fields(changed) | ended}, session=session)
        return changed


def read(document: Document) -> Import:
    """The import of its document."""
    return Import.model_validate(document["import"])


def _with(found: Import, changes: Document) -> Import:
    return found.model_copy(update={"job": found.job.model_copy(update=changes)})


def _fields(changed: Import) -> Document:
    return {"import": changed.model_dump(mode="json", by_alias=False)}
