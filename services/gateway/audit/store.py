"""The audit in the store. Entries are only ever added; nothing here changes or removes one."""

from services.gateway.audit.schemas import AuditEntry
from services.kit.store import Session, Store


class AuditStore:
    """Collection `audit`; ids begin with the time, so that their order is the order of time."""

    def __init__(self, store: Store) -> None:
        """Bind the collection."""
        self._audit = store["audit"]

    async def add(self, entry: AuditEntry, session: Session | None) -> None:
        """Append an entry, in the transaction of what it is about if there is one."""
        row = entry.model_dump(mode="json", exclude={"id"})
        await self._audit.insert_one({"_id": entry.id, **row}, session=session)

    async def page(self, before: str, limit: int) -> list[AuditEntry]:
        """Entries older than the id `before` (empty: from the newest)."""
        query = {"_id": {"$lt": before}} if before else {}
        cursor = self._audit.find(query).sort([("_id", -1)]).limit(limit)
        return [AuditEntry(id=row.pop("_id"), **row) async for row in cursor]
