"""The collection `imports`: one leased job document an import. A job is changed only together with the event of it."""

from services.contracts.imports import ENDED, ImportChanged, ImportFinished, ImportJob, ImportState
from services.contracts.topics import IMPORTS
from services.ingest.imports.models import OURS, Import
from services.kit import clock
from services.kit.jobs import DONE, JobLost, Jobs
from services.kit.outbox import Entry, Outbox
from services.kit.store import ASCENDING, Document, DuplicateKeyError, IndexModel, Session, Store

_CANCELED = "It was canceled."


class Imports:
    """Imports by id. What a worker has taken it changes by `held`, the document it got; that may raise JobLost."""

    def __init__(self, store: Store, outbox: Outbox, lease_ms: int) -> None:
        """In the database of ingest."""
        self._store, self._outbox = store, outbox
        self._imports = store["imports"]
        self._jobs = Jobs(self._imports, lease_ms)

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._jobs.prepare()
        await self._imports.create_indexes([IndexModel([("import.job.project", ASCENDING)])])

    async def add(self, job: ImportJob) -> None:
        """A requested import; one that is known stays as it is."""
        try:
            await self._imports.insert_one({"_id": job.id, **Jobs.fields(), **_fields(Import(job=job))})
        except DuplicateKeyError:
            return

    async def take(self) -> Document | None:
        """Lease the next import that nobody works on."""
        return await self._jobs.take()

    async def beat(self, held: Document) -> None:
        """Renew the lease."""
        await self._jobs.beat(held)

    async def put_off(self, held: Document, delay_ms: int, failures: int) -> None:
        """Give the import back for a while."""
        await self._jobs.postpone(held, delay_ms, {"import.failures": failures})

    async def tell(self, held: Document, changed: Import) -> None:
        """Store a new version and its event."""

        async def body(session: Session) -> None:
            await self._write(session, self._jobs.held(held), changed)

        await self._store.transact(body)
        if changed.job.state in OURS:
            await self._jobs.beat(held)

    async def cancel(self, import_id: str, why: str = _CANCELED) -> bool:
        """End an import that is still ours, and thereby stop whoever works on it. False if it is not canceled then."""

        async def body(session: Session) -> bool:
            document = await self._imports.find_one({"_id": import_id}, session=session)
            state = read(document).job.state if document else None
            if document is None or state not in OURS:
                return state is ImportState.CANCELED
            ended = read(document).with_job(state=ImportState.CANCELED, error=why, finished_at=clock.now())
            await self._write(session, {"_id": import_id}, ended)
            return True

        return await self._store.transact(body)

    async def open_of(self, project: str) -> list[str]:
        """Imports of a project that are still ours."""
        where = {"import.job.project": project, "import.job.state": {"$in": [state.value for state in OURS]}}
        return [document["_id"] async for document in self._imports.find(where, {"_id": 1})]

    async def purge(self, project: str) -> None:
        """Delete the imports of a project."""
        await self._imports.delete_many({"import.job.project": project})

    async def _write(self, session: Session, where: Document, changed: Import) -> None:
        job = changed.job
        over = {} if job.state in OURS else {"work": DONE, "lease": None}
        result = await self._imports.update_one(where, {"$set": _fields(changed) | over}, session=session)
        if not result.matched_count:
            raise JobLost(job.id)
        event = (ImportFinished if job.state in ENDED else ImportChanged)(job=job)
        await self._outbox.add(session, [Entry(IMPORTS, job.id, job.version, event, key=job.id)])


def read(document: Document) -> Import:
    """The import of its document."""
    return Import.model_validate(document["import"])


def _fields(changed: Import) -> Document:
    return {"import": changed.model_dump(mode="json", by_alias=False)}
