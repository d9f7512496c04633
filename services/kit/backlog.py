"""The outbox as the relay sees it: batches to publish, and the transaction that finishes one. Never publishes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.kit import clock
from services.kit.lease import Lease
from services.kit.outbox import COLLECTION, COUNTERS, DEAD
from services.kit.store import ASCENDING, Document, Session, Store, UpdateOne

BATCH_ENTRIES: Final = 500
BATCH_BYTES: Final = 4_000_000


class BatchGone(Exception):
    """Entries of the batch are not there any more: forget it and read again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A prefix of one shard in the order of `_id`; or, while all of the outbox fits in a batch, all of it."""

    entries: Sequence[Document]

    @property
    def shards(self) -> set[int]:
        """Whose entries these are."""
        return {entry["shard"] for entry in self.entries}


class Backlog:
    """Outbox, dead entries and counters of one database."""

    def __init__(self, store: Store, lease: Lease) -> None:
        """`lease` guards everything that is written."""
        self._store, self._lease = store, lease
        self._outbox = store[COLLECTION]

    async def shards(self) -> list[int]:
        """Shards that hold entries."""
        return sorted(await self._outbox.distinct("shard"))

    async def read_all(self) -> Batch | None:
        """The whole outbox, if it fits in one batch.

        It mostly does, and a page of nine touches nine shards: one transaction instead of nine.
        """
        entries = await self._read({}, BATCH_ENTRIES + 1)
        return Batch(entries) if len(entries) <= BATCH_ENTRIES and _size(entries) <= BATCH_BYTES else None

    async def read(self, shard: int, at_most: int) -> Batch:
        """The first entries of a shard, at most `at_most`, 500, and 4 MB, but always one if there is one."""
        entries = await self._read({"shard": shard}, min(at_most, BATCH_ENTRIES))
        return Batch(entries[:-1] if len(entries) > 1 and _size(entries) > BATCH_BYTES else entries)

    async def _read(self, wanted: Document, at_most: int) -> list[Document]:
        entries: list[Document] = []
        size = 0
        cursor = self._outbox.find(wanted).sort([("shard", ASCENDING), ("_id", ASCENDING)]).limit(at_most)
        async for entry in cursor:
            size += _size([entry])
            entries.append(entry)
            if size > BATCH_BYTES:
                break
        await cursor.close()
        return entries

    async def finish(self, batch: Batch) -> None:
        """Delete the published entries and count them, once. Raises LeaseLost or BatchGone, and then did nothing."""
        await self._store.transact(lambda session: self._finish(session, batch.entries))

    async def bury(self, entry: Document, reason: str) -> None:
        """Move an entry that can never be published to `outbox_dead`. Raises LeaseLost or BatchGone."""

        async def move(session: Session) -> None:
            await self._finish(session, [entry])
            dead = {**entry, "reason": reason, "died": clock.now()}
            await self._store[DEAD].replace_one({"_id": entry["_id"]}, dead, upsert=True, session=session)

        await self._store.transact(move)

    async def _finish(self, session: Session, entries: Sequence[Document]) -> None:
        await self._lease.renew(session)
        deleted = await self._outbox.delete_many({"_id": {"$in": [entry["_id"] for entry in entries]}}, session=session)
        if deleted.deleted_count != len(entries):
            raise BatchGone(f"{deleted.deleted_count} of {len(entries)} entries were left")
        if counted := _counted(entries):
            await self._store[COUNTERS].bulk_write(counted, ordered=False, session=session)

    async def oldest_s(self) -> float:
        """Age of the oldest entry in seconds, 0 for an empty outbox."""
        oldest = await self._outbox.find_one({}, {"at": 1}, sort=[("at", ASCENDING)])
        return max(0.0, (clock.now() - oldest["at"]).total_seconds()) if oldest else 0.0


def _size(entries: Sequence[Document]) -> int:
    return sum(len(entry["value"] or b"") for entry in entries)


def _counted(entries: Sequence[Document]) -> list[UpdateOne]:
    sums: dict[str, Counter[str]] = {}
    for entry in entries:
        for path, amount in entry["counters"]:
            sums.setdefault(entry["counters_id"], Counter())[path] += amount
    return [UpdateOne({"_id": id_}, {"$inc": dict(paths)}, upsert=True) for id_, paths in sums.items()]
