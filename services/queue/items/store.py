"""Items as scans see them, and what was taken in of each scan. All of it runs in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence

from services.contracts.items import ScanFinished
from services.kit.store import Document, Session, Store, UpdateOne


class Items:
    """The collection `items`, for changes that are not about leases."""

    def __init__(self, store: Store) -> None:
        self._items = store["items"]

    async def find(self, session: Session, ids: Iterable[str]) -> dict[str, Document]:
        """Items by id; those that do not exist are absent."""
        cursor = self._items.find({"_id": {"$in": list(ids)}}, session=session)
        return {item["_id"]: item async for item in cursor}

    async def states(self, ids: Sequence[str]) -> dict[str, str]:
        """States of items by id, outside of any transaction; those that do not exist are absent."""
        return {item["_id"]: item["state"] async for item in self._items.find({"_id": {"$in": ids}}, {"state": 1})}

    async def insert(self, session: Session, items: Sequence[Document]) -> None:
        """Add new items."""
        if items:
            await self._items.insert_many(items, ordered=False, session=session)

    async def update(self, session: Session, pairs: Sequence[tuple[Document, Document]]) -> None:
        """Write what differs between each item before and after. The guard repeats what the decision was based on."""
        writes = [
            UpdateOne({"_id": before["_id"], "state": before["state"], "version": before["version"]}, change)
            for before, after in pairs
            if (change := _change(before, after))
        ]
        if not writes:
            return
        result = await self._items.bulk_write(writes, ordered=False, session=session)
        if result.matched_count != len(writes):
            raise RuntimeError("an item changed inside a snapshot")


def _change(before: Document, after: Document) -> Document:
    written = {key: value for key, value in after.items() if key not in before or before[key] != value}
    dropped = {key: "" for key in before if key not in after}
    return {
        operator: fields for operator, fields in (("$set", written), ("$unset", dropped)) if fields
    }  # MongoDB refuses an empty one


class Intakes:
    """The collections `intake` (one document a project) and `chunks` (one a chunk that was applied)."""

    def __init__(self, store: Store) -> None:
        self._intake = store["intake"]
        self._chunks = store["chunks"]

    async def unseen(self, session: Session, chunks: Sequence[str]) -> set[str]:
        """Those chunks that were not applied yet; from now on they count as applied."""
        cursor = self._chunks.find({"_id": {"$in": list(chunks)}}, {"_id": 1}, session=session)
        new = set(chunks) - {chunk["_id"] async for chunk in cursor}
        if new:
            await self._chunks.insert_many([{"_id": chunk} for chunk in sorted(new)], session=session)
        return new

    async def add(
        self, session: Session, project: str, counts: Mapping[str, int], finished: Sequence[ScanFinished]
    ) -> None:
        """Add to the counts of a project and note the scans that ended."""
        ends = {
            f"scans.{end.scan}.{field}": value
            for end in finished
            for field, value in (("chunks", end.chunks), ("found", end.found), ("left_out", end.left_out))
        }
        operations = (("$inc", dict(counts)), ("$set", ends))
        change = {operator: fields for operator, fields in operations if fields}
        if change:
            await self._intake.update_one({"_id": project}, change, upsert=True, session=session)

    async def find(self, project: str, session: Session | None = None) -> Document:
        """The counts of a project; empty before its first chunk."""
        return await self._intake.find_one({"_id": project}, session=session) or {}

    async def pending(self, project: str) -> int:
        """Items that wait to be probed."""
        return int((await self.find(project)).get("pending", 0))
