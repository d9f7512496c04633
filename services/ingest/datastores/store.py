"""The collection `datastores`. The only writer of it; keys are sealed before they come here."""

from dataclasses import dataclass
from datetime import datetime

from services.kit import clock
from services.kit.datastores import COLLECTION, Registered
from services.kit.store import ASCENDING, Document, DuplicateKeyError, Store


@dataclass(frozen=True, slots=True)
class Row:
    """A data store as stored. `has_keys` says whether `sealed` holds any, without opening it."""

    registered: Registered
    sealed: Document
    has_keys: bool
    created_by: str
    created_at: datetime
    changed_at: datetime


class DatastoreStore:
    """Data stores by name."""

    def __init__(self, store: Store) -> None:
        """In the database of ingest."""
        self._rows = store[COLLECTION]

    async def add(self, row: Row) -> bool:
        """False if there is one of that name."""
        try:
            await self._rows.insert_one({"_id": row.registered.name, **_fields(row)})
        except DuplicateKeyError:
            return False
        return True

    async def replace(self, row: Row) -> bool:
        """Write the next version; False if somebody else was faster."""
        before = {"_id": row.registered.name, "version": row.registered.version - 1}
        return bool((await self._rows.update_one(before, {"$set": _fields(row)})).matched_count)

    async def reseal(self, name: str, version: int, sealed: Document) -> None:
        """The same keys, encrypted anew."""
        await self._rows.update_one({"_id": name, "version": version}, {"$set": {"sealed": sealed}})

    async def find(self, name: str) -> Row | None:
        """By name."""
        document = await self._rows.find_one({"_id": name})
        return None if document is None else _row(document)

    async def all(self) -> list[Row]:
        """All, by name: people register a handful."""
        return [_row(document) async for document in self._rows.find({}).sort("_id", ASCENDING)]

    async def remove(self, name: str) -> bool:
        """Forget one; False if there is none."""
        return bool((await self._rows.delete_one({"_id": name})).deleted_count)


def new_row(registered: Registered, sealed: Document, created_by: str, *, has_keys: bool) -> Row:
    """Version 1."""
    now = clock.now()
    return Row(registered, sealed, has_keys, created_by, now, now)


def _fields(row: Row) -> Document:
    settings = {name: value for name, value in row.registered._asdict().items() if name != "name"}
    return {
        **settings,
        "sealed": row.sealed,
        "has_keys": row.has_keys,
        "created_by": row.created_by,
        "created_at": row.created_at,
        "changed_at": row.changed_at,
    }


def _row(document: Document) -> Row:
    registered = Registered.of(document)
    names = ("sealed", "has_keys", "created_by", "created_at", "changed_at")
    return Row(registered, **{name: document[name] for name in names})
