"""The same table with everything at once: people, scans and sweeps together, over the store that splits its writes.

What each of them gets can't be foretold, but what must never happen can.
"""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from services.contracts.projects import RunState
from services.contracts.queue_api import ItemResult, SubmitItem
from services.kit.outbox import Outbox
from services.kit.problems import Refused
from services.queue.settings import QueueSettings
from tests.queue.bench import MINUTE, Bench, answered, skipped, token
from tests.queue.interleaving import InterleavedStore

if TYPE_CHECKING:
    from services.kit.store import Document

NAMES = [f"{place}.png" for place in range(8)]
FREEING = {"release", "expire", "pause", "find", "miss", "late"}
"""Steps after which somebody else may rightly get an item in the same round."""

Step: TypeAlias = tuple[str, int, int]
"""What is done, by whom, and a number that says with what."""

STEPS = st.tuples(
    st.sampled_from(
        ["claim", "again", "submit", "twice", "steal", "back", "beat", "release", "expire", "pause", "find", "miss"]
    ),
    st.integers(0, 3),
    st.integers(0, 255),
)
ROUNDS = st.lists(st.lists(STEPS, min_size=2, max_size=6), min_size=3, max_size=8)


class Rounds:
    """A project, what its people were answered, and what was true before the present round."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.granted: list[tuple[str, str, list[str]]] = []
        """User, token, items of every page that was answered."""
        self.fresh: list[tuple[str, str, list[str]]] = []
        """Those of this round."""
        self.saved: dict[tuple[str, int], str] = {}
        self.before: dict[str, Document] = {}
        self.scan = 1

    async def play(self, rounds: Sequence[Sequence[Step]]) -> None:
        """Each round's steps at once; the rules are checked after each round."""
        await self.bench.queue.projects.apply(self.bench.described())
        await self.bench.discover(NAMES)
        await self.bench.probe(NAMES)
        for steps in rounds:
            self.before = {item["_id"]: item for item in await self.bench.items()}
            self.fresh = []
            self.bench.now += 16 * MINUTE if any(step[0] == "expire" for step in steps) else 1
            await asyncio.gather(*(self._step(*step) for step in steps))
            await self._check({step[0] for step in steps})
            if self.bench.run_state is RunState.PAUSED:
                await self.bench.turn(RunState.RUNNING)

    async def _step(self, kind: str, who: int, what: int) -> None:
        try:
            await getattr(self, f"_{kind}")(f"user{who}", what)
        except Refused as refused:
            if refused.code not in ("project_paused", "too_many_pages"):
                raise

    def _pages(self, user: str | None = None) -> list[tuple[str, str, list[str]]]:
        return [page for page in self.granted[-12:] if user is None or page[0] == user] or [
            ("user0", token(), self._all())
        ]

    def _all(self) -> list[str]:
        return [self.bench.item(name) for name in NAMES]

    def _some(self, what: int) -> list[str]:
        return [name for place, name in enumerate(NAMES) if what >> place & 1] or NAMES[:1]

    def _keep(self, user: str, token_: str, items: Sequence[Any]) -> None:
        if items:
            page = (user, token_, [item.id for item in items])
            self.granted.append(page)
            self.fresh.append(page)

    async def _claim(self, user: str, what: int) -> None:
        page = await self.bench.claim(user, 1 + what % 4, client=f"browser-{what % 2}")
        self._keep(user, page.token, page.items)

    async def _again(self, user: str, what: int) -> None:
        wanted = [self.bench.item(name) for name in self._some(what)]
        page = await self.bench.claim_items(user, wanted, client=f"browser-{what % 2}")
        self._keep(user, page.token, page.items)

    async def _submit(self, user: str, what: int) -> None:
        pages = self._pages(user)
        _, token_, items = pages[what % len(pages)]
        await self._save(user, token_, [self._given(item, what) for item in items])

    async def _twice(self, user: str, what: int) -> None:
        """One request, sent twice at once: both get the same answer."""
        pages = self._pages(user)
        _, token_, ids = pages[what % len(pages)]
        key, items = token(), [self._given(item, what) for item in ids]
        one, other = await asyncio.gather(*(self.bench.submit(user, token_, items, key=key) for _ in range(2)))
        assert one == other
        self._note(user, token_, one)

    async def _steal(self, user: str, what: int) -> None:
        pages = [page for page in self._pages() if page[0] != user]
        if pages:
            _, token_, items = pages[what % len(pages)]
            results = await self.bench.submit(user, token_, [self._given(item, what) for item in items])
            assert {result.result for result in results} == {"lost"}

    async def _back(self, user: str, what: int) -> None:
        given = [self._given(self.bench.item(name), what) for name in self._some(what)]
        self._note(user, "", await self.bench.back(user, given))

    async def _beat(self, user: str, what: int) -> None:
        pages = self._pages(user)
        await self.bench.beat(user, pages[what % len(pages)][1], client=f"browser-{what % 2}")

    async def _release(self, user: str, what: int) -> None:
        pages = self._pages(user)
        await self.bench.release(user, pages[what % len(pages)][1])

    async def _expire(self, *_: object) -> None:
        await self.bench.queue.sweeper.expire()

    async def _pause(self, *_: object) -> None:
        if self.bench.run_state is RunState.RUNNING:
            await self.bench.turn(RunState.PAUSED)
        await self.bench.queue.sweeper.pause()

    async def _miss(self, _: str, what: int) -> None:
        self.scan += 1
        await self.bench.miss(self._some(what), scan=self.scan)

    async def _find(self, _: str, what: int) -> None:
        await self.bench.discover(self._some(what), scan=self.scan)

    def _given(self, item: str, what: int) -> SubmitItem:
        version = self.before[item]["version"] if item in self.before else 0
        return skipped(item, version) if what % 3 == 0 else answered(item, version)

    async def _save(self, user: str, token_: str, items: Sequence[SubmitItem]) -> None:
        self._note(user, token_, await self.bench.submit(user, token_, items))

    def _note(self, user: str, token_: str, results: Sequence[ItemResult]) -> None:
        for result in results:
            if result.result == "saved":
                assert (result.id, result.version) not in self.saved, "a version was given twice"
                self.saved[result.id, result.version] = user
                assert not token_ or self._was_theirs(user, token_, result.id), "a fenced write landed"

    def _was_theirs(self, user: str, token_: str, item: str) -> bool:
        lease = self.before[item].get("lease") or {}
        held = (lease.get("token"), lease.get("holder")) == (token_, user)
        return held or any(page[:2] == (user, token_) and item in page[2] for page in self.fresh)

    async def _check(self, kinds: set[str]) -> None:
        items = {item["_id"]: item for item in await self.bench.items()}
        if not kinds & FREEING:
            people: dict[str, set[str]] = {}
            for user, _, handed in self.fresh:
                for id_ in handed:
                    people.setdefault(id_, set()).add(user)
            assert all(len(users) == 1 for users in people.values()), "an item was handed to two people"
        for id_, item in items.items():
            assert ("lease" in item) >= (item["state"] == "leased")
            rows = await self.bench.history(id_)
            assert [row["version"] for row in rows] == list(range(1, item["version"] + 1)), "history has a gap"
            assert not rows or rows[-1]["state"] == item["state"] or item["state"] in ("leased", "queued")
            for row in rows:
                assert self.saved.get((id_, row["version"]), row["by"]) == row["by"]
        assert (await self.bench.recount()).drift() == {}


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def check(loop: asyncio.AbstractEventLoop, settings_: QueueSettings, examples: int) -> None:
    async def open_() -> InterleavedStore:
        store = InterleavedStore(settings_, "annotations", seed=1)
        await Bench(store, Outbox(store), settings_).prepare()
        return store

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return loop.run_until_complete(work)

    store = run(open_())

    @profile(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(rounds=ROUNDS, seed=st.integers(0, 2**16))
    def play(rounds: list[list[Step]], seed: int) -> None:
        store.random.seed(seed)
        run(Rounds(Bench(store, Outbox(store), settings_)).play(rounds))

    try:
        play()
    finally:
        run(store.drop())
        run(store.close())


def test_nothing_forbidden_happens_when_all_happens_at_once(
    loop: asyncio.AbstractEventLoop, settings: QueueSettings
) -> None:
    check(loop, settings, examples=25)


@pytest.mark.proof
@pytest.mark.timeout(7_200)
def test_nothing_forbidden_happens_for_long(loop: asyncio.AbstractEventLoop, settings: QueueSettings) -> None:
    check(loop, settings, examples=2_000)
