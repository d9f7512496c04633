"""The lease document that elects one relay. Its epoch grows with each change of hands; all times are the server's."""

import secrets
from typing import Final

from services.kit.store import DuplicateKeyError, Int64, ReturnDocument, Session, Store

LEASE_MS: Final = 10_000
_ID: Final = "relay"


class LeaseLost(Exception):
    """Another process is the relay now."""


class Lease:
    """The relay's lease as one process sees it. `epoch` is 0 while this process does not hold it."""

    def __init__(self, store: Store) -> None:
        """Each instance is a holder of its own."""
        self._leases = store["lease"]
        self.holder = secrets.token_hex(8)
        self.epoch = 0

    async def take(self) -> bool:
        """Take it if it is free or ran out."""
        await self._create()
        found = await self._leases.find_one_and_update(
            {"_id": _ID, "$expr": {"$lt": ["$until", "$$NOW"]}},
            [
                {
                    "$set": {
                        "epoch": {"$add": ["$epoch", 1]},
                        "holder": self.holder,
                        "until": {"$add": ["$$NOW", LEASE_MS]},
                    }
                }
            ],
            return_document=ReturnDocument.AFTER,
        )
        self.epoch = int(found["epoch"]) if found else 0
        return bool(found)

    async def _create(self) -> None:
        try:
            first = {"epoch": {"$ifNull": ["$epoch", Int64(0)]}, "until": {"$ifNull": ["$until", _LONG_AGO]}}
            await self._leases.update_one({"_id": _ID}, [{"$set": first}], upsert=True)
        except DuplicateKeyError:
            return  # another process made it at the same moment

    async def renew(self, session: Session | None = None) -> None:
        """Extend it. In a transaction this also makes the transaction fail for a former holder. Raises LeaseLost."""
        result = await self._leases.update_one(
            {"_id": _ID, "epoch": self.epoch}, [{"$set": {"until": {"$add": ["$$NOW", LEASE_MS]}}}], session=session
        )
        if result.matched_count != 1:
            raise LeaseLost(f"epoch {self.epoch} is over")

    async def release(self) -> None:
        """Let the next one in at once."""
        epoch, self.epoch = self.epoch, 0
        await self._leases.update_one({"_id": _ID, "epoch": epoch}, [{"$set": {"until": _LONG_AGO}}])


_LONG_AGO: Final = {"$toDate": Int64(0)}
