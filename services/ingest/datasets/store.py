"""Collections `datasets`, one document each, and `dataset_versions`. Written only with the event that tells of it."""

from collections.abc import Mapping
from typing import Any

from services.contracts import topics
from services.contracts.datasets import Dataset
from services.contracts.ids import name_key
from services.contracts.ingest_api import DatasetChange, DatasetPage, DatasetVersion
from services.ingest.datasets.models import NOTHING, fields_of, read, version_id, view
from services.kit import clock
from services.kit.jobs import DONE, JobLost, Jobs
from services.kit.outbox import Entry, Outbox
from services.kit.store import DESCENDING, Document, DuplicateKeyError, IndexModel, ReturnDocument, Session, Store


class NameTaken(Exception):
    """Another data set has the name."""


class Datasets:
    """Data sets by id."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        """In the database of ingest."""
        self._store, self._outbox = store, outbox
        self._heads, self._versions = store["datasets"], store["dataset_versions"]
        self.jobs = Jobs(self._versions)

    async def prepare(self) -> None:
        """Make the indexes."""
        await self.jobs.prepare()
        await self._heads.create_indexes([IndexModel([("name_key", 1)], unique=True), IndexModel([("place", -1)])])
        await self._versions.create_indexes([IndexModel([("fields.id", 1), ("fields.version", -1)])])

    async def add(self, dataset: Dataset) -> bool:
        """Version 1 of a new data set; False if the name is taken."""
        place = f"{clock.to_ms(dataset.created_at):013d}-{dataset.id}"
        head = {"_id": dataset.id, "name_key": name_key(dataset.name), "place": place, "newest": 1, "revision": 1}

        async def body(session: Session) -> None:
            await self._heads.insert_one(head, session=session)
            await self._insert(session, dataset)

        try:
            await self._store.transact(body)
        except DuplicateKeyError:
            return False
        return True

    async def add_version(self, dataset: Dataset) -> bool:
        """The next version, with the revision that comes with it; False if another one was faster."""
        before = {"_id": dataset.id, "newest": dataset.version - 1, "name_key": name_key(dataset.name)}
        after = {"$set": {"newest": dataset.version}, "$inc": {"revision": 1}}

        async def body(session: Session) -> bool:
            head = await self._heads.find_one_and_update(
                before, after, session=session, return_document=ReturnDocument.AFTER
            )
            if head is None:
                return False
            await self._insert(session, dataset.model_copy(update={"revision": head["revision"]}))
            return True

        return await self._store.transact(body)

    async def _insert(self, session: Session, dataset: Dataset) -> None:
        row = {"_id": version_id(dataset.id, dataset.version), "fields": fields_of(dataset), **NOTHING, **Jobs.fields()}
        await self._versions.insert_one(row, session=session)
        await self._publish(session, dataset)

    async def change(self, dataset: str, change: DatasetChange) -> bool:
        """Change name or description, and tell of it; False unless the revision is that one. Raises NameTaken."""
        named = {} if change.name is None else {"name_key": name_key(change.name)}

        async def body(session: Session) -> bool:
            before = {"_id": dataset, "revision": change.revision}
            after = {"$inc": {"revision": 1}} | ({"$set": named} if named else {})
            head = await self._heads.find_one_and_update(before, after, session=session)
            if head is None:
                return False
            document = await self._correct(session, head, change)
            await self._publish(session, _now(document, change.revision + 1))
            return True

        try:
            return await self._store.transact(body)
        except DuplicateKeyError as error:
            raise NameTaken(change.name) from error

    async def _correct(self, session: Session, head: Document, change: DatasetChange) -> Document:
        """The newest version as it is then. All versions have the name."""
        if change.name is not None:
            own = {"fields.id": head["_id"]}
            await self._versions.update_many(own, {"$set": {"fields.name": change.name}}, session=session)
        newest = {"_id": version_id(head["_id"], head["newest"])}
        if change.description is not None:
            described = {"$set": {"fields.description": change.description}}
            await self._versions.update_one(newest, described, session=session)
        found = await self._versions.find_one(newest, session=session)
        if found is None:
            raise LookupError(newest["_id"])
        return found

    async def count_anew(self, dataset: str, version: int) -> bool:
        """Have a version counted again, which takes the samples along; False if it is being counted."""
        idle = {"_id": version_id(dataset, version), "work": DONE}
        return bool((await self._versions.update_one(idle, {"$set": {**NOTHING, **Jobs.fields()}})).matched_count)

    async def counted(self, job: Document, fields: Mapping[str, Any], problem: str, *, whole: bool) -> None:
        """End the counting of a version, and tell of it if it is the newest. Raises JobLost.

        `problem` says why it could not be counted, or that nothing was found.
        """

        async def body(session: Session) -> None:
            now = clock.now()
            done = {"work": DONE, "lease": None, "problem": problem, "counted_at": now if whole else None}
            after = {"$set": {**fields, **done}}
            document = await self._versions.find_one_and_update(
                self.jobs.held(job), after, session=session, return_document=ReturnDocument.AFTER
            )
            if document is None:
                raise JobLost(str(job["_id"]))
            await self._tell(session, document)

        await self._store.transact(body)

    async def _tell(self, session: Session, document: Document) -> None:
        """A new revision, if the version is the newest."""
        head = {"_id": document["fields"]["id"], "newest": document["fields"]["version"]}
        found = await self._heads.find_one(head, session=session)
        if found is None:
            return
        revision = found["revision"] + 1
        await self._heads.update_one(head, {"$set": {"revision": revision}}, session=session)
        await self._publish(session, _now(document, revision))

    async def _publish(self, session: Session, dataset: Dataset) -> None:
        await self._outbox.add(session, [Entry(topics.DATASETS, dataset.id, dataset.revision, dataset, dataset.id)])

    async def find(self, dataset: str, version: int = 0) -> DatasetVersion | None:
        """A version; 0 is the newest."""
        head = await self._heads.find_one({"_id": dataset})
        if head is None:
            return None
        found = await self._versions.find_one({"_id": version_id(dataset, version or head["newest"])})
        return None if found is None else view(found, head)

    async def versions(self, dataset: str, before: int, limit: int) -> list[DatasetVersion]:
        """Versions below `before` (0: from the newest), newest first."""
        head = await self._heads.find_one({"_id": dataset})
        if head is None:
            return []
        where: Document = {"fields.id": dataset} | ({"fields.version": {"$lt": before}} if before else {})
        found = self._versions.find(where).sort("fields.version", DESCENDING).limit(limit)
        return [view(document, head) async for document in found]

    async def page(self, name: str, after: str, limit: int) -> DatasetPage:
        """Newest data set first, those whose name holds `name`, behind `after`."""
        where: Document = {"place": {"$lt": after}} if after else {}
        if name:
            wanted = {"$indexOfCP": ["$name_key", {"$literal": name_key(name)}]}
            where["$expr"] = {"$gte": [wanted, 0]}
        heads = await self._heads.find(where).sort("place", DESCENDING).limit(limit).to_list(None)
        ids = {version_id(head["_id"], head["newest"]): head for head in heads}
        found = {document["_id"]: document async for document in self._versions.find({"_id": {"$in": list(ids)}})}
        items = [view(found[id_], head) for id_, head in ids.items() if id_ in found]
        return DatasetPage(items=items, next=heads[-1]["place"] if len(heads) == limit else "")


def _now(document: Document, revision: int) -> Dataset:
    """A version as its new revision tells of it."""
    return read(document, revision).model_copy(update={"updated_at": clock.now()})
