"""Events written in the transaction that makes them true. Never publishes: the relay does that, in order."""

import asyncio
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.contracts import limits
from services.contracts.base import Contract
from services.contracts.events import encode, type_name
from services.contracts.topics import Topic
from services.kit import clock, requests
from services.kit.store import ASCENDING, Document, IndexModel, Int64, Session, Store

SHARDS: Final = 12
COLLECTION: Final = "outbox"
DEAD: Final = "outbox_dead"
COUNTERS: Final = "counters"


class EventTooLarge(ValueError):
    """An event above 512 kB. Batches have to be cut by bytes, large geometry belongs in object storage."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `event` None is a tombstone. Versions of one aggregate are published in their order.

    `counters` are added to document `counters_id` of the collection `counters` once the event is published; dotted
    paths reach into it.
    """

    topic: Topic
    aggregate: str
    version: int
    event: Contract | None
    key: str
    counters: Mapping[str, int] = field(default_factory=dict)
    counters_id: str = ""


def shard(aggregate: str) -> int:
    """The same in every process, which `hash()` is not."""
    return zlib.crc32(aggregate.encode()) % SHARDS


class Outbox:
    """The outbox of one database."""

    def __init__(self, store: Store) -> None:
        """Entries go to the store's own database, since they belong to its transactions."""
        self._store = store
        self._written = asyncio.Event()

    async def prepare(self) -> None:
        """Create the collections (a transaction can't do so cheaply) and indexes."""
        await self._store[COLLECTION].create_indexes(
            [IndexModel([("shard", ASCENDING), ("_id", ASCENDING)]), IndexModel([("at", ASCENDING)])]
        )
        await self._store[DEAD].create_indexes([IndexModel([("at", ASCENDING)])])

    async def add(self, session: Session, entries: Sequence[Entry]) -> None:
        """Write entries in the transaction of `session`. Raises EventTooLarge before anything is written."""
        if not entries:
            return
        documents = [self._document(entry) for entry in entries]
        await self._store[COLLECTION].insert_many(documents, session=session)
        self._store.after_commit(session, self.wake)

    def wake(self) -> None:
        """Make the relay look now instead of at its next round."""
        self._written.set()

    async def written(self, at_most_s: float) -> None:
        """Wait until something was written by this process, or the time is over."""
        try:
            async with asyncio.timeout(at_most_s):
                await self._written.wait()
        except TimeoutError:
            return
        finally:
            self._written.clear()

    def _document(self, entry: Entry) -> Document:
        value = None if entry.event is None else encode(entry.event)
        if value is not None and len(value) > limits.EVENT_BYTES:
            name = f"{entry.aggregate}:{entry.version}"
            raise EventTooLarge(f"Event {name} has {len(value)} bytes, the limit is {limits.EVENT_BYTES}.")
        return {
            "_id": {"a": entry.aggregate, "v": Int64(entry.version)},
            "shard": shard(entry.aggregate),
            "topic": entry.topic.name,
            "key": entry.key,
            "value": value,
            "headers": self._headers(entry),
            "counters": [[path, amount] for path, amount in entry.counters.items()],
            "counters_id": entry.counters_id,
            "at": clock.now(),
        }

    def _headers(self, entry: Entry) -> dict[str, str]:
        headers = {
            "ce_specversion": "1.0",
            "ce_id": f"{entry.aggregate}:{entry.version}",
            "ce_source": f"/labelbus/{self._store.database}",
            "ce_subject": entry.key,
            "ce_time": clock.now().isoformat().replace("+00:00", "Z"),
        }
        if entry.event is not None:
            headers |= {"ce_type": type_name(type(entry.event)), "content-type": "application/json"}
        if request_id := requests.current_id():
            headers[requests.EVENT_HEADER] = request_id
        return headers
