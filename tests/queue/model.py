"""The table of transitions, said a second time and as simply as possible: one item after another, in memory, in no
hurry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from services.contracts.queue_api import Page
from tests.queue.bench import MINUTE

LEASE = 15 * MINUTE
IDLE = 15 * MINUTE
OLDEST = 240 * MINUTE
DEAD = 12 * MINUTE
IN_HAND = ("leased", "queued")


@dataclass(frozen=True)
class Held:
    token: str
    holder: str
    client: str
    until: int
    beat: int
    since: int


@dataclass
class Item:
    id: str
    kind: int = 2
    state: str = "queued"
    version: int = 0
    lease: Held | None = None
    by: str = ""
    before: str = ""
    scan: int = 1
    states: list[str] = field(default_factory=list)
    """What each version's state was, from version 1 on."""

    def step(self, state: str) -> None:
        self.state, self.version = state, self.version + 1
        self.states.append(state)
        self.lease = None


class Model:
    """All items of a project."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = {item.id: item for item in items}
        self.running = True

    def _back(self, user: str, client: str, have: Sequence[str], gone: Sequence[str], now: int) -> list[Item]:
        """What a claim gives back: pages of this client that it does not name, then those of closed or dead clients."""
        own = [
            (lease.client != client, lease.since, item.id, item)
            for item in self.items.values()
            if (lease := item.lease) and item.state == "leased" and lease.holder == user and lease.token not in have
            if lease.client in (client, *gone) or lease.beat < now - DEAD
        ]
        return [item for *_, item in sorted(own, key=lambda each: each[:3])]

    def pages_of(self, user: str, client: str) -> set[str]:
        return {
            item.lease.token
            for item in self.items.values()
            if item.state == "leased" and item.lease and (item.lease.holder, item.lease.client) == (user, client)
        }

    def claimed(
        self, user: str, client: str, size: int, have: Sequence[str], gone: Sequence[str], page: Page, now: int
    ) -> None:
        """Check what a claim answered, and take it over."""
        back = self._back(user, client, have, gone, now)
        queued = [item for item in self.items.values() if item.state == "queued"]
        kind = back[0].kind if back else min((item.kind for item in queued), default=2)
        back = [item for item in back if item.kind == kind][:size]
        free = [item for item in queued if item.kind == kind]
        got = {item.id for item in page.items}
        assert page.kind == kind or not got
        assert len(got) == len(page.items) == min(size, len(back) + len(free))
        assert {item.id for item in back} <= got <= {item.id for item in back + free}
        self._hold(got, Held(page.token, user, client, now + LEASE, now, now))

    def claimed_again(self, user: str, client: str, wanted: Sequence[str], page: Page, now: int) -> None:
        """Check what "claim again" answered, and take it over."""
        can = [
            item
            for item in (self.items[id_] for id_ in dict.fromkeys(wanted))
            if item.state == "queued"
            or (item.state == "leased" and item.lease is not None and self._is_mine(item.lease, user, client, now))
        ]
        right = [item.id for item in can if item.kind == can[0].kind]
        assert [item.id for item in page.items] == right
        assert all(item.version == self.items[item.id].version for item in page.items)
        self._hold(right, Held(page.token, user, client, now + LEASE, now, now))

    @staticmethod
    def _is_mine(lease: Held, user: str, client: str, now: int) -> bool:
        return lease.holder == user and (lease.client == client or lease.beat < now - DEAD)

    def _hold(self, ids: Iterable[str], lease: Held) -> None:
        for id_ in ids:
            self.items[id_].state, self.items[id_].lease = "leased", lease

    def beat(self, user: str, client: str, token: str, idle: int, now: int) -> dict[str, int]:
        """Apply a heartbeat; answers what is alive."""
        alive: dict[str, int] = {}
        for item in self.items.values():
            lease = item.lease
            if lease is None or (lease.token, lease.holder, lease.client) != (token, user, client):
                continue
            if idle <= IDLE and lease.since >= now - OLDEST and item.state in IN_HAND:
                item.state, item.lease = "leased", replace(lease, until=now + LEASE, beat=now)
            if item.state == "leased" and item.lease:
                alive[token] = item.lease.until
        return alive

    def expire(self, now: int) -> None:
        for item in self.items.values():
            if item.state == "leased" and item.lease and item.lease.until < now:
                item.state = "queued"

    def pause(self) -> None:
        self.running = False
        for item in self.items.values():
            if item.state == "leased":
                item.state = "queued"

    def release(self, user: str, token: str, ids: Sequence[str] | None) -> int:
        count = 0
        for item in self.items.values():
            lease = item.lease
            if lease and (lease.token, lease.holder) == (token, user) and (ids is None or item.id in ids):
                item.state, item.lease, count = "queued", None, count + 1
        return count

    def submit(self, user: str, token: str, id_: str, version: int, *, skip: bool) -> str:
        item = self.items[id_]
        lease = item.lease
        held = lease is not None and (lease.token, lease.holder) == (token, user) and item.state in IN_HAND
        if not held or version != item.version:
            return "lost"
        item.step("skipped" if skip else "labeled")
        item.by = user
        return "saved"

    def back(self, user: str, id_: str, version: int, *, skip: bool) -> str:
        item = self.items[id_]
        if item.state not in ("labeled", "skipped") or item.by != user or version != item.version:
            return "lost"
        item.step("skipped" if skip else "labeled")
        return "saved"

    def miss(self, ids: Iterable[str], scan: int) -> None:
        for id_ in ids:
            item = self.items[id_]
            if item.scan <= scan and item.state != "missing":
                item.before, item.scan = item.state, scan
                item.step("missing")

    def find(self, ids: Iterable[str], scan: int) -> None:
        for id_ in ids:
            item = self.items[id_]
            if item.scan <= scan:
                item.scan = scan
                if item.state == "missing":
                    item.step("queued" if item.before == "leased" else item.before)
