"""Sessions and counts of sign-in attempts in the store. Expired ones are removed by the store itself."""

from datetime import datetime
from typing import Any

from services.kit.store import Document, DuplicateKeyError, IndexModel, ReturnDocument, Session, Store


class SessionsStore:
    """Collections `sessions` and `attempts`."""

    def __init__(self, store: Store) -> None:
        """Bind the collections."""
        self._sessions = store["sessions"]
        self._attempts = store["attempts"]

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._sessions.create_indexes(
            [IndexModel([("expires", 1)], expireAfterSeconds=0), IndexModel([("person", 1)])]
        )
        await self._attempts.create_indexes([IndexModel([("until", 1)], expireAfterSeconds=0)])

    async def insert(self, session: Session, digest: str, person: str, now: datetime, expires: datetime) -> None:
        """Open a session."""
        row = {"_id": digest, "person": person, "seen": now, "expires": expires}
        await self._sessions.insert_one(row, session=session)

    async def get(self, digest: str) -> Document | None:
        """By the digest of its secret."""
        found: Document | None = await self._sessions.find_one({"_id": digest})
        return found

    async def seen(self, digest: str, now: datetime, stale: datetime) -> None:
        """Remember that the session was used, if that was last noted before `stale`."""
        await self._sessions.update_one({"_id": digest, "seen": {"$lte": stale}}, {"$set": {"seen": now}})

    async def delete(self, session: Session, digest: str) -> None:
        """End a session."""
        await self._sessions.delete_one({"_id": digest}, session=session)

    async def delete_of(self, session: Session, person: str, but: str = "") -> None:
        """End all sessions of a person, except `but`."""
        await self._sessions.delete_many({"person": person, "_id": {"$ne": but}}, session=session)

    async def attempt(self, subject: str, window_s: int) -> int:
        """Count one more attempt of `subject` and answer how many there were in its window."""
        open_ = {"$gt": ["$until", "$$NOW"]}
        end = {"$add": ["$$NOW", window_s * 1000]}
        step = {
            "count": {"$cond": [open_, {"$add": ["$count", 1]}, 1]},
            "until": {"$cond": [open_, "$until", end]},
        }
        try:
            found = await self._count(subject, step)
        except DuplicateKeyError:  # two first attempts at once
            found = await self._count(subject, step)
        return int(found["count"])

    async def _count(self, subject: str, step: dict[str, Any]) -> Document:
        found: Document = await self._attempts.find_one_and_update(
            {"_id": subject}, [{"$set": step}], upsert=True, return_document=ReturnDocument.AFTER
        )
        return found

    async def forgive(self, subject: str) -> None:
        """Forget the attempts of a subject that proved who it is."""
        await self._attempts.delete_one({"_id": subject})

    async def forgive_one(self, subject: str) -> None:
        """Take one attempt back."""
        await self._attempts.update_one({"_id": subject}, {"$inc": {"count": -1}})
