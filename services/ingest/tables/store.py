"""The collection `tables`: one document a file of rows, with the place up to which it was read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from services.ingest.tables.models import Asked, Layout, Position
from services.kit.blobs import Blob
from services.kit.jobs import JobLost
from services.kit.store import ASCENDING, Document, IndexModel, Session, Store, UpdateOne


class FileState(StrEnum):
    """`waiting`: no row was taken yet. `failed` files keep the rows that were taken before.

    `interrupted` ones too; the next refresh reads on, since it was the storage that did not give them out.
    """

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Found(NamedTuple):
    """A file of rows that a listing found. With a `problem` it is not read but told.

    `column` holds the objects, as the table that names the file says; empty where none does.
    """

    blob: Blob
    asked: Asked | None = None
    problem: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file of rows. `etag` is that of the bytes that are read, `newest` that of the last listing, `seen` its scan.

    `chunks` counts the chunks that were written of it, `taken` the items that were made of it.
    """

    id: str
    key: str
    etag: str
    newest: str
    size: int
    seen: int
    state: FileState
    at: Position
    layout: Layout | None = None
    asked: Asked | None = None
    problem: str = ""
    column: str = ""
    chunks: int = 0
    taken: int = 0


_OPEN: Final = {"$in": [FileState.WAITING.value, FileState.READING.value]}
_BROKEN: Final = {"$in": [FileState.FAILED.value, FileState.INTERRUPTED.value]}


class RowFiles:
    """Files by project and key. Writes of a scan take the session of its transaction."""

    def __init__(self, store: Store) -> None:
        """In the database of ingest."""
        self._files = store["tables"]

    async def prepare(self) -> None:
        """Make the index by which files are read in the order of their keys."""
        await self._files.create_indexes(
            [IndexModel([("project", ASCENDING), ("state", ASCENDING), ("key", ASCENDING)])]
        )

    async def known(self, session: Session, project: str, keys: Sequence[str]) -> dict[str, RowFile]:
        """Those that are known, by key."""
        cursor = self._files.find({"_id": {"$in": [_id(project, key) for key in keys]}}, session=session)
        return {document["key"]: _file(document) async for document in cursor}

    async def add(self, session: Session, project: str, scan: int, found: Sequence[Found]) -> None:
        """Files seen for the first time."""
        if found:
            await self._files.insert_many([_document(project, scan, each) for each in found], session=session)

    async def see(self, session: Session, project: str, scan: int, blobs: Sequence[Blob]) -> None:
        """Known files that this listing holds."""
        if blobs:
            seen = {"seen": scan, "missing": False}
            writes = [UpdateOne({"_id": _id(project, b.key)}, {"$set": seen | {"newest": b.etag}}) for b in blobs]
            await self._files.bulk_write(writes, session=session)

    async def begin_anew(self, session: Session, project: str, found: Sequence[Found]) -> None:
        """Known files that are to be read from their start."""
        if found:
            writes = [UpdateOne({"_id": _id(project, each.blob.key)}, {"$set": _unread(each)}) for each in found]
            await self._files.bulk_write(writes, session=session)

    async def read_on(self, session: Session, files: Sequence[RowFile]) -> None:
        """Those of known files that were interrupted are to be read from where they were."""
        interrupted = {"_id": {"$in": [file.id for file in files]}, "state": FileState.INTERRUPTED.value}
        await self._files.update_many(interrupted, {"$set": {"state": FileState.READING.value}}, session=session)

    async def take_missing(self, session: Session, project: str, scan: int) -> list[str]:
        """Mark files that scan `scan` has not seen; answers their keys."""
        gone = {"project": project, "seen": {"$lt": scan}, "missing": False}
        keys = [document["key"] async for document in self._files.find(gone, {"key": 1}, session=session)]
        await self._files.update_many(gone, {"$set": {"missing": True}}, session=session)
        return keys

    async def next(self, project: str) -> RowFile | None:
        """The first file that is not read to its end."""
        where = {"project": project, "state": _OPEN, "missing": False}
        document = await self._files.find_one(where, sort=[("key", ASCENDING)])
        return None if document is None else _file(document)

    async def get(self, file: str) -> RowFile:
        """A file that is known. Raises JobLost if the project was purged meanwhile."""
        document = await self._files.find_one({"_id": file})
        if document is None:
            raise JobLost(file)
        return _file(document)

    async def failed(self, project: str) -> bool:
        """Whether any file that is there could not be read to its end."""
        where = {"project": project, "state": _BROKEN, "missing": False}
        return await self._files.find_one(where, {"_id": 1}) is not None

    async def begin(self, session: Session, file: str, layout: Layout) -> None:
        """The layout is known now."""
        begun = {"state": FileState.READING.value, "layout": layout.model_dump(mode="json"), "at": list(layout.start)}
        await self._files.update_one({"_id": file}, {"$set": begun}, session=session)

    async def move(self, session: Session, file: str, at: Position, chunks: int, taken: int) -> None:
        """Everything before `at` is stored, and `chunks` and `taken` more."""
        change = {"$set": {"at": list(at)}, "$inc": {"chunks": chunks, "taken": taken}}
        await self._files.update_one({"_id": file}, change, session=session)

    async def end(self, session: Session, file: str, state: FileState) -> None:
        """Nothing more is read of it."""
        await self._files.update_one({"_id": file}, {"$set": {"state": state.value}}, session=session)

    async def purge(self, project: str) -> None:
        """Delete what is known of the files of a project."""
        await self._files.delete_many({"project": project})


def _id(project: str, key: str) -> str:
    return f"{project}/{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _document(project: str, scan: int, found: Found) -> Document:
    return {
        "_id": _id(project, found.blob.key),
        "project": project,
        "key": found.blob.key,
        "seen": scan,
        "missing": False,
        **_unread(found),
    }


def _unread(found: Found) -> Document:
    blob, asked = found.blob, found.asked
    return {
        "etag": blob.etag,
        "newest": blob.etag,
        "size": blob.size,
        "state": FileState.WAITING.value,
        "at": list(Position()),
        "layout": None,
        "asked": None if asked is None else asked.model_dump(mode="json"),
        "problem": found.problem,
        "column": found.column,
        "chunks": 0,
        "taken": 0,
    }


def _file(document: Document) -> RowFile:
    layout, asked = document["layout"], document.get("asked")
    return RowFile(
        id=document["_id"],
        key=document["key"],
        etag=document["etag"],
        newest=document["newest"],
        size=document["size"],
        seen=document["seen"],
        state=FileState(document["state"]),
        at=Position(*document["at"]),
        layout=None if layout is None else Layout.model_validate(layout),
        asked=None if asked is None else Asked.model_validate(asked),
        problem=document.get("problem", ""),
        column=document.get("column", ""),
        chunks=document["chunks"],
        taken=document["taken"],
    )
