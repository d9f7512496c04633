"""Queue over the real MongoDB, with a clock that tests turn, and what is needed to fill it."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.settings import QueueSettings
from tests.conftest import S3Access
from tests.queue.bench import Bench


@pytest.fixture
def settings(mongo_url: str, kafka: str, s3: S3Access, prefix: str) -> QueueSettings:
    return QueueSettings(
        mongo_url=mongo_url,
        kafka=kafka,
        s3_url=s3.url,
        s3_access_key=s3.access_key,
        s3_secret_key=SecretStr(s3.secret_key),
        bucket=s3.bucket,
        database_prefix=prefix,
        topic_prefix=prefix,
        internal_key=SecretStr("k" * 32),
    )


@pytest.fixture
async def store(settings: QueueSettings) -> AsyncIterator[Store]:
    store = Store(settings, "annotations")
    yield store
    await store.drop()
    await store.close()


@pytest.fixture
async def bench(store: Store, settings: QueueSettings) -> Bench:
    bench = Bench(store, Outbox(store), settings)
    await bench.prepare()
    return bench
