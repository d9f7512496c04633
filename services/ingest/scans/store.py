"""The collection `scans`: one job document a scan. A scan is changed only together with the events that tell of it."""

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from services.ingest.scans.models import Scan, Stage
from services.kit.jobs import DONE, JobLost, Jobs
from services.kit.outbox import Entry, Outbox
from services.kit.store import ASCENDING, Document, DuplicateKeyError, IndexModel, Session, Store

Change = Callable[[Session, Scan], Awaitable[tuple[Scan, Sequence[Entry]]]]
"""From a scan as stored to the scan as it shall be, with the events that go with it. May run several times."""


class Scans:
    """Scans by refresh id. Listing is leased by `jobs`; probing is shared and meets in the document of the scan."""

    def __init__(self, store: Store, outbox: Outbox, lease_ms: int) -> None:
        """In the database of ingest. Listing is leased for `lease_ms`."""
        self._store, self._outbox = store, outbox
        self._scans = store["scans"]
        self.jobs = Jobs(self._scans, lease_ms)

    async def prepare(self) -> None:
        """Make the indexes."""
        await self.jobs.prepare()
        await self._scans.create_indexes(
            [
                IndexModel([("project", ASCENDING), ("number", ASCENDING)]),
                IndexModel([("stage", ASCENDING)]),
            ]
        )

    async def add(self, scan: Scan, session: Session | None = None) -> bool:
        """A requested scan; False if it is there already. In a transaction the caller has looked before."""
        try:
            await self._scans.insert_one(_document(scan), session=session)
        except DuplicateKeyError:
            return False
        return True

    async def has_any(self, session: Session, project: str) -> bool:
        """Whether the project was ever scanned."""
        return await self._scans.find_one({"project": project}, {"_id": 1}, session=session) is not None

    async def earlier_open(self, scan: Scan) -> bool:
        """Whether a scan of the project with a lower number is not over. Only one runs at a time."""
        where = {"project": scan.project, "number": {"$lt": scan.number}, "stage": {"$ne": Stage.OVER.value}}
        return await self._scans.find_one(where, {"_id": 1}) is not None

    async def any_open(self, project: str) -> bool:
        """Whether the project is being scanned or probed."""
        where = {"project": project, "stage": {"$ne": Stage.OVER.value}}
        return await self._scans.find_one(where, {"_id": 1}) is not None

    async def find(self, scan: str) -> Scan | None:
        """One scan."""
        document = await self._scans.find_one({"_id": scan})
        return None if document is None else read(document)

    async def probing(self) -> list[Scan]:
        """Scans whose files are being probed, oldest first."""
        cursor = self._scans.find({"stage": Stage.PROBING.value}).sort("_id", ASCENDING)
        return [read(document) async for document in cursor]

    async def change_held(self, job: Document, change: Change) -> Scan:
        """Change a scan that this worker has leased. Raises JobLost."""
        return await self._change(self.jobs.held(job), change)

    async def hand_over(self, job: Document, stage: Stage) -> None:
        """Let the worker of another stage go on with a scan that this worker has leased. Raises JobLost."""

        async def change(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            return scan.moved(stage=stage, after=""), []

        await self.change_held(job, change)
        await self.jobs.postpone(job, 0)

    async def change_probing(self, scan: str, change: Change) -> Scan:
        """Change a scan in its probing stage. Raises JobLost when it is over."""
        return await self._change({"_id": scan, "stage": Stage.PROBING.value}, change)

    async def _change(self, where: Document, change: Change) -> Scan:
        async def body(session: Session) -> Scan:
            document = await self._scans.find_one(where, session=session)
            if document is None:
                raise JobLost(str(where["_id"]))
            scan, entries = await change(session, read(document))
            await self._scans.update_one({"_id": scan.id}, {"$set": _fields(scan)}, session=session)
            await self._outbox.add(session, entries)
            return scan

        return await self._store.transact(body)

    async def cancel(self, project: str, change: Change) -> bool:
        """End one open scan of a deleted project, and thereby stop whoever works on it. False if none is open."""
        open_ = {"project": project, "stage": {"$ne": Stage.OVER.value}}
        found = await self._scans.find_one(open_, {"_id": 1})
        if found is None:
            return False
        with contextlib.suppress(JobLost):  # it ended by itself meanwhile
            await self._change({"_id": found["_id"], **open_}, change)
        return True

    async def purge(self, project: str) -> None:
        """Delete the scans of a project."""
        await self._scans.delete_many({"project": project})


def read(document: Document) -> Scan:
    """The scan of its document."""
    return Scan.model_validate(document["scan"])


def _document(scan: Scan) -> Document:
    return {"_id": scan.id, "project": scan.project, "number": scan.number, **Jobs.fields(), **_fields(scan)}


def _fields(scan: Scan) -> dict[str, Any]:
    """What is stored of a scan; the job of one that is listed or over is done."""
    fields: dict[str, Any] = {"stage": scan.stage.value, "scan": scan.model_dump(mode="json", by_alias=False)}
    if scan.stage in (Stage.PROBING, Stage.OVER):
        fields |= {"work": DONE, "lease": None}
    return fields
