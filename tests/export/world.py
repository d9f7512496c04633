"""A real export process, labels as queue writes them, and the two topics that export listens to."""

import asyncio
import io
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pymongo
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from minio import Minio
from pydantic import SecretStr

from deploy.local.process import Child, Command
from services.contracts import ids, rows, topics
from services.contracts.base import Contract
from services.contracts.events import TOPIC_OF, decode, encode, type_name
from services.contracts.exports import ExportEvent, ExportFormat, ExportJob, ExportRequested, JobState
from services.contracts.items import DiscoveredItem, Media, MediaFormat, ProbedItem, Source
from services.contracts.labels import Answer, ItemRemoved, ItemState, Label, LabelSet, LabelSubmitted, Region
from services.contracts.projects import DataSource, Project, RunState, TaskType
from services.contracts.queue_api import SubmitItem
from services.export.exports.models import Export
from services.export.files.models import Checkpoint
from services.export.settings import ExportSettings
from services.kit import clock
from services.kit.blobs import Blobs
from services.kit.regions import RegionObjects
from services.kit.store import Document, Store
from services.queue.history import models as history
from services.queue.items import models as items
from services.queue.labels import models as labels
from services.queue.regions import models as regions
from tests.support import nursery
from tests.support.topics import PARTITIONS

REPOSITORY = Path(__file__).parents[2]
ENDED = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELED)
LabelsOf = Callable[[int], Sequence[str]]
RegionsOf = Callable[[int], Sequence[Region]]


def _shown(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def project(*names: str, multi: bool = False, task: TaskType | None = None) -> Project:
    """A project whose labels have the ids l0, l1, …; `Animals/Cat` is below `Animals`, which comes before it."""
    task = task or (TaskType.IMAGE_MULTI_LABEL if multi else TaskType.IMAGE_MULTI_CLASS)
    by_path = {path: f"l{number}" for number, path in enumerate(names)}
    return Project(
        id=ids.new_id("p"),
        version=3,
        name="pets “2026”",
        task_type=task,
        label_sets=[
            LabelSet(
                id="main",
                multi=task.multi,
                labels=[
                    Label(
                        id=id_,
                        name=path.rpartition("/")[2],
                        parent=by_path.get(path.rpartition("/")[0], ""),
                        color=f"#{ord(id_[-1]):02x}8040",
                    )
                    for path, id_ in by_path.items()
                ],
            )
        ],
        source=DataSource(datastore="pictures"),
        run_state=RunState.RUNNING,
        created_at=datetime.now(UTC),
        updated_at=datetime.now(UTC),
    )


class World:
    """One deployment of its own: prefix, database, topics, export process."""

    _process: Child | None = None

    def __init__(self, settings: ExportSettings, log: Path) -> None:
        self.settings, self._log = settings, log
        self.annotations = Store(settings, "annotations")
        self.exports = Store(settings, "export")
        host = settings.s3_url.removeprefix("http://")
        secret = settings.s3_secret_key.get_secret_value()
        self.s3 = Minio(endpoint=host, access_key=settings.s3_access_key, secret_key=secret, secure=False)
        self._objects = RegionObjects(Blobs(settings), settings.bucket)
        self._producer: AIOKafkaProducer | None = None

    def start(self, **environment: str) -> None:
        """Start the process; `ready` waits for it."""
        values = self.settings.model_dump()
        given = {f"LABELBUS_{name.upper()}": _shown(value) for name, value in values.items()}
        with self._log.open("ab") as output:
            command = Command([sys.executable, "-m", "services.export"], given | environment, REPOSITORY)
            self._process = nursery.spawn(command, output)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    async def ready(self) -> None:
        async with httpx.AsyncClient(base_url=self.settings.export_url) as client:

            async def answers() -> bool:
                assert self.is_running(), self.said()
                try:
                    return (await client.get("/health/ready")).status_code == 200
                except httpx.HTTPError:
                    return False

            await self.until(answers)

    def said(self) -> str:
        return self._log.read_text()[-5000:]

    def kill9(self) -> None:
        """The next process need not wait ten seconds for the relay's lease: that this one is dead is known here."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)
        with pymongo.MongoClient[Document](self.settings.mongo_url) as client:
            database = client[self.settings.database_prefix + "export"]
            database["lease"].update_one({"_id": "relay"}, {"$set": {"until": datetime.fromtimestamp(0, UTC)}})

    async def close(self) -> None:
        if self._process is not None and self.is_running():
            self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.to_thread(self._process.wait, 20)
            except subprocess.TimeoutExpired:
                self.kill9()
        if self._producer is not None:
            await self._producer.stop()
        for store in (self.annotations, self.exports):
            await store.drop()
            await store.close()

    async def until(self, condition: Callable[[], Any], seconds: float = 90) -> Any:
        end = time.monotonic() + seconds
        while not (found := await condition()):
            assert time.monotonic() < end, f"not within {seconds} s\n{self.said()}"
            await asyncio.sleep(0.05)
        return found

    async def publish(self, event: Contract, key: str) -> None:
        await self.send(TOPIC_OF[type(event)], key, encode(event), type_name(type(event)))

    async def send(self, topic: topics.Topic, key: str, value: bytes | None, type_: str) -> None:
        """Any record, as a foreign program could send it."""
        if self._producer is None:
            self._producer = AIOKafkaProducer(bootstrap_servers=self.settings.kafka)
            await self._producer.start()
        name = self.settings.topic_prefix + topic.name
        await self._producer.send_and_wait(name, value, key.encode(), headers=[("ce_type", type_.encode())])

    async def request(self, project_id: str, profile: ExportFormat = ExportFormat.COCO, **wishes: object) -> ExportJob:
        """Ask for an export as the gateway does."""
        job = ExportJob(
            id=ids.new_id("e"),
            project=project_id,
            version=1,
            format=profile,
            state=JobState.REQUESTED,
            requested_at=clock.from_ms(await self.annotations.now_ms()),
        ).model_copy(update=wishes)
        await self.publish(ExportRequested(export=job), job.id)
        return job

    async def export(self, job: ExportJob) -> Export:
        """What export has stored of an export."""
        found = await self.exports["exports"].find_one({"_id": job.id})
        return Export.model_validate(found["export"] if found else {"job": job})

    async def killed(
        self, project_id: str, profile: ExportFormat, reached: Callable[[Checkpoint], bool], **wishes: object
    ) -> tuple[ExportJob, Checkpoint]:
        """An export that was killed when it had come so far; one that was faster than the kill is let go."""
        for _attempt in range(10):
            asked = await self.request(project_id, profile, **wishes)

            async def is_reached(asked: ExportJob = asked) -> bool:
                return reached((await self.export(asked)).checkpoint)

            await self.until(is_reached)
            self.kill9()
            before = (await self.export(asked)).checkpoint
            if not before.complete:
                return asked, before
            self.start()
            await self.ended(asked)
        raise AssertionError("ten exports were faster than the kill")

    async def told(self, job: ExportJob) -> list[ExportJob]:
        """What the topic tells of an export, in its order."""
        name = self.settings.topic_prefix + topics.EXPORTS.name
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self.settings.kafka, isolation_level="read_committed", auto_offset_reset="earliest"
        )
        await consumer.start()
        try:
            partitions = [TopicPartition(name, number) for number in range(PARTITIONS)]
            consumer.assign(partitions)
            ends = await consumer.end_offsets(partitions)
            found: list[ExportJob] = []
            while [p for p in partitions if await consumer.position(p) < ends[p]]:
                for records in (await consumer.getmany(timeout_ms=100)).values():
                    found += [self._job(record) for record in records if record.key == job.id.encode()]
            return found
        finally:
            await consumer.stop()

    def _job(self, record: Any) -> ExportJob:
        event = decode(topics.EXPORTS.name, dict(record.headers)["ce_type"].decode(), record.value)
        assert isinstance(event, ExportEvent)
        return event.export

    async def ended(self, job: ExportJob, seconds: float = 90) -> ExportJob:
        """The last state of an export, when its end is on the topic."""

        async def last() -> ExportJob | None:
            told = await self.told(job)
            return told[-1] if told and told[-1].state in ENDED else None

        found = await self.until(last, seconds)
        assert isinstance(found, ExportJob)
        return found

    def file(self, job: ExportJob) -> bytes:
        return self._get(job.bucket, job.key)

    def _get(self, bucket: str, key: str) -> bytes:
        response = self.s3.get_object(bucket_name=bucket, object_name=key)
        try:
            return response.read()
        finally:
            response.close()

    def put(self, bucket: str, key: str, data: bytes) -> None:
        """Write a source object."""
        if not self.s3.bucket_exists(bucket_name=bucket):
            self.s3.make_bucket(bucket_name=bucket)
        self.s3.put_object(bucket_name=bucket, object_name=key, data=io.BytesIO(data), length=len(data))

    def rows(self, job: ExportJob) -> list[dict[str, Any]]:
        """Lines of a file of JSON Lines, in the order of its items."""
        return [json.loads(line) for line in self.file(job).decode().splitlines()]

    def beside(self, job: ExportJob, name: str) -> bytes:
        """An object of the folder of the file."""
        return self._get(job.bucket, f"{job.key.rpartition('/')[0]}/{name}")

    def manifest(self, job: ExportJob) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.beside(job, "manifest.json"))
        return read

    def zip(self, job: ExportJob) -> ZipFile:
        """The file of an export of many files, after a look at every CRC."""
        file = ZipFile(io.BytesIO(self.file(job)))
        assert file.testzip() is None
        return file

    def coco(self, job: ExportJob) -> dict[str, Any]:
        read: dict[str, Any] = json.load(io.BytesIO(self.file(job)))
        return read

    def objects(self, prefix: str = "Labeling/") -> list[str]:
        found = self.s3.list_objects(bucket_name=self.settings.bucket, prefix=prefix, recursive=True)
        return [str(each.object_name) for each in found]

    async def discover(self, project_id: str, keys: Sequence[str], media: Media | None = None) -> list[Document]:
        """Items that wait for labelers, in the order of `keys`."""
        made = [self._item(project_id, number, key, media) for number, key in enumerate(keys)]
        await self.annotations["items"].insert_many(made)
        return made

    @staticmethod
    def _item(project_id: str, number: int, key: str, media: Media | None) -> Document:
        found = DiscoveredItem(id=ids.item_id(project_id, key), source=Source(datastore="pictures", key=key))
        media = media or Media(format=MediaFormat.PNG, width=100 + number % 7, height=50)
        now = clock.now_ms()
        return items.probed(items.discovered(project_id, found, 1, now), ProbedItem(id=found.id, media=media), now)

    async def label(self, found: Sequence[Document], labels_of: LabelsOf) -> list[Document]:
        """Give each item the labels of its place; those that get none are skipped."""
        now = clock.now_ms()
        step = labels.Step(lambda _: True, LabelSubmitted)
        changes = []
        for number, item in enumerate(found):
            chosen = list(labels_of(number))
            answers = [Answer(set="main", labels=chosen)] if chosen else []
            given = SubmitItem(id=item["_id"], version=item["version"], skip=not chosen, answers=answers)
            change = step.take(item, given, labels.label(given, "u1", 1, now))
            assert change is not None
            changes.append(change)
        return await self._apply(changes)

    async def draw(self, of: Project, found: Sequence[Document], regions_of: RegionsOf) -> list[Document]:
        """Give each item the regions of its place, kept as queue keeps them."""
        now = clock.now_ms()
        step = labels.Step(lambda _: True, LabelSubmitted)
        changes = []
        for number, item in enumerate(found):
            given = SubmitItem(id=item["_id"], version=item["version"], regions=list(regions_of(number)))
            kept = regions.kept(given.regions, of)
            ref = await self._objects.put(of.id, kept.content, len(kept.regions)) if kept.content else None
            change = step.take(item, given, labels.label(given, "u1", 1, now, kept.fields(ref)))
            assert change is not None
            changes.append(change)
        return await self._apply(changes)

    async def table(self, project_id: str, table: str, cells: Sequence[dict[str, str]]) -> list[Document]:
        """Rows of a table, cut into chunks as ingest does, each labeled as l0."""
        lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in cells]
        self.put(self.settings.bucket, rows.chunk_key(project_id, table, "etag", 0), b"".join(lines))
        now, made, offset = clock.now_ms(), [], 0
        for number, line in enumerate(lines):
            part = rows.Row(number, 0, offset, len(line) - 1).part
            source = Source(datastore="pictures", key=table, part=part, etag="etag")
            found = DiscoveredItem(id=ids.item_id(project_id, table, part), source=source)
            media = Media(format=MediaFormat.ROW, chars=1)
            made.append(
                items.probed(items.discovered(project_id, found, 1, now), ProbedItem(id=found.id, media=media), now)
            )
            offset += len(line)
        await self.annotations["items"].insert_many(made)
        return await self.label(made, lambda _: ["l0"])

    async def change(self, item: Document, fields: Document) -> None:
        """Write fields of an item as no step of its own does."""
        await self.annotations["items"].update_one({"_id": item["_id"]}, {"$set": fields})

    async def tick(self) -> None:
        """Let the clock of the server move on, so that nothing falls into the same millisecond."""
        before = await self.annotations.now_ms()

        async def later() -> bool:
            return await self.annotations.now_ms() > before

        await self.until(later)

    async def step(self, found: Sequence[Document], fields_of: Callable[[Document], Document]) -> list[Document]:
        """A change of each item that is no label: by a reviewer, an owner, or the data source."""
        now = clock.now_ms()
        changes = []
        for item in found:
            times = {**item["times"], "changed": now}
            after = {**item, **fields_of(item), "version": item["version"] + 1, "times": times}
            changes.append(history.Change(ItemRemoved, item, after, now))
        return await self._apply(changes)

    async def remove(self, found: Sequence[Document]) -> list[Document]:
        """Take items out of the project."""
        return await self.step(found, lambda _: {"state": ItemState.REMOVED})

    async def _apply(self, changes: Sequence[history.Change]) -> list[Document]:
        after = [change.after for change in changes]
        await self.annotations["history"].insert_many([history.row(change) for change in changes])
        await self.annotations["items"].delete_many({"_id": {"$in": [item["_id"] for item in after]}})
        await self.annotations["items"].insert_many(after)
        return after
