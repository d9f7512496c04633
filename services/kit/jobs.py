"""Long work as documents: a worker leases a job, beats, finishes it. A dead worker's job is taken over."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any, Final, Protocol

from services.kit import errors, logs
from services.kit.store import ASCENDING, Collection, Document, IndexModel, ReturnDocument

LEASE_MS: Final = 60_000
WAITING: Final = "waiting"
RUNNING: Final = "running"
DONE: Final = "done"
TRIES: Final = 5
"""A job that failed so often, and not because of an outage, is given up."""
_FIRST_PAUSE_MS: Final = 250
_LONGEST_PAUSE_MS: Final = 15_000
_log = logs.get()


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


class Try(Protocol):
    """One try at one leased job, whatever is to be done. Everything but `failures` may raise JobLost."""

    noun: str
    id: str

    @property
    def failures(self) -> int:
        """Tries that failed before, not because of an outage."""

    async def work(self) -> None:
        """Do it, to its end."""

    async def settle(self, error: Exception) -> bool:
        """End the job, or put it off, for an error that this kind of work foresees. False for any other."""

    async def put_off(self, delay_ms: int, failures: int) -> None:
        """Give the job back, to be taken up after `delay_ms`."""

    async def give_up(self, why: str) -> None:
        """End it as failed. `why` goes on after "The export "."""


async def attempt(one: Try, tries: int) -> None:
    """Work on a job until it ends, is put off or is lost. `tries` is how often it was taken, this time too.

    An outage is waited out however long it takes; what fails otherwise ends after a few times.
    """
    try:
        await _attempt(one, pause_ms(tries))
    except JobLost:
        _log.warning(f"{one.noun}_lost", job=one.id)
    except asyncio.CancelledError:
        await one.put_off(0, one.failures)
        raise


async def _attempt(one: Try, pause: int) -> None:
    try:
        await one.work()
    except JobLost:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the job has to end or to be tried again
        if await one.settle(error):
            return
        outage = errors.is_infrastructure(error)
        failures = one.failures + (not outage)
        _log.warning(f"{one.noun}_waits", job=one.id, error=repr(error), exc_info=None if outage else error)
        if failures >= TRIES:
            await one.give_up(f"failed {TRIES} times, the last time with {error!r}.")
        else:
            await one.put_off(pause, failures)
