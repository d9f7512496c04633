"""Handing out pages. Two people must never hold one item, and one page must never mix kinds."""

import asyncio
import random
from collections.abc import Callable, Collection, Sequence

from services.contracts.labels import ItemState
from services.contracts.queue_api import (
    ClaimItemsRequest,
    ClaimRequest,
    HeartbeatAnswer,
    HeartbeatRequest,
    Page,
    ReleaseRequest,
)
from services.kit import clock
from services.kit.problems import Refused
from services.kit.store import Document
from services.queue import metrics
from services.queue.imports.prelabels import Prelabels
from services.queue.items.store import Intakes
from services.queue.leases.models import Held, Lane, Lease, in_page_order, start_rank
from services.queue.leases.store import LeaseStore
from services.queue.progress.store import Counts
from services.queue.projects.service import Gate
from services.queue.settings import QueueSettings

PAGES = 2
"""Pages of one client: the one worked on and the prefetched one."""
PAGES_WITH_DRAFTS = 4
"""With pages of drafts that were claimed again."""
_LOST_ROUNDS = 2
_RANDOM = random.SystemRandom()


class Leases:
    """Claim, heartbeat, claim again, release. `now` gives epoch milliseconds."""

    def __init__(
        self,
        store: LeaseStore,
        intakes: Intakes,
        counts: Counts,
        gate: Gate,
        settings: QueueSettings,
        prelabels: Prelabels,
        now: Callable[[], int] = clock.now_ms,
    ) -> None:
        self._store = store
        self._intakes = intakes
        self._counts = counts
        self._gate = gate
        self._settings = settings
        self._prelabels = prelabels
        self._now = now
        self._lanes: dict[str, Lane] = {}
        """By project: the lane that the last claim began with, a good guess for the next one."""

    async def claim(self, request: ClaimRequest) -> Page:
        """A page: again the one of this token, else what the person held already, else from the queue."""
        lease = self._lease(request)
        # Looking changes nothing, so it need not wait for the gate; whoever is refused there gets no further than this.
        _, (held, first, window) = await asyncio.gather(self._gate.running(request), self._look(request))
        tokens = _tokens(held, lease)
        if request.token in tokens:
            items = await self._store.page(request.project, lease)
        else:
            _refuse_more_than(PAGES, tokens & set(request.have))
            items = await self._take_over(request, lease, held)
            items = await self._fill(request, lease, items, first, window)
            metrics.CLAIMED.inc(len(items))
        items = in_page_order(items, request.user)
        extra = [item["_id"] for item in items[request.size :]]
        if extra:
            # The same request ran twice at once.
            await self._store.let_go(extra, lease)
        page = await self._page(lease, items[: request.size])
        return page if items else await self._explained(page, request, held)

    async def claim_items(self, request: ClaimItemsRequest) -> Page:
        """Named items that are free, or held by the same person in this client or in a dead one; all of one kind."""
        await self._gate.running(request)
        lease = self._lease(request)
        held = await self._store.held(request.project, request.user)
        _refuse_more_than(PAGES_WITH_DRAFTS, _tokens(held, lease) - {request.token})
        own = {one.item: one for one in held if one.item in request.items and self._is_ours(one, lease)}
        named = {item["_id"]: item for item in await self._store.named(request.project, request.items)}
        order = [named[item] for item in dict.fromkeys(request.items) if item in named]
        can = [item for item in order if item["_id"] in own or item["state"] == ItemState.QUEUED]
        if not can:
            return await self._page(lease, [])
        kind = next((one.kind for one in held if one.lease.token == lease.token), can[0]["kind"])
        await self._store.take_over([one for one in own.values() if one.kind == kind], lease, self._dead_before(lease))
        await self._store.take([item["_id"] for item in can], lease, kind)
        page = {item["_id"]: item for item in await self._store.page(request.project, lease)}
        return await self._page(lease, [page[item["_id"]] for item in can if item["_id"] in page])

    async def heartbeat(self, request: HeartbeatRequest) -> HeartbeatAnswer:
        """Extend pages, unless nobody has touched them for too long or they are too old: those run out."""
        await self._gate.running(request)
        now, settings = self._now(), self._settings
        if request.idle_ms <= settings.lease_idle_s * 1000:
            until, since = now + settings.lease_s * 1000, now - settings.lease_most_s * 1000
            await self._store.beat(request, until, now, since)
        return HeartbeatAnswer(alive=await self._store.alive(request))

    async def release(self, request: ReleaseRequest) -> int:
        """Give items back, in any run state. Answers how many."""
        return await self._store.release(request)

    def _lease(self, request: ClaimRequest | ClaimItemsRequest) -> Lease:
        now = self._now()
        until = now + self._settings.lease_s * 1000
        return Lease(request.token, request.user, request.client, until=until, beat=now, since=now)

    def _dead_before(self, lease: Lease) -> int:
        return lease.since - self._settings.client_dead_s * 1000

    def _is_ours(self, one: Held, lease: Lease, gone: Collection[str] = ()) -> bool:
        client = one.lease.client
        return client == lease.client or client in gone or one.lease.beat < self._dead_before(lease)

    async def _take_over(self, request: ClaimRequest, lease: Lease, held: Sequence[Held]) -> list[Document]:
        """What the person lost sight of: pages of this client that it does not name, then pages of dead clients."""
        gone = request.gone
        lost = [one for one in held if self._is_ours(one, lease, gone) and one.lease.token not in request.have]
        lost.sort(key=lambda one: one.lease.client != lease.client)
        back = [one for one in lost if one.kind == lost[0].kind][: request.size]
        if not back:
            return []
        await self._store.take_over(back, lease, self._dead_before(lease), gone)
        return await self._store.page(request.project, lease)

    async def _look(self, request: ClaimRequest) -> tuple[list[Held], Lane | None, list[Document]]:
        """What the person holds, the first lane, and the first window of it: all at once, since each answer takes long.

        The window is of the lane that the last claim began with. If that was wrong, it is empty: one read for nothing.
        """
        project, guess = request.project, self._lanes.get(request.project)
        held, first, window = await asyncio.gather(
            self._store.held(project, request.user),
            self._store.next_lane(project, None, None),
            self._store.window(project, guess, start_rank(request.user), request.size),
        )
        if first is None:
            self._lanes.pop(project, None)
        else:
            self._lanes[project] = first
        return held, first, window if first == guess else []

    async def _fill(
        self, request: ClaimRequest, lease: Lease, items: list[Document], first: Lane | None, window: list[Document]
    ) -> list[Document]:
        """Draw from the queue until the page is full: the next priority, and with an empty page the next kind."""
        if items:
            first, window = await self._store.next_lane(request.project, items[0]["kind"], None), []
        lane = first
        while lane is not None and len(items) < request.size:
            items = await self._draw(request, lease, lane, items, window)
            window = []
            if len(items) < request.size:
                kind = items[0]["kind"] if items else None
                lane = await self._store.next_lane(request.project, kind, lane)
        return items

    async def _draw(
        self, request: ClaimRequest, lease: Lease, lane: Lane, items: list[Document], window: list[Document]
    ) -> list[Document]:
        """Draw from one lane until the page is full or the lane is empty. Who loses twice starts somewhere else."""
        start, lost = start_rank(request.user), 0
        while len(items) < request.size:
            found = window or await self._store.window(request.project, lane, start, request.size - len(items))
            window = []
            if not found:
                break
            if await self._store.take([item["_id"] for item in found], lease, lane.kind) == len(found):
                items = [*items, *({**item, "lease": lease.document()} for item in found)]
                continue
            # Others were faster with some, or an outage hid how many were had: what the page holds has to be read.
            items, lost = await self._store.page(request.project, lease), lost + 1
            metrics.LOST_ROUNDS.inc()
            if lost >= _LOST_ROUNDS:
                start = _RANDOM.random()
        return items

    async def _explained(self, page: Page, request: ClaimRequest, held: Sequence[Held]) -> Page:
        """An empty page: whether all is done, or items are still held by whom, or some are not probed yet."""
        others = max(0, await self._counts.held(request.project) - len(held))
        own = sum(one.lease.client != request.client for one in held)
        pending = await self._intakes.pending(request.project)
        return page.model_copy(update={"others_hold": others, "own_hold": own, "pending": pending})

    async def _page(self, lease: Lease, items: Sequence[Document]) -> Page:
        until = min((item["lease"]["until"] for item in items), default=0)
        kind = items[0]["kind"] if items else 2
        return Page(token=lease.token, kind=kind, until=until, items=await self._prelabels.shown(items))


def _tokens(held: Sequence[Held], lease: Lease) -> set[str]:
    return {one.lease.token for one in held if one.lease.client == lease.client}


def _refuse_more_than(most: int, tokens: Collection[str]) -> None:
    if len(tokens) >= most:
        raise Refused(
            409, "too_many_pages", f"This client holds {len(tokens)} pages already, which is the most it can."
        )
