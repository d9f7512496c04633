"""Many people at once: no item is ever held by two, and nothing that was saved is saved twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.leases.store import LeaseStore
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, answered
from tests.queue.interleaving import InterleavedStore


@pytest.fixture(params=["motor", "pymongo", "interleaved"])
async def crowd(request: pytest.FixtureRequest, settings: QueueSettings) -> AsyncIterator[Bench]:
    if request.param == "interleaved":
        store: Store = InterleavedStore(settings, "annotations", seed=7)
    else:
        store = Store(settings.model_copy(update={"mongo_driver": request.param}), "annotations")
    bench = Bench(store, Outbox(store), settings)
    await bench.prepare()
    yield bench
    await store.drop()
    await store.close()


async def test_32_claimers_never_get_one_item_twice(crowd: Bench) -> None:
    items = await crowd.fill(600)
    handed: Counter[str] = Counter()

    async def claim(user: str) -> None:
        client = 0
        while (page := await crowd.claim(user, 1 + len(user) % 9, client=f"client-{client:04}")).items:
            handed.update(item.id for item in page.items)
            client += 1

    await asyncio.gather(*(claim(f"user{'x' * (number % 9)}{number}") for number in range(32)))
    assert set(handed) == set(items)
    assert set(handed.values()) == {1}


async def test_claimers_that_all_start_at_one_place_get_everything_once(
    crowd: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.queue.leases.service.start_rank", lambda _user: 0.5)
    items = await crowd.fill(120)
    pages = await asyncio.gather(*(crowd.claim(f"user{number}", 9) for number in range(16)))
    handed = Counter(item.id for page in pages for item in page.items)
    assert set(handed) == set(items)
    assert set(handed.values()) == {1}


async def test_8_labelers_label_everything_once(crowd: Bench) -> None:
    items = await crowd.fill(200)

    async def label(user: str) -> None:
        while (page := await crowd.claim(user, 4)).items:
            results = await crowd.submit(user, page.token, [answered(item.id, item.version) for item in page.items])
            assert {result.result for result in results} == {"saved"}

    await asyncio.gather(*(label(f"user{number}") for number in range(8)))
    assert len(await crowd.events()) == len(items)
    recount = await crowd.recount()
    assert recount.counters["labeled"] == len(items)
    assert not recount.drift()


async def test_same_claim_twice_at_once_holds_one_page_at_most(crowd: Bench) -> None:
    await crowd.fill(40)
    token = "t" * 20
    await asyncio.gather(*(crowd.claim("ann", 4, token_=token) for _ in range(3)))
    again = await crowd.claim("ann", 4, token_=token)
    assert 1 <= len(again.items) <= 4
    results = await crowd.submit("ann", token, [answered(item.id) for item in again.items])
    assert {result.result for result in results} == {"saved"}


async def test_take_over_that_comes_too_late_changes_nothing(crowd: Bench) -> None:
    await crowd.fill(1)
    page = await crowd.claim("ann", 1)
    leases = LeaseStore(crowd.store)
    (held,) = await leases.held(crowd.project, "ann")
    await crowd.release("ann", page.token)
    theirs = await crowd.claim("bob", 1, client=held.lease.client)
    late = replace(held.lease, token="t" * 20)
    await leases.take_over([held], late, dead_before=crowd.now + 1)
    await leases.take([held.item], late, held.kind)
    assert await leases.page(crowd.project, late) == []
    (result,) = await crowd.submit("bob", theirs.token, [answered(held.item)])
    assert result.result == "saved"
