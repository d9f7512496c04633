"""Queue over the real MongoDB, with a clock that tests turn, and what is needed to fill it."""

from collections.abc import AsyncIterator

import pytest

from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench


@pytest.fixture
def settings(mongo_url: str, kafka: str, prefix: str) -> QueueSettings:
    return QueueSettings(
        mongo_url=mongo_url, kafka=kafka, database_prefix=prefix, topic_prefix=prefix, internal_key="k" * 32
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
