"""The collection `ranges`: runs of a listing by the digest of what they hold. Who finds one again has read nothing.

An object knows the range in which it was listed last. As long as a range is `whole`, the objects that name it are
exactly those that its digest covers; a range that loses one of them stays only so that what it lost can be found.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from services.kit.store import ASCENDING, IndexModel, Session, Store, UpdateOne

_PURGE_BATCH: Final = 10_000


class Ranges:
    """Ranges by project and digest. Writes of a scan take the session of its transaction."""

    def __init__(self, store: Store) -> None:
        """In the database of ingest."""
        self._ranges = store["ranges"]

    async def prepare(self) -> None:
        """Make the index by which ranges are found that a listing did not hold."""
        await self._ranges.create_indexes([IndexModel([("project", ASCENDING), ("seen", ASCENDING)])])

    async def confirm(self, session: Session, scan: int, ranges: Sequence[str]) -> set[str]:
        """Those that are as they were: this listing holds all their objects, and none of them has changed."""
        cursor = self._ranges.find({"_id": {"$in": list(ranges)}, "whole": True}, {"_id": 1}, session=session)
        same = {found["_id"] async for found in cursor}
        if same:
            await self._ranges.update_many({"_id": {"$in": list(same)}}, {"$set": {"seen": scan}}, session=session)
        return same

    async def put(self, session: Session, project: str, scan: int, ranges: Mapping[str, bool]) -> None:
        """Ranges of this listing, and whether all of their objects are items."""
        if ranges:
            writes = [
                UpdateOne({"_id": range_}, {"$set": {"project": project, "seen": scan, "whole": whole}}, upsert=True)
                for range_, whole in ranges.items()
            ]
            await self._ranges.bulk_write(writes, session=session)

    async def doubt(self, session: Session, ranges: Collection[str]) -> None:
        """Objects of these are elsewhere now, or have to be looked at again."""
        if ranges:
            await self._ranges.update_many({"_id": {"$in": list(ranges)}}, {"$set": {"whole": False}}, session=session)

    async def lost(self, session: Session, project: str, scan: int, limit: int) -> list[str]:
        """Ranges that the listing of `scan` did not hold: whatever still names them is missing."""
        where = {"project": project, "seen": {"$lt": scan}}
        found = [row["_id"] async for row in self._ranges.find(where, {"_id": 1}, session=session).limit(limit)]
        await self.doubt(session, found)
        return found

    async def drop(self, session: Session, ranges: Sequence[str]) -> None:
        """Nothing names them any more."""
        await self._ranges.delete_many({"_id": {"$in": list(ranges)}}, session=session)

    async def purge(self, project: str) -> None:
        """Delete those of a project."""
        while found := [
            r["_id"] async for r in self._ranges.find({"project": project}, {"_id": 1}).limit(_PURGE_BATCH)
        ]:
            await self._ranges.delete_many({"_id": {"$in": found}})
