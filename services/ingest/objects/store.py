"""The collection `objects`. The only place that knows how its documents look."""

import secrets
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Final

from services.contracts import ids
from services.contracts.items import Media
from services.ingest.objects.models import Found, Known, Listed, Outcome, Pending, ProbeState, TableRow
from services.kit.store import ASCENDING, Document, IndexModel, Session, Store, UpdateOne

_PURGE_BATCH: Final = 5_000
_READ_BATCH: Final = 5_000


class Objects:
    """Objects by item id. Writes of a scan take the session of its transaction."""

    def __init__(self, store: Store, lease_ms: int) -> None:
        """In the database of ingest. A probe is leased for `lease_ms`."""
        self._store, self._lease_ms = store, lease_ms
        self._objects = store["objects"]

    async def prepare(self) -> None:
        """Make the index by which probing takes objects in queue order."""
        await self._objects.create_indexes(
            [IndexModel([("project", ASCENDING), ("state", ASCENDING), ("rank", ASCENDING)])]
        )

    async def count(self, project: str) -> int:
        """Items of the project, missing ones included."""
        return await self._objects.count_documents({"project": project})

    async def known(self, session: Session, items: Sequence[str]) -> dict[str, Known]:
        """What is known of these; absent is new."""
        fields = {"etag": 1, "state": 1, "missing": 1}
        cursor = self._objects.find({"_id": {"$in": list(items)}}, fields, session=session)
        return {d["_id"]: Known(d["etag"], ProbeState(d["state"]), d["missing"]) async for d in cursor}

    async def insert(self, session: Session, project: str, scan: int, new: Sequence[Listed]) -> None:
        """Objects seen for the first time."""
        if new:
            await self._objects.insert_many([_document(project, scan, listed) for listed in new], session=session)

    async def insert_rows(self, session: Session, project: str, scan: int, rows: Sequence[TableRow]) -> None:
        """Rows of tables: there is nothing in them to probe."""
        if rows:
            await self._objects.insert_many([_row(project, scan, row) for row in rows], session=session)

    async def mark_seen(self, session: Session, scan: int, items: Sequence[str]) -> None:
        """Known objects that this listing holds; those that were missing are back."""
        if items:
            seen = {"$set": {"seen": scan, "missing": False}}
            await self._objects.update_many({"_id": {"$in": list(items)}}, seen, session=session)

    async def probe_anew(self, session: Session, changed: Sequence[Listed]) -> None:
        """Objects whose content is another one now."""
        if changed:
            again = {"state": ProbeState.PENDING.value, "until": 0, "token": ""}
            writes = [UpdateOne({"_id": c.id}, {"$set": again | {"etag": c.etag, "size": c.size}}) for c in changed]
            await self._objects.bulk_write(writes, session=session)

    async def take_missing(
        self, session: Session, project: str, scan: int, after: str, limit: int
    ) -> list[tuple[str, str]]:
        """Mark up to `limit` objects that scan `scan` has not seen, in the order of their ids; answers (id, key)."""
        where = {"_id": {"$gt": after or f"{project}/", "$lt": f"{project}0"}, "seen": {"$lt": scan}, "missing": False}
        cursor = self._objects.find(where, {"key": 1}, session=session).sort("_id", ASCENDING).limit(limit)
        found = [(d["_id"], d["key"]) async for d in cursor]
        gone = {"_id": {"$in": [item for item, _ in found]}}
        await self._objects.update_many(gone, {"$set": {"missing": True}}, session=session)
        return found

    async def claim(self, project: str, limit: int, now: int) -> tuple[str, list[Pending]]:
        """Lease up to `limit` objects to probe, in queue order. Answers the token of the lease and what it got."""
        token = secrets.token_hex(8)
        free = {"project": project, "state": ProbeState.PENDING.value, "until": {"$lte": now}}
        cursor = self._objects.find(free, {"_id": 1}).sort("rank", ASCENDING).limit(limit)
        chosen = {"$in": [d["_id"] async for d in cursor]}
        lease = {"$set": {"token": token, "until": now + self._lease_ms}}
        await self._store.repeat(lambda: self._objects.update_many({"_id": chosen, **free}, lease))
        held = self._objects.find({"_id": chosen, "token": token})
        return token, [Pending(d["_id"], d["key"], d["etag"], d["size"]) async for d in held]

    async def give_back(self, token: str, batch: Iterable[Pending]) -> None:
        """Let others probe what was claimed and not finished."""
        held = {"_id": {"$in": [pending.id for pending in batch]}, "token": token}
        await self._objects.update_many(held, {"$set": {"token": "", "until": 0}})

    async def still_held(self, session: Session, token: str, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """Those that nobody else has taken meanwhile and whose object is still the one that was probed."""
        by_id = {outcome.object.id: outcome for outcome in outcomes}
        where = {"_id": {"$in": list(by_id)}, "state": ProbeState.PENDING.value, "token": token}
        cursor = self._objects.find(where, {"etag": 1}, session=session)
        held = {d["_id"]: d["etag"] async for d in cursor}
        return [outcome for item, outcome in by_id.items() if held.get(item) == outcome.object.etag]

    async def finish(self, session: Session, outcomes: Sequence[Outcome]) -> None:
        """Write what probing found."""
        if outcomes:
            await self._objects.bulk_write([_finished(outcome) for outcome in outcomes], session=session)

    async def pending(self, session: Session, project: str) -> bool:
        """Whether anything is left to probe, leased or not."""
        where = {"project": project, "state": ProbeState.PENDING.value}
        return await self._objects.find_one(where, {"_id": 1}, session=session) is not None

    async def find(self, item: str) -> Found | None:
        """One object."""
        document = await self._objects.find_one({"_id": item})
        return None if document is None else _found(document)

    async def present(self, items: Sequence[str]) -> dict[str, Found]:
        """Those of `items` that the last listing held."""
        cursor = self._objects.find({"_id": {"$in": list(items)}, "missing": False})
        return {d["_id"]: _found(d) async for d in cursor}

    async def all_of(self, project: str) -> AsyncIterator[Found]:
        """All objects of a project that the last listing held, in the order of their ids."""
        where = {"_id": {"$gt": f"{project}/", "$lt": f"{project}0"}, "missing": False}
        async for document in self._objects.find(where).sort("_id", ASCENDING).batch_size(_READ_BATCH):
            yield _found(document)

    async def purge(self, project: str) -> AsyncIterator[int]:
        """Delete the objects of a project in batches; yields how many went."""
        while True:
            cursor = self._objects.find({"project": project}, {"_id": 1}).limit(_PURGE_BATCH)
            batch = [d["_id"] async for d in cursor]
            if not batch:
                return
            await self._objects.delete_many({"_id": {"$in": batch}})
            yield len(batch)


def _document(project: str, scan: int, listed: Listed) -> Document:
    return {
        "_id": listed.id,
        "project": project,
        "key": listed.key,
        "etag": listed.etag,
        "size": listed.size,
        "rank": ids.initial_rank(listed.id),
        "seen": scan,
        "missing": False,
        "state": ProbeState.PENDING.value,
        "token": "",
        "until": 0,
    }


def _row(project: str, scan: int, row: TableRow) -> Document:
    return {
        "_id": row.id,
        "project": project,
        "key": row.key,
        "part": row.part,
        "etag": row.etag,
        "size": row.size,
        "rank": ids.initial_rank(row.id),
        "seen": scan,
        "missing": False,
        "state": ProbeState.PROBED.value,
        "media": row.media.model_dump(mode="json", by_alias=False),
        "reason": "",
    }


def _finished(outcome: Outcome) -> UpdateOne:
    media = None if outcome.media is None else outcome.media.model_dump(mode="json", by_alias=False)
    found = {"state": outcome.state.value, "media": media, "reason": outcome.reason}
    return UpdateOne({"_id": outcome.object.id}, {"$set": found, "$unset": {"token": "", "until": ""}})


def _found(document: Document) -> Found:
    media = document.get("media")
    return Found(
        id=document["_id"],
        project=document["project"],
        key=document["key"],
        etag=document["etag"],
        size=document["size"],
        state=ProbeState(document["state"]),
        reason=document.get("reason", ""),
        media=None if media is None else Media.model_validate(media),
        part=document.get("part", ""),
    )
