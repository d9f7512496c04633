"""The collection `exports`: one leased job document an export. A job is changed only together with the event of it."""

from services.contracts.exports import ExportChanged, ExportFinished, ExportJob
from services.contracts.topics import EXPORTS
from services.export.exports.models import ENDINGS, Export
from services.export.files.models import Checkpoint
from services.kit.jobs import DONE, JobLost, Jobs
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, DuplicateKeyError, Session, Store


class Exports:
    """Exports by id. What a worker has taken it changes by `held`, the document it got; that may raise JobLost."""

    def __init__(self, store: Store, outbox: Outbox, lease_ms: int) -> None:
        """In the database of export."""
        self._store, self._outbox = store, outbox
        self._exports = store["exports"]
        self._jobs = Jobs(self._exports, lease_ms)

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._jobs.prepare()

    async def add(self, job: ExportJob) -> None:
        """A requested export; one that is known stays as it is."""
        try:
            await self._exports.insert_one({"_id": job.id, **Jobs.fields(), **_fields(Export(job=job))})
        except DuplicateKeyError:
            return

    async def find(self, export: str) -> Export | None:
        """One export."""
        found = await self._exports.find_one({"_id": export})
        return None if found is None else read(found)

    async def take(self) -> Document | None:
        """Lease the next export that nobody works on."""
        return await self._jobs.take()

    async def keep(self, held: Document, checkpoint: Checkpoint) -> None:
        """Store how far the file is."""
        await self._jobs.beat(held, {"export.checkpoint": checkpoint.model_dump(mode="json")})

    async def put_off(self, held: Document, delay_ms: int, failures: int) -> None:
        """Give the export back for a while."""
        await self._jobs.postpone(held, delay_ms, {"export.failures": failures})

    async def tell(self, held: Document, export: Export) -> None:
        """Store a new version and its event."""
        ended = export.job.state in ENDINGS
        event = (ExportFinished if ended else ExportChanged)(export=export.job)
        fields = _fields(export) | ({"work": DONE, "lease": None} if ended else {})

        async def body(session: Session) -> None:
            result = await self._exports.update_one(self._jobs.held(held), {"$set": fields}, session=session)
            if not result.matched_count:
                raise JobLost(export.job.id)
            await self._outbox.add(
                session, [Entry(EXPORTS, export.job.id, export.job.version, event, key=export.job.id)]
            )

        await self._store.transact(body)
        if not ended:
            await self._jobs.beat(held)


def read(document: Document) -> Export:
    """The export of its document."""
    return Export.model_validate(document["export"])


def _fields(export: Export) -> Document:
    return {"export": export.model_dump(mode="json")}
