"""A real ingest process, and what a test needs to drive it and to read what it publishes."""

import asyncio
import io
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from minio import Minio
from PIL import Image

from deploy.local.process import Command
from services.contracts import ids, topics
from services.contracts.base import Contract
from services.contracts.datasets import Dataset
from services.contracts.events import TOPIC_OF, decode, encode, type_name
from services.contracts.exports import JobState
from services.contracts.imports import ImportEvent, ImportJob
from services.contracts.items import ItemsDiscovered, ItemsMissing, ItemsProbed, ProbedItem, ScanFinished
from services.contracts.projects import DataSource, Project, RunState, TaskType
from services.contracts.refreshes import Refresh, RefreshEvent, RefreshRequested
from services.ingest.settings import IngestSettings
from tests.support import nursery
from tests.support.topics import PARTITIONS

REPOSITORY = Path(__file__).parents[2]
C = TypeVar("C", bound=Contract)


class Ingest:
    """One process of `python -m services.ingest`."""

    def __init__(self, settings: IngestSettings, log: Path, **environment: str) -> None:
        self.url, self._key, self._log = settings.ingest_url, settings.internal_key.get_secret_value(), log
        shown = {
            name: value.get_secret_value() if hasattr(value, "get_secret_value") else value for name, value in settings
        }
        given = {f"LABELBUS_{name.upper()}": str(value) for name, value in shown.items()}
        with log.open("ab") as output:
            command = Command([sys.executable, "-m", "services.ingest"], given | environment, REPOSITORY)
            self._process = nursery.spawn(command, output)

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill9(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill9()

    def wait_ready(self, seconds: float = 110) -> Self:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self._process.poll() is None, self._log.read_text()[-3000:]
            try:
                if httpx.get(f"{self.url}/health/ready").status_code == 200:
                    return self
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise TimeoutError(self._log.read_text()[-3000:])

    def client(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self._key}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=60)


class World:
    """Kafka and object storage as a test sees them."""

    def __init__(self, settings: IngestSettings, producer: AIOKafkaProducer, consumer: AIOKafkaConsumer) -> None:
        self.settings = settings
        self._producer, self._consumer = producer, consumer
        self._events: list[Contract] = []
        self.s3 = Minio(
            settings.s3_url.removeprefix("http://"),
            settings.s3_access_key,
            settings.s3_secret_key.get_secret_value(),
            secure=False,
        )

    def put(self, key: str, data: bytes, bucket: str = "") -> None:
        self.s3.put_object(bucket or self.settings.bucket, key, io.BytesIO(data), len(data))

    def put_all(self, keys: Iterable[str], bucket: str = "") -> None:
        """The same picture under each key."""
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda key: self.put(key, picture(), bucket), keys))

    def remove(self, key: str, bucket: str = "") -> None:
        self.s3.remove_object(bucket or self.settings.bucket, key)

    async def publish(self, event: Contract, key: str) -> None:
        name = self.settings.topic_prefix + TOPIC_OF[type(event)].name
        headers = [("ce_type", type_name(type(event)).encode())]
        await self._producer.send_and_wait(name, encode(event), key=key.encode(), headers=headers)

    async def new_project(self, source: DataSource, **changes: Any) -> Project:
        project = self.project(source, **changes)
        await self.publish(project, project.id)
        return project

    @staticmethod
    def project(source: DataSource, **changes: Any) -> Project:
        now = datetime.now(UTC)
        return Project(
            **{
                "id": ids.new_id("p"),
                "version": 1,
                "name": "A test",
                "task_type": TaskType.IMAGE_MULTI_CLASS,
                "source": source,
                "run_state": RunState.INITIALIZING,
                "created_by": "u1",
                "created_at": now,
                "updated_at": now,
            }
            | changes
        )

    async def request_refresh(self, project: str, scan: int) -> None:
        refresh = Refresh(
            id=f"{project}-{scan}",
            project=project,
            scan=scan,
            version=1,
            state=JobState.REQUESTED,
            requested_at=datetime.now(UTC),
        )
        await self.publish(RefreshRequested(refresh=refresh), refresh.id)

    async def poll(self) -> None:
        for records in (await self._consumer.getmany(timeout_ms=100)).values():
            for record in records:
                headers = {name: value.decode() for name, value in record.headers}
                topic = record.topic.removeprefix(self.settings.topic_prefix)
                self._events.append(decode(topic, headers["ce_type"], record.value))

    async def until(self, found: Callable[[], Any], seconds: float = 60) -> Any:
        end = time.monotonic() + seconds
        while not (answer := found()):
            assert time.monotonic() < end, "it did not come true in time"
            await self.poll()
        return answer

    @staticmethod
    def deadline(seconds: float = 60) -> asyncio.Timeout:
        return asyncio.timeout(seconds)

    def events(self, kind: type[C], project: str) -> list[C]:
        return [e for e in self._events if isinstance(e, kind) and getattr(e, "project", "") == project]

    def refreshes(self, project: str, scan: int) -> list[Refresh]:
        found = [e.refresh for e in self._events if isinstance(e, RefreshEvent)]
        return [refresh for refresh in found if (refresh.project, refresh.scan) == (project, scan)]

    async def ended(self, project: str, scan: int = 1, seconds: float = 60) -> Refresh:
        """The refresh when it is over, and what it probed when it succeeded: two topics, so one may come later."""
        going = (JobState.REQUESTED, JobState.RUNNING)
        over: list[Refresh] = await self.until(
            lambda: [r for r in self.refreshes(project, scan) if r.state not in going], seconds
        )
        if over[-1].state is JobState.SUCCEEDED:
            looked_at = over[-1].probed + over[-1].unreadable
            await self.until(lambda: len(self.probed(project, scan)) >= looked_at, seconds)
        return over[-1]

    def datasets(self, dataset: str) -> list[Dataset]:
        """All that was published of a data set."""
        return [event for event in self._events if isinstance(event, Dataset) and event.id == dataset]

    def imports(self, import_id: str) -> list[ImportJob]:
        """All that was published of an import, our own request apart."""
        told = [event.job for event in self._events if isinstance(event, ImportEvent)]
        return [job for job in told if job.id == import_id and job.version > 1]

    def keys(self, project: str, scan: int = 1) -> list[str]:
        """Keys of discovered items, after chunks were deduplicated by scan and index."""
        chunks = {e.index: e for e in self.events(ItemsDiscovered, project) if e.scan == scan}
        return [item.source.key for chunk in chunks.values() for item in chunk.items]

    def codes(self, project: str, scan: int = 1) -> set[str]:
        """Of all status messages so far."""
        return {message.code for refresh in self.refreshes(project, scan) for message in refresh.messages}

    def probed(self, project: str, scan: int = 1) -> dict[str, ProbedItem]:
        chunks = {e.index: e for e in self.events(ItemsProbed, project) if e.scan == scan}
        return {item.id: item for chunk in chunks.values() for item in chunk.items}

    def missing(self, project: str, scan: int) -> set[str]:
        return {item for e in self.events(ItemsMissing, project) if e.scan == scan for item in e.items}

    def finished(self, project: str, scan: int = 1) -> ScanFinished:
        return next(e for e in self.events(ScanFinished, project) if e.scan == scan)


@asynccontextmanager
async def world_of(settings: IngestSettings) -> AsyncIterator[World]:
    producer = AIOKafkaProducer(bootstrap_servers=settings.kafka, max_request_size=1_000_000)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka, isolation_level="read_committed", enable_auto_commit=False
    )
    await asyncio.gather(producer.start(), consumer.start())
    try:
        names = [
            settings.topic_prefix + topic.name
            for topic in (topics.ITEMS, topics.REFRESHES, topics.DATASETS, topics.IMPORTS)
        ]
        consumer.assign([TopicPartition(name, number) for name in names for number in range(PARTITIONS)])
        await consumer.seek_to_end()
        yield World(settings, producer, consumer)
    finally:
        await asyncio.gather(producer.stop(), consumer.stop())


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20), color: str = "red", **options: Any) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, kind, **options)
    return content.getvalue()


def id_of(project: Project, keys: Iterable[str]) -> set[str]:
    return {ids.item_id(project.id, key) for key in keys}
