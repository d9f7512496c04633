"""A queue with one project in it, driven from below HTTP. Tests say what happens; this knows how to ask."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from services.contracts import ids
from services.contracts.items import (
    DiscoveredItem,
    ItemsDiscovered,
    ItemsMissing,
    ItemsProbed,
    Media,
    MediaFormat,
    ProbedItem,
    ScanFinished,
    Source,
)
from services.contracts.labels import Answer, Label, LabelSet
from services.contracts.projects import DataSource, Project, RunState, TaskType
from services.contracts.queue_api import (
    BackRequest,
    ClaimItemsRequest,
    ClaimRequest,
    HeartbeatAnswer,
    HeartbeatRequest,
    ItemResult,
    Page,
    ReleaseRequest,
    SubmitItem,
    SubmitRequest,
)
from services.kit.blobs import Blobs
from services.kit.outbox import Outbox
from services.kit.store import Document, Store
from services.queue.app import Queue
from services.queue.recount.models import Recount
from services.queue.recount.store import Recounts
from services.queue.settings import QueueSettings

MINUTE = 60_000
START = 1_800_000_000_000


def token() -> str:
    return secrets.token_urlsafe(18)


def project(
    id_: str,
    *,
    version: int = 1,
    state: RunState = RunState.RUNNING,
    task: TaskType = TaskType.IMAGE_MULTI_CLASS,
    allow_empty: bool = False,
) -> Project:
    labels = [Label(id="l0", name="cat"), Label(id="l1", name="dog"), Label(id="l2", name="cow", retired=True)]
    return Project(
        id=id_,
        version=version,
        name="pets",
        task_type=task,
        label_sets=[LabelSet(id="main", multi=task.multi, labels=labels)],
        source=DataSource(datastore="bucket"),
        run_state=state,
        created_at=datetime.now(UTC),
        updated_at=datetime.now(UTC),
        allow_empty=allow_empty,
    )


def found(project_id: str, name: str, etag: str = "e1", scan: int = 1) -> DiscoveredItem:
    source = Source(datastore="bucket", key=name, etag=etag, size=1, scan=scan)
    return DiscoveredItem(id=ids.item_id(project_id, name), source=source)


def answered(item: str, version: int = 0, label: str = "l0", **more: Any) -> SubmitItem:
    return SubmitItem(id=item, version=version, answers=[Answer(set="main", labels=[label])], **more)


def skipped(item: str, version: int = 0) -> SubmitItem:
    return SubmitItem(id=item, version=version, skip=True, skip_reason="blurred")


class Bench:
    """`now` is the clock of everything in `queue`, in epoch milliseconds."""

    def __init__(self, store: Store, outbox: Outbox, settings: QueueSettings) -> None:
        self.store, self.settings = store, settings
        self.now = START
        self.blobs = Blobs(settings)
        self.queue = Queue(store, outbox, self.blobs, settings, lambda: self.now)
        self.task, self.allow_empty = TaskType.IMAGE_MULTI_CLASS, False
        self.media = Media(format=MediaFormat.PNG, width=8, height=8)
        self.project = ids.new_id("p")
        self.version = 1
        self.run_state = RunState.RUNNING
        self._chunks = 0

    async def prepare(self, task: TaskType = TaskType.IMAGE_MULTI_CLASS, *, allow_empty: bool = False) -> None:
        self.task, self.allow_empty = task, allow_empty
        await Outbox(self.store).prepare()
        await self.queue.prepare()
        await self.queue.projects.apply(self.described())

    def described(self) -> Project:
        """The project as the topic has it now."""
        return project(
            self.project, version=self.version, state=self.run_state, task=self.task, allow_empty=self.allow_empty
        )

    async def turn(self, state: RunState) -> None:
        """Pause, start or delete the project, and tell the queue as the topic does."""
        self.version, self.run_state = self.version + 1, state
        await self.queue.projects.apply(self.described())

    def item(self, name: str) -> str:
        return ids.item_id(self.project, name)

    # What scans say

    async def discover(self, names: Sequence[str], *, scan: int = 1, etag: str = "e1") -> None:
        items = [found(self.project, name, etag, scan) for name in names]
        await self.queue.intake.apply(
            self.project, [ItemsDiscovered(project=self.project, scan=scan, index=self._index(), items=items)]
        )

    async def probe(self, names: Sequence[str], *, scan: int = 1, unreadable: str = "") -> None:
        media = None if unreadable else self.media
        items = [ProbedItem(id=self.item(name), etag="e1", media=media, unreadable=unreadable) for name in names]
        await self.queue.intake.apply(
            self.project, [ItemsProbed(project=self.project, scan=scan, index=self._index(), items=items)]
        )

    async def miss(self, names: Sequence[str], *, scan: int = 2) -> None:
        items = [self.item(name) for name in names]
        await self.queue.intake.apply(
            self.project, [ItemsMissing(project=self.project, scan=scan, index=self._index(), items=items)]
        )

    async def finish(self, *, scan: int = 1, chunks: int) -> None:
        await self.queue.intake.apply(self.project, [ScanFinished(project=self.project, scan=scan, chunks=chunks)])

    async def fill(self, number: int) -> list[str]:
        """Items that wait to be labeled; answers their ids."""
        names = [f"{place}.png" for place in range(number)]
        for start in range(0, number, 1_000):
            await self.discover(names[start : start + 1_000])
            await self.probe(names[start : start + 1_000])
        return [self.item(name) for name in names]

    def _index(self) -> int:
        self._chunks += 1
        return self._chunks

    # What people do

    def caller(self, user: str) -> dict[str, Any]:
        return {
            "user": user,
            "project": self.project,
            "project_version": self.version,
            "run_state": self.run_state,
        }

    async def claim(
        self,
        user: str,
        size: int = 9,
        *,
        token_: str | None = None,
        client: str | None = None,
        have: Sequence[str] = (),
        gone: Sequence[str] = (),
    ) -> Page:
        return await self.queue.leases.claim(
            ClaimRequest(
                **self.caller(user),
                token=token_ or token(),
                client=client or f"client-{user}",
                size=size,
                have=list(have),
                gone=list(gone),
            )
        )

    async def claim_items(
        self, user: str, items: Sequence[str], *, token_: str | None = None, client: str | None = None
    ) -> Page:
        return await self.queue.leases.claim_items(
            ClaimItemsRequest(
                **self.caller(user), token=token_ or token(), client=client or f"client-{user}", items=list(items)
            )
        )

    async def beat(self, user: str, *tokens: str, idle_ms: int = 0, client: str | None = None) -> HeartbeatAnswer:
        return await self.queue.leases.heartbeat(
            HeartbeatRequest(
                **self.caller(user), client=client or f"client-{user}", tokens=list(tokens), idle_ms=idle_ms
            )
        )

    async def release(self, user: str, *tokens: str, items: list[str] | None = None) -> int:
        return await self.queue.leases.release(
            ReleaseRequest(**self.caller(user), client=f"client-{user}", tokens=list(tokens), items=items)
        )

    async def submit(
        self, user: str, token_: str, items: Sequence[SubmitItem], *, key: str | None = None
    ) -> list[ItemResult]:
        request = SubmitRequest(**self.caller(user), token=token_, key=key or token(), items=list(items))
        return (await self.queue.labeling.submit(request)).results

    async def back(self, user: str, items: Sequence[SubmitItem], *, key: str | None = None) -> list[ItemResult]:
        request = BackRequest(**self.caller(user), key=key or token(), items=list(items))
        return (await self.queue.labeling.back(request)).results

    # What is there

    async def read(self, item: str) -> Document:
        document = await self.store["items"].find_one({"_id": item})
        assert document is not None
        return document

    async def items(self) -> list[Document]:
        """All items of the project."""
        return await self.store["items"].find({"project": self.project}).to_list(None)

    async def of_kind(self, items: Sequence[str], kind: int) -> None:
        """What assistance will do to items."""
        await self.store["items"].update_many({"_id": {"$in": list(items)}}, {"$set": {"kind": kind}})

    async def in_order(self, items: Sequence[str]) -> None:
        """Ranks come from random ids; where the same steps have to lead to the same page, they are set."""
        for place, id_ in enumerate(items):
            await self.store["items"].update_one({"_id": id_}, {"$set": {"rank": place / len(items)}})

    async def history(self, item: str) -> list[Document]:
        return (
            await self.store["history"].find({"project": self.project, "item": item}).sort("version", 1).to_list(None)
        )

    async def events(self) -> list[Document]:
        """Entries of the outbox, in the order of aggregate and version."""
        return await self.store["outbox"].find({}).sort("_id", 1).to_list(None)

    async def recount(self) -> Recount:
        async with self.store.snapshot() as moment:
            return await Recounts(self.store).read(moment, self.project)

    async def publish(self) -> None:
        """What the relay does to the counters when it has published the outbox."""
        for entry in await self.events():
            counters = dict(entry["counters"])
            if counters:
                await self.store["counters"].update_one({"_id": entry["counters_id"]}, {"$inc": counters}, upsert=True)
            await self.store["outbox"].delete_one({"_id": entry["_id"]})
