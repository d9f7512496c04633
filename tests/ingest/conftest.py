"""One ingest process for all tests of the session, and one world a test."""

import asyncio
import base64
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from deploy.local.stack import Stack
from services.ingest.settings import IngestSettings
from services.kit import topics
from tests.ingest.harness import Ingest, World, world_of
from tests.ingest.stores import registration
from tests.support.faulty_store import FaultyStore, faulty_store


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(stack: Stack) -> IngestSettings:
    prefix = f"t{secrets.token_hex(3)}-"
    settings = IngestSettings(
        kafka=stack.kafka,
        mongo_url=stack.mongo_url,
        s3_url=stack.s3_url,
        s3_access_key=stack.s3_access_key,
        s3_secret_key=SecretStr(stack.s3_secret_key),
        bucket=stack.bucket,
        internal_key=SecretStr("k" * 32),
        datastore_key=SecretStr(base64.b64encode(b"d" * 32).decode()),
        topic_prefix=prefix,
        database_prefix=prefix,
        ingest_upload_bytes=3_000_000,
        ingest_url=f"http://127.0.0.1:{_free_port()}",
    )
    asyncio.run(topics.create(settings))
    return settings


@pytest.fixture
def unused_port() -> int:
    return _free_port()


@pytest.fixture(scope="package")
def settings(stack: Stack) -> IngestSettings:
    return _settings(stack)


@pytest.fixture(scope="package")
def ingest(settings: IngestSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingest]:
    process = Ingest(settings, tmp_path_factory.mktemp("ingest") / "log")
    try:
        yield process.wait_ready()
    finally:
        process.stop()


@pytest.fixture
async def world(settings: IngestSettings, ingest: Ingest) -> AsyncIterator[World]:
    assert ingest.url
    async with world_of(settings) as world:
        yield world


@pytest.fixture
async def client(ingest: Ingest) -> AsyncIterator[httpx.AsyncClient]:
    async with ingest.client() as client:
        yield client


@pytest.fixture
def faulty(world: World) -> Iterator[FaultyStore]:
    with faulty_store(world.settings.s3_url) as server:
        yield server


@pytest.fixture
def bucket(world: World, prefix: str) -> str:
    name = f"{prefix}bucket"
    world.s3.make_bucket(name)
    return name


@pytest.fixture
async def store(world: World, client: httpx.AsyncClient, faulty: FaultyStore, bucket: str) -> str:
    """Name of a data store that is `bucket`, reached through `faulty`."""
    answer = await client.post("/internal/datastores", json=registration(world, faulty, bucket))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["name"])


@pytest.fixture
def own_settings(stack: Stack) -> IngestSettings:
    """For a test that starts and kills processes of its own."""
    return _settings(stack)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Ingest]]:
    """Start a process with settings; all are stopped in the end."""
    running: list[Ingest] = []

    def begin(settings: IngestSettings, **environment: str) -> Ingest:
        running.append(Ingest(settings, tmp_path / f"log{len(running)}", **environment))
        return running[-1]

    yield begin
    for process in running:
        process.stop()
