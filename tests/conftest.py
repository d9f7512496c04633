"""Real Kafka, MongoDB and S3 for all tests, started once a session and only when a test asks. Never a part by its URL:
tests kill what they use."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from deploy.local import ports, process
from deploy.local.stack import Stack
from tests.support import nursery
from tests.support.topics import PARTITIONS

_LONG = ("local", "e2e", "ingest", "crash", "gateway", "export", "kit", "queue", "cli", "contracts")
FIRST = [f"tests/{name}" for name in _LONG]
_SECOND_HALF = "tests/e2e/test_mat"
# A test that forces compaction sets `min.cleanable.dirty.ratio` and `segment.ms` on its topic.
FAST_CLEANER = {"log.cleaner.backoff.ms": "1000", "log.initial.task.delay.ms": "500"}


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]  # xdist carries no types
    """With several workers a folder's tests run on one of them, so that what they share is started once.

    The longest folder goes to two, since the others would wait for it.
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = _folder(nodeid)
        return f"{folder}, second half" if folder == "tests/e2e" and nodeid > _SECOND_HALF else folder


def _folder(nodeid: str) -> str:
    return nodeid.partition("::")[0].rpartition("/")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    """What `-n` uses."""
    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that kill Kafka run first: what it recovers grows with the topics of all other tests.

    Then the longest folders, since the worker that begins one of them last leaves the others idle.
    """
    items.sort(key=lambda item: FIRST.index(folder) if (folder := _folder(item.nodeid)) in FIRST else len(FIRST))


@dataclass(frozen=True, slots=True)
class S3Access:
    """What a client needs to reach the object storage."""

    url: str
    access_key: str
    secret_key: str
    bucket: str


@pytest.fixture(scope="session", autouse=True)
def own_ports() -> Iterator[None]:
    """Workers begin at one moment: what is free for one may be taken by another before anything listens there."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ports, "RANGE", ports.RANGE[worker::workers])
        yield


@pytest.fixture(scope="session", autouse=True)
def few_partitions() -> Iterator[None]:
    """Of all topics that tests make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABELBUS_TOPIC_PARTITIONS", str(PARTITIONS))
        yield


@pytest.fixture(scope="session", autouse=True)
def forked_services() -> Iterator[None]:
    """What `System` starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "spawn", nursery.spawn)
        yield


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The parts of the local stack; a test that kills one starts it again."""
    with Stack(tmp_path_factory.mktemp("stack"), kafka_properties=FAST_CLEANER) as stack:
        yield stack


@pytest.fixture(scope="session")
def kafka(stack: Stack) -> str:
    """Bootstrap server, host:port."""
    return stack.kafka


@pytest.fixture(scope="session")
def mongo_url(stack: Stack) -> str:
    """Address of the replica set."""
    return stack.mongo_url


@pytest.fixture(scope="session")
def s3(stack: Stack) -> S3Access:
    """Object storage with an empty bucket."""
    return S3Access(stack.s3_url, stack.s3_access_key, stack.s3_secret_key, stack.bucket)


@pytest.fixture
def prefix() -> str:
    """A name of this test alone, to begin names of topics, databases and keys with."""
    return f"t{secrets.token_hex(4)}-"


@pytest.fixture
def database_name(prefix: str) -> str:
    """A database of this test alone."""
    return f"{prefix}database"
