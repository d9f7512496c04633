"""MongoDB: the only importer of its drivers. Majority writes and reads; changes of several documents by `transact`.

Two drivers hide behind it, motor and pymongo's own. Other files use only calls that are the same in both; `aggregate`
is not, so it stands here.
"""

import asyncio
import random
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from bson import Binary, Int64
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession, AsyncIOMotorCollection
from pymongo import (
    ASCENDING,
    DESCENDING,
    AsyncMongoClient,
    DeleteMany,
    DeleteOne,
    IndexModel,
    InsertOne,
    ReadPreference,
    ReturnDocument,
    UpdateMany,
    UpdateOne,
    WriteConcern,
)
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    InvalidOperation,
    OperationFailure,
    PyMongoError,
    WaitQueueTimeoutError,
)
from pymongo.read_concern import ReadConcern

from services.kit import clock
from services.kit.settings import Settings

__all__ = [
    "ASCENDING", "DESCENDING", "Binary", "BulkWriteError", "Collection", "DeleteMany", "DeleteOne", "Document",
    "DuplicateKeyError", "IndexModel", "InsertOne", "Int64", "OperationFailure", "PyMongoError", "ReturnDocument",
    "Session", "Store", "StoreError", "UpdateMany", "UpdateOne", "is_outage",
]  # fmt: skip

Document: TypeAlias = dict[str, Any]
Session: TypeAlias = AsyncIOMotorClientSession
if TYPE_CHECKING:
    Collection: TypeAlias = AsyncIOMotorCollection[Document]
else:
    Collection = AsyncIOMotorCollection  # generic for type checkers only
T = TypeVar("T")

TRANSACTION_S: Final = 20.0
"""How long a transaction is repeated before its last error is raised."""
_SOCKET_MS: Final = 20_000
# Not primary, stepping down, shutting down, write conflict, out of time, a snapshot or transaction that has become too
# old: the server says so and will serve again.
_OUTAGE_CODES: Final = {
    *(6, 7, 50, 64, 89, 91, 112, 133, 134, 189, 239, 246, 262, 290),
    *(9001, 10107, 11600, 11602, 13435, 13436),
}
_OPTIONS: Final[Mapping[str, Any]] = {
    "w": "majority",
    "journal": True,
    "readConcernLevel": "majority",
    "retryWrites": True,
    "retryReads": True,
    "tz_aware": True,
    "serverSelectionTimeoutMS": 5_000,
    "connectTimeoutMS": 5_000,
    "socketTimeoutMS": _SOCKET_MS,
}


class StoreError(RuntimeError):
    """The server cannot be used: it is not a replica set."""


def is_outage(error: BaseException) -> bool:
    """Whether a driver's error says that the server is away, and not that the write itself is wrong."""
    if isinstance(error, BulkWriteError):
        failed = [*error.details.get("writeErrors", []), *error.details.get("writeConcernErrors", [])]
        return bool(failed) and any(entry.get("code") in _OUTAGE_CODES for entry in failed)
    if isinstance(error, OperationFailure):
        return error.code in _OUTAGE_CODES or isinstance(error, ExecutionTimeout) or _transient(error)
    return isinstance(error, (ConnectionFailure, WaitQueueTimeoutError))


def _transient(error: BaseException) -> bool:
    return isinstance(error, PyMongoError) and error.has_error_label("TransientTransactionError")


def _uncertain(error: BaseException) -> bool:
    return isinstance(error, PyMongoError) and error.has_error_label("UnknownTransactionCommitResult")


class Store:
    """One database of the deployment. `store["items"]` is a collection."""

    def __init__(self, settings: Settings, database: str) -> None:
        """`database` is the bare name; the deployment's prefix is put before it. Connects at the first call."""
        self._motor = settings.mongo_driver == "motor"
        self._client: Any = (AsyncIOMotorClient if self._motor else AsyncMongoClient)(settings.mongo_url, **_OPTIONS)
        self._prefix = settings.database_prefix
        self.database = database
        self.name = f"{settings.database_prefix}{database}"
        self._collections: Any = self._client[self.name]
        # By id(), since motor's sessions can't be hashed; an entry lives no longer than its session.
        self._after: dict[int, list[Callable[[], None]]] = {}

    def __getitem__(self, collection: str) -> Collection:
        """A collection. Its `aggregate` differs between the drivers: use the store's."""
        found: Collection = self._collections[collection]
        return found

    async def aggregate(
        self, collection: str, pipeline: Sequence[Mapping[str, Any]], session: Session | None = None, **options: Any
    ) -> AsyncIterator[Document]:
        """Documents that a pipeline makes."""
        cursor = self._collections[collection].aggregate(pipeline, session=session, **options)
        async for document in cursor if self._motor else await cursor:
            yield document

    async def transact(self, body: Callable[[Session], Awaitable[T]], *, deadline_s: float = TRANSACTION_S) -> T:
        """Run `body` in a transaction with a snapshot. It may run several times, so it must have no other effects.

        Raises what `body` raises, or the last error of the server when it does not get through in `deadline_s`.
        """
        until = time.monotonic() + deadline_s
        attempt = 0
        while True:
            try:
                return await self._attempt(body, until)
            except PyMongoError as error:
                attempt += 1
                pause = random.uniform(0, min(0.002 * 2**attempt, 0.5))  # noqa: S311 - spreads rivals, hides nothing
                if not _transient(error) or time.monotonic() + pause > until:
                    raise
                await asyncio.sleep(pause)

    async def _attempt(self, body: Callable[[Session], Awaitable[T]], until: float) -> T:
        started = self._client.start_session()
        session: Any = await started if self._motor else started
        async with session:
            begun = session.start_transaction(
                read_concern=ReadConcern("snapshot"),
                write_concern=WriteConcern("majority", j=True),
                read_preference=ReadPreference.PRIMARY,
            )
            if not self._motor:
                await begun
            try:
                result = await body(session)
            except BaseException:
                self._after.pop(id(session), None)
                await _abort(session)
                raise
            await _commit(session, until)
            for callback in self._after.pop(id(session), []):
                callback()
            return result

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Session]:
        """A session whose reads are all of one moment. Unlike a transaction it may take minutes, and holds up nobody.

        `find` and `aggregate` only; the first of them chooses the moment.
        """
        started = self._client.start_session(snapshot=True)
        session: Any = await started if self._motor else started
        async with session:
            yield session

    def after_commit(self, session: Session, callback: Callable[[], None]) -> None:
        """Call `callback` once when the transaction of `session` is committed, never if it is not."""
        self._after.setdefault(id(session), []).append(callback)

    async def repeat(self, write: Callable[[], Awaitable[T]], *, deadline_s: float = TRANSACTION_S) -> T:
        """Repeat what a failover cut off, as the driver does not: writes of several documents, reads of a snapshot.

        Has to be repeatable.
        """
        until = time.monotonic() + deadline_s
        pause = 0.05
        while True:
            try:
                return await write()
            except PyMongoError as error:
                if not is_outage(error) or time.monotonic() + pause > until:
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)

    async def ping(self) -> None:
        """Return if the server is the primary of a replica set. Raises StoreError, or the driver's error."""
        hello = await self._client.admin.command("hello")
        if "setName" not in hello:
            raise StoreError("MongoDB is no replica set; start it with --replSet and call replSetInitiate once.")
        if not hello.get("isWritablePrimary"):
            raise ConnectionFailure("MongoDB has no primary at the moment.")

    async def now_ms(self) -> int:
        """Clock of the server, in epoch milliseconds."""
        return clock.to_ms((await self._client.admin.command("hello"))["localTime"])

    async def deployment_id(self) -> str:
        """Identifier of this deployment, made once and kept for ever in the database `deployment`."""
        identity = self._client[f"{self._prefix}deployment"]["identity"]
        try:
            found = await identity.find_one_and_update(
                {"_id": "deployment"},
                {"$setOnInsert": {"id": uuid.uuid4().hex[:12]}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
        except DuplicateKeyError:  # another process made it at the same moment
            found = await identity.find_one({"_id": "deployment"})
        return str(found["id"])

    async def drop(self) -> None:
        """Delete the database. For tests."""
        await self._client.drop_database(self.name)

    async def close(self) -> None:
        """Close all connections."""
        closing = self._client.close()
        if not self._motor:
            await closing


async def _commit(session: Any, until: float) -> None:
    while True:
        try:
            await session.commit_transaction()
        except PyMongoError as error:
            if not _uncertain(error) or _transient(error) or time.monotonic() > until:
                raise
            await asyncio.sleep(0.05)
        else:
            return


async def _abort(session: Any) -> None:
    try:
        await session.abort_transaction()
    except (PyMongoError, InvalidOperation):
        return  # the server ends it by itself; what made us abort is the error to tell
