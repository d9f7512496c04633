"""Items for labeling, and the answers of requests that may be repeated. It must never write outside a transaction."""

from collections.abc import Sequence
from typing import Final

from services.contracts.queue_api import SubmitAnswer
from services.kit import clock
from services.kit.store import Document, IndexModel, Session, Store
from services.queue.labels.models import DONE

KEPT_S: Final = 86_400
"""How long a repeated request gets the answer of the first."""

ITEM_INDEXES = (
    # What a person labeled or skipped, newest first. Partial: most items of a large project have no label yet.
    IndexModel(
        [("project", 1), ("label.by", 1), ("label.at", -1), ("_id", -1)],
        name="done",
        partialFilterExpression={"label.by": {"$exists": True}},
    ),
)
REQUEST_INDEXES = (
    # MongoDB deletes them by itself.
    IndexModel([("at", 1)], name="old", expireAfterSeconds=KEPT_S),
)


class Labels:
    """Labeled items."""

    def __init__(self, store: Store) -> None:
        self._items = store["items"]

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._items.create_indexes(list(ITEM_INDEXES))

    async def find(self, session: Session | None, project: str, ids: Sequence[str]) -> dict[str, Document]:
        """Items of a project by id; others are absent."""
        cursor = self._items.find({"_id": {"$in": list(ids)}, "project": project}, session=session)
        return {item["_id"]: item async for item in cursor}

    async def done(self, project: str, user: str, before: tuple[int, str] | None, limit: int) -> list[Document]:
        """A person's labeled and skipped items, newest first, after the (time, id) of the last one seen.

        Without their regions, which may be many.
        """
        query: Document = {"project": project, "label.by": user, "state": {"$in": DONE}}
        if before is not None:
            at, item = before
            query["$or"] = [{"label.at": {"$lt": at}}, {"label.at": at, "_id": {"$lt": item}}]
            query["label.at"] = {"$lte": at}
        order = [("label.at", -1), ("_id", -1)]
        return await self._items.find(query, {"label.regions": 0}).sort(order).limit(limit).to_list(None)


class Requests:
    """The collection `requests`: the idempotency record of each submit."""

    def __init__(self, store: Store) -> None:
        self._requests = store["requests"]

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._requests.create_indexes(list(REQUEST_INDEXES))

    async def find(self, id_: str) -> tuple[str, SubmitAnswer] | None:
        """Digest and answer of an earlier request."""
        found = await self._requests.find_one({"_id": id_})
        return (found["digest"], SubmitAnswer.model_validate(found["answer"])) if found else None

    async def add(self, session: Session, id_: str, digest: str, answer: SubmitAnswer) -> None:
        """Keep the answer. Raises DuplicateKeyError if the request was answered before."""
        document = {"_id": id_, "digest": digest, "answer": answer.model_dump(mode="json"), "at": clock.now()}
        await self._requests.insert_one(document, session=session)
