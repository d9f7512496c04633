"""Settings, store and relays of one test, on the real stack."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from deploy.local.stack import Stack
from services.kit.outbox import Outbox
from services.kit.settings import Settings
from services.kit.store import Store
from tests.kit.support import Child

StartRelay = Callable[..., Child]


@pytest.fixture
def settings(stack: Stack, prefix: str) -> Settings:
    """Settings whose topics and databases belong to this test alone."""
    return Settings(
        kafka=stack.kafka,
        mongo_url=stack.mongo_url,
        s3_url=stack.s3_url,
        s3_access_key=stack.s3_access_key,
        s3_secret_key=SecretStr(stack.s3_secret_key),
        bucket=stack.bucket,
        topic_prefix=prefix,
        database_prefix=prefix,
        internal_key=SecretStr("internal-key-of-this-test"),
    )


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    """The database that relay processes publish from."""
    store = Store(settings, "relay")
    yield store
    await store.drop()
    await store.close()


@pytest.fixture
async def outbox(store: Store) -> Outbox:
    """Its outbox."""
    outbox = Outbox(store)
    await outbox.prepare()
    return outbox


@pytest.fixture
def start_relay(settings: Settings, tmp_path: Path) -> Iterator[StartRelay]:
    """Start relay processes; all are stopped at the end."""
    started: list[Child] = []

    def start(fault: str = "") -> Child:
        started.append(Child("relay_process", settings, tmp_path / f"relay-{len(started)}.log", fault))
        return started[-1]

    yield start
    for relay in started:
        relay.stop()
