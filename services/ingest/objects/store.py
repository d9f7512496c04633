"""The collection `objects`. The only place that knows how its documents look."""

import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Final

from services.contracts import ids
from services.contracts.items import Media
from services.ingest.objects.models import Found, Known, Listed, Outcome, Pending, ProbeState, Range, TableRow
from services.ingest.objects.ranges import Ranges
from services.kit.store import ASCENDING, Document, IndexModel, Session, Store, UpdateOne

_PURGE_BATCH: Final = 5_000
_READ_BATCH: Final = 5_000
_LOST_RANGES: Final = 500


class Objects:
    """Objects by item id. Writes of a scan take the session of its transaction."""

    def __init__(self, store: Store, lease_ms: int) -> None:
        """In the database of ingest. A probe is leased for `lease_ms`."""
        self._store, self._lease_ms = store, lease_ms
        self._objects = store["objects"]
        self.ranges = Ranges(store)

    async def prepare(self) -> None:
        """Make the indexes by which probing takes objects in queue order, and by which missing ones are found."""
        await self._objects.create_indexes(
            [
                IndexModel([("project", ASCENDING), ("state", ASCENDING), ("rank", ASCENDING)]),
                IndexModel([("project", ASCENDING), ("range", ASCENDING)]),
            ]
        )
        await self.ranges.prepare()

    async def count(self, project: str) -> int:
        """Items of the project, missing ones included."""
        return await self._objects.count_documents({"project": project})

    async def known(self, session: Session, items: Sequence[str]) -> dict[str, Known]:
        """What is known of these; absent is new."""
        if not items:
            return {}
        fields = {"etag": 1, "state": 1, "missing": 1, "range": 1}
        cursor = self._objects.find({"_id": {"$in": list(items)}}, fields, session=session)
        return {d["_id"]: _known(d) async for d in cursor}

    async def insert(
        self, session: Session, project: str, scan: int, new: Sequence[Listed], ranges: Mapping[str, str] | None = None
    ) -> None:
        """Objects seen for the first time; `ranges` by item."""
        if new:
            places = ranges or {}
            documents = [_document(project, scan, listed, places.get(listed.id)) for listed in new]
            await self._objects.insert_many(documents, session=session)

    async def insert_rows(self, session: Session, project: str, scan: int, rows: Sequence[TableRow]) -> None:
        """Rows of tables: there is nothing in them to probe."""
        if rows:
            await self._objects.insert_many([_row(project, scan, row) for row in rows], session=session)

    async def see(
        self,
        session: Session,
        project: str,
        scan: int,
        ranges: Sequence[Range],
        known: Mapping[str, Known],
        new: Sequence[Listed],
    ) -> None:
        """Ranges that this listing holds and none before did. What is neither known nor new was left out."""
        taken = known.keys() | {listed.id for listed in new}
        for each in ranges:
            there = [item.id for item in each.items if item.id in known]
            await self._mark(session, there, {"seen": scan, "missing": False, "range": each.id})
        whole = {each.id: all(item.id in taken for item in each.items) for each in ranges}
        await self.ranges.doubt(session, {found.range_ for found in known.values() if found.range_} - whole.keys())
        await self.ranges.put(session, project, scan, whole)

    async def mark_seen(self, session: Session, scan: int, items: Sequence[str]) -> None:
        """Known objects that a manifest names, so that they are in no range; those that were missing are back."""
        await self._mark(session, items, {"seen": scan, "missing": False, "range": None})

    async def _mark(self, session: Session, items: Sequence[str], fields: Document) -> None:
        if items:
            await self._objects.update_many({"_id": {"$in": list(items)}}, {"$set": fields}, session=session)

    async def probe_anew(self, session: Session, changed: Sequence[Listed]) -> None:
        """Objects whose content is another one now."""
        if changed:
            again = {"state": ProbeState.PENDING.value, "until": 0, "token": ""}
            writes = [UpdateOne({"_id": c.id}, {"$set": again | {"etag": c.etag, "size": c.size}}) for c in changed]
            await self._objects.bulk_write(writes, session=session)

    async def take_missing(
        self, session: Session, project: str, scan: int, limit: int
    ) -> tuple[list[tuple[str, str]], bool]:
        """Mark up to `limit` objects that scan `scan` has not seen: (id, key) of each, and whether there may be more.

        Only ranges that the listing did not hold are looked into, and objects that are in none.
        """
        lost = await self.ranges.lost(session, project, scan, _LOST_RANGES)
        places = {"$in": lost} if lost else None
        where = {"project": project, "range": places, "seen": {"$lt": scan}, "missing": False}
        found = [
            (d["_id"], d["key"]) async for d in self._objects.find(where, {"key": 1}, session=session).limit(limit)
        ]
        if found:
            await self._mark(session, [item for item, _ in found], {"missing": True, "range": ""})
        if lost and len(found) < limit:
            await self.ranges.drop(session, lost)
        return found, bool(lost or found)

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
        """Write what probing found. The next listing has to look at what is gone."""
        if outcomes:
            await self._objects.bulk_write([_finished(outcome) for outcome in outcomes], session=session)
        if gone := [outcome.object.id for outcome in outcomes if outcome.state is ProbeState.GONE]:
            cursor = self._objects.find({"_id": {"$in": gone}}, {"range": 1}, session=session)
            await self.ranges.doubt(session, {d["range"] async for d in cursor if d.get("range")})

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
        if not items:
            return {}
        cursor = self._objects.find({"_id": {"$in": list(items)}, "missing": False})
        return {d["_id"]: _found(d) async for d in cursor}

    async def all_of(self, project: str) -> AsyncIterator[Found]:
        """All objects of a project that the last listing held, in the order of their ids."""
        where = {"_id": {"$gt": f"{project}/", "$lt": f"{project}0"}, "missing": False}
        async for document in self._objects.find(where).sort("_id", ASCENDING).batch_size(_READ_BATCH):
            yield _found(document)

    async def purge(self, project: str) -> AsyncIterator[int]:
        """Delete the objects of a project in batches; yields how many went."""
        await self.ranges.purge(project)
        while True:
            cursor = self._objects.find({"project": project}, {"_id": 1}).limit(_PURGE_BATCH)
            batch = [d["_id"] async for d in cursor]
            if not batch:
                return
            await self._objects.delete_many({"_id": {"$in": batch}})
            yield len(batch)


def _known(document: Document) -> Known:
    range_ = document.get("range") or ""
    return Known(document["etag"], ProbeState(document["state"]), document["missing"], range_)


def _document(project: str, scan: int, listed: Listed, range_: str | None) -> Document:
    return {
        "_id": listed.id,
        "project": project,
        "range": range_,
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
