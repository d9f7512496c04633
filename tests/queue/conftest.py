"""Queue over the real MongoDB, with a clock that tests turn, and what is needed to fill it."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.settings import QueueSettings
from tests.conftest import S3Access
from tests.queue.bench import Bench
from tests.support.databases import empty


@pytest.fixture(scope="package")
def databases() -> list[str]:
    """Prefixes of empty ones that are ready."""
    return []


@pytest.fixture
def settings(mongo_url: str, kafka: str, s3: S3Access, prefix: str, databases: list[str]) -> QueueSettings:
    return QueueSettings(
        mongo_url=mongo_url,
        kafka=kafka,
        s3_url=s3.url,
        s3_access_key=s3.access_key,
        s3_secret_key=SecretStr(s3.secret_key),
        bucket=s3.bucket,
        database_prefix=databases.pop() if databases else prefix,
        topic_prefix=prefix,
        internal_key=SecretStr("k" * 32),
    )


@pytest.fixture
async def store(settings: QueueSettings, databases: list[str]) -> AsyncIterator[Store]:
    store = Store(settings, "annotations")
    yield store
    await empty(store)
    await store.close()
    databases.append(settings.database_prefix)


@pytest.fixture
async def bench(store: Store, settings: QueueSettings) -> Bench:
    bench = Bench(store, Outbox(store), settings)
    await bench.prepare()
    return bench
