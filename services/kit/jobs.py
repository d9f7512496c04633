"""Long work as documents: a worker leases a job, beats, finishes it. A dead worker's job is taken over."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from services.kit.store import ASCENDING, Collection, Document, IndexModel, ReturnDocument

LEASE_MS: Final = 60_000
WAITING: Final = "waiting"
RUNNING: Final = "running"
DONE: Final = "done"
_FIRST_PAUSE_MS: Final = 250
_LONGEST_PAUSE_MS: Final = 15_000


def pause_ms(tries: int) -> int:
    """How long a job that failed waits for its next try, in milliseconds: it doubles, up to 15 s."""
    return min(_FIRST_PAUSE_MS << min(tries, 10), _LONGEST_PAUSE_MS)


class JobLost(Exception):
    """Another worker has the job now. Stop working on it at once and write nothing more."""


class Jobs:
    """Jobs of one collection. The fields `work` (waiting, running, done), `lease` and `tries` belong to this class."""

    def __init__(self, collection: Collection, lease_ms: int = LEASE_MS) -> None:
        """A job whose lease was not renewed for `lease_ms` goes to the next who asks. Times are the server's."""
        self._jobs, self._lease_ms = collection, lease_ms

    async def prepare(self) -> None:
        """Create the index."""
        await self._jobs.create_indexes([IndexModel([("work", ASCENDING), ("lease.until", ASCENDING)])])

    @staticmethod
    def fields() -> Document:
        """What a new job document carries beside its own fields."""
        return {"work": WAITING, "lease": None, "tries": 0}

    async def take(self, where: Mapping[str, Any] | None = None) -> Document | None:
        """Lease a waiting job, or a running one whose lease ran out; None if there is none. `where` narrows them."""
        expired = {"work": RUNNING, "$expr": {"$lt": ["$lease.until", "$$NOW"]}, **(where or {})}
        due = {"work": WAITING, "$expr": {"$lte": [{"$ifNull": ["$lease.until", "$$NOW"]}, "$$NOW"]}, **(where or {})}
        lease = {"token": secrets.token_hex(8), "until": self._until()}
        change = [{"$set": {"work": RUNNING, "lease": lease, "tries": {"$add": [{"$ifNull": ["$tries", 0]}, 1]}}}]
        for wanted in (expired, due):
            found: Document | None = await self._jobs.find_one_and_update(
                wanted, change, sort=[("lease.until", ASCENDING)], return_document=ReturnDocument.AFTER
            )
            if found:
                return found
        return None

    async def beat(self, job: Document, changes: Mapping[str, Any] | None = None) -> None:
        """Renew the lease and store `changes` (progress). Raises JobLost."""
        await self._write(job, [{"$set": {"lease.until": self._until()}}, *_literal(changes)])

    async def finish(self, job: Document, changes: Mapping[str, Any] | None = None) -> None:
        """End the job for good. Raises JobLost."""
        await self._write(job, [{"$set": {"work": DONE, "lease": None}}, *_literal(changes)])

    async def postpone(self, job: Document, delay_ms: int, changes: Mapping[str, Any] | None = None) -> None:
        """Give the job back; nobody takes it before `delay_ms` are over. Raises JobLost."""
        later = {"until": {"$add": ["$$NOW", delay_ms]}}
        await self._write(job, [{"$set": {"work": WAITING}}, {"$set": {"lease": later}}, *_literal(changes)])

    def held(self, job: Document) -> Document:
        """Filter that matches only while this worker holds the job: for transactions that write more than the job."""
        return {"_id": job["_id"], "work": RUNNING, "lease.token": job["lease"]["token"]}

    async def _write(self, job: Document, change: list[Document]) -> None:
        result = await self._jobs.update_one(self.held(job), change)
        if not result.matched_count:
            raise JobLost(str(job["_id"]))

    def _until(self) -> Document:
        return {"$add": ["$$NOW", self._lease_ms]}


def _literal(changes: Mapping[str, Any] | None) -> list[Document]:
    return [{"$set": {name: {"$literal": value} for name, value in changes.items()}}] if changes else []
