"""The table of transitions against the real store: what Hypothesis makes up has to lead to what a model says."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.contracts.projects import RunState
from services.contracts.queue_api import ItemResult, SubmitItem
from services.kit.outbox import Outbox
from services.kit.problems import Refused
from services.kit.store import Store
from services.queue.settings import QueueSettings
from tests.queue.bench import MINUTE, Bench, answered, skipped, token
from tests.queue.model import Item, Model

T = TypeVar("T")
NAMES = [f"{place}.png" for place in range(6)]
USERS = st.sampled_from(["ann", "bob"])
BROWSERS = ["browser-1", "browser-2"]
CLIENTS = st.sampled_from(BROWSERS)
SOME = st.sets(st.integers(0, len(NAMES) - 1), min_size=1)


class World:
    """One loop and one database for all examples; each example is a project of its own."""

    def __init__(self, settings_: QueueSettings) -> None:
        self._loop = asyncio.new_event_loop()
        self._settings = settings_
        self.store = self.run(self._open())

    async def _open(self) -> Store:
        store = Store(self._settings, "annotations")
        await Bench(store, Outbox(store), self._settings).prepare()
        return store

    def bench(self) -> Bench:
        return Bench(self.store, Outbox(self.store), self._settings)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self.run(self.store.drop())
        self.run(self.store.close())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


class QueueMachine(RuleBasedStateMachine):
    """Every rule does the same to the queue and to the model; after each, both have to be the same."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.bench = self.world.bench()
        self.run = self.world.run
        self.run(self.bench.queue.projects.apply(self.bench.described()))
        items = self.run(self.bench.fill(len(NAMES)))
        self.run(self.bench.in_order(items))
        self.run(self.bench.of_kind(items[:2], 0))
        self.model = Model(Item(id_, 0 if place < 2 else 2) for place, id_ in enumerate(items))
        self.pages: list[tuple[str, str, str, list[str]]] = []
        """Every page that was ever answered: user, client, token, items. Old ones are the ones to fear."""
        self.asked: list[tuple[str, str, list[SubmitItem], str, list[ItemResult]]] = []
        self.saved: set[tuple[str, int]] = set()
        self.scan = 1

    def _page(self, draw: st.DataObject) -> tuple[str, str, str, list[str]]:
        return draw.draw(st.sampled_from(self.pages[-6:]))

    def _ids(self, places: set[int]) -> list[str]:
        return [self.bench.item(NAMES[place]) for place in sorted(places)]

    @precondition(lambda self: self.model.running)
    @rule(user=USERS, client=CLIENTS, size=st.integers(1, 4), aware=st.booleans(), closed=st.booleans())
    def claim(self, user: str, client: str, size: int, *, aware: bool, closed: bool) -> None:
        """`closed`: the person's other browser is known to be."""
        gone = [other for other in BROWSERS if closed and other != client]
        have = sorted(self.model.pages_of(user, client))[:4] if aware else []
        if len(have) >= 2:
            with pytest.raises(Refused, match="too_many_pages"):
                self.run(self.bench.claim(user, size, client=client, have=have))
            return
        page = self.run(self.bench.claim(user, size, client=client, have=have, gone=gone))
        self.model.claimed(user, client, size, have, gone, page, self.bench.now)
        if page.items:
            self.pages.append((user, client, page.token, [item.id for item in page.items]))

    @precondition(lambda self: self.model.running and self.pages)
    @rule(data=st.data())
    def claim_with_the_same_token(self, data: st.DataObject) -> None:
        user, client, token_, _ = self._page(data)
        held = {
            item.id
            for item in self.model.items.values()
            if item.state == "leased" and item.lease and (item.lease.token, item.lease.client) == (token_, client)
        }
        if held:
            page = self.run(self.bench.claim(user, 4, token_=token_, client=client))
            assert {item.id for item in page.items} == held

    @precondition(lambda self: self.model.running)
    @rule(user=USERS, client=CLIENTS, places=SOME)
    def claim_again(self, user: str, client: str, places: set[int]) -> None:
        if len(self.model.pages_of(user, client)) >= 4:
            return
        wanted = self._ids(places)
        page = self.run(self.bench.claim_items(user, wanted, client=client))
        self.model.claimed_again(user, client, wanted, page, self.bench.now)
        if page.items:
            self.pages.append((user, client, page.token, [item.id for item in page.items]))

    @precondition(lambda self: self.model.running and self.pages)
    @rule(data=st.data(), thief=st.booleans(), idle=st.sampled_from([0, 16 * MINUTE]))
    def heartbeat(self, data: st.DataObject, idle: int, *, thief: bool) -> None:
        user, client, token_, _ = self._page(data)
        user = "eve" if thief else user
        answer = self.run(self.bench.beat(user, token_, client=client, idle_ms=idle))
        assert answer.alive == self.model.beat(user, client, token_, idle, self.bench.now)

    @rule(minutes=st.sampled_from([1, 4, 13, 16, 90]))
    def wait(self, minutes: int) -> None:
        self.bench.now += minutes * MINUTE

    @rule()
    def expire(self) -> None:
        self.run(self.bench.queue.sweeper.expire())
        self.model.expire(self.bench.now)

    @precondition(lambda self: self.model.running)
    @rule()
    def pause(self) -> None:
        self.run(self.bench.turn(RunState.PAUSED))
        self.run(self.bench.queue.sweeper.pause())
        self.model.pause()

    @precondition(lambda self: not self.model.running)
    @rule(user=USERS)
    def start(self, user: str) -> None:
        with pytest.raises(Refused, match="project_paused"):
            self.run(self.bench.claim(user))
        self.run(self.bench.turn(RunState.RUNNING))
        self.model.running = True

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), thief=st.booleans(), places=st.none() | SOME)
    def release(self, data: st.DataObject, places: set[int] | None, *, thief: bool) -> None:
        user, _, token_, _ = self._page(data)
        user = "eve" if thief else user
        items = None if places is None else self._ids(places)
        assert self.run(self.bench.release(user, token_, items=items)) == self.model.release(user, token_, items)

    @precondition(lambda self: self.model.running and self.pages)
    @rule(data=st.data(), thief=st.booleans(), skip=st.booleans(), old=st.integers(0, 3))
    def submit(self, data: st.DataObject, old: int, *, thief: bool, skip: bool) -> None:
        user, _, token_, page = self._page(data)
        user = "eve" if thief else user
        items = [self._given(id_, skip=skip, older=1 if old == 3 else 0) for id_ in page]
        key = token()
        results = self.run(self.bench.submit(user, token_, items, key=key))
        right = [self.model.submit(user, token_, each.id, each.version, skip=skip) for each in items]
        self._take(results, right)
        self.asked.append((user, token_, items, key, results))

    @precondition(lambda self: self.model.running and self.asked)
    @rule(data=st.data(), other=st.booleans())
    def submit_once_more(self, data: st.DataObject, *, other: bool) -> None:
        user, token_, items, key, results = data.draw(st.sampled_from(self.asked[-4:]))
        if other:
            changed = [*items[:-1], items[-1].model_copy(update={"note": "changed"})]
            with pytest.raises(Refused, match="key_reused"):
                self.run(self.bench.submit(user, token_, changed, key=key))
        else:
            assert self.run(self.bench.submit(user, token_, items, key=key)) == results

    @precondition(lambda self: self.model.running)
    @rule(user=USERS, places=SOME, skip=st.booleans())
    def back(self, user: str, places: set[int], *, skip: bool) -> None:
        items = [self._given(id_, skip=skip) for id_ in self._ids(places)]
        results = self.run(self.bench.back(user, items))
        self._take(results, [self.model.back(user, each.id, each.version, skip=skip) for each in items])

    @rule(places=SOME, newer=st.booleans())
    def miss(self, places: set[int], *, newer: bool) -> None:
        self.scan += newer
        self.run(self.bench.miss([NAMES[place] for place in sorted(places)], scan=self.scan))
        self.model.miss(self._ids(places), self.scan)

    @rule(places=SOME, older=st.booleans())
    def find(self, places: set[int], *, older: bool) -> None:
        scan = max(1, self.scan - older)
        self.run(self.bench.discover([NAMES[place] for place in sorted(places)], scan=scan))
        self.model.find(self._ids(places), scan)

    @rule()
    def publish(self) -> None:
        self.run(self.bench.publish())

    def _given(self, id_: str, *, skip: bool, older: int = 0) -> SubmitItem:
        version = max(0, self.model.items[id_].version - older)
        return skipped(id_, version) if skip else answered(id_, version)

    def _take(self, results: list[ItemResult], right: list[str]) -> None:
        assert [result.result for result in results] == right
        for result in results:
            item = self.model.items[result.id]
            assert (result.version, result.state) == (item.version, item.state)
            if result.result == "saved":
                assert (result.id, result.version) not in self.saved
                self.saved.add((result.id, result.version))

    @invariant()
    def items_are_as_the_model_has_them(self) -> None:
        for document in self.run(self.bench.items()):
            item, lease = self.model.items[document["_id"]], document.get("lease")
            assert (document["state"], document["version"]) == (item.state, item.version)
            assert lease == (vars(item.lease) if item.lease else None)

    @invariant()
    def history_has_every_version_once(self) -> None:
        for id_, item in self.model.items.items():
            rows = self.run(self.bench.history(id_))
            assert [row["version"] for row in rows] == list(range(1, item.version + 1))
            assert [row["state"] for row in rows] == item.states

    @invariant()
    def counts_are_what_a_recount_finds(self) -> None:
        assert self.run(self.bench.recount()).drift() == {}


@pytest.fixture
def world(settings: QueueSettings) -> Iterator[World]:
    world = World(settings)
    yield world
    world.close()


def check(world: World, examples: int, steps: int) -> None:
    machine = type("Machine", (QueueMachine,), {"world": world})
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=slow, database=None
        ),
    )


def test_queue_obeys_the_table(world: World) -> None:
    check(world, examples=15, steps=40)


@pytest.mark.proof
@pytest.mark.timeout(7_200)
def test_queue_obeys_the_table_for_long(world: World) -> None:
    check(world, examples=1_000, steps=100)
