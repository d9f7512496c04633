"""Sessions.

Opening, ending, and telling who is asking. What is cached is at most two seconds old, and never outlives an
end here.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from services.gateway.members.store import MembersStore
from services.gateway.people.store import PeopleStore
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.secrets import digest, new_secret
from services.gateway.sessions.store import SessionsStore
from services.gateway.settings import GatewaySettings
from services.gateway.tokens.store import TokensStore
from services.kit import clock
from services.kit.store import Session

_FRESH_S: Final = 2.0
_NOTE_USE_EVERY: Final = timedelta(minutes=1)
_MOST_KNOWN: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    identity: Identity
    until: float
    used: bool


class Sessions:
    """Turns a cookie or an API token into an identity."""

    def __init__(
        self,
        store: SessionsStore,
        tokens: TokensStore,
        people: PeopleStore,
        members: MembersStore,
        settings: GatewaySettings,
    ) -> None:
        """Nothing is known yet."""
        self._store = store
        self._tokens = tokens
        self._people = people
        self._members = members
        self._idle = timedelta(seconds=settings.gateway_session_idle_s)
        self._longest = timedelta(seconds=settings.gateway_session_max_s)
        self._known: dict[str, _Known] = {}
        self._ends = 0

    async def by_cookie(self, secret: str, address: str, *, used: bool = True) -> Identity | None:
        """Who holds that session.

        A look that is not `used` (a stream that only listens) does not keep it from growing idle.
        """
        load = self._use_session if used else self._load_session
        return await self._recall(digest(secret), address, load, used=used)

    async def by_token(self, secret: str, address: str) -> Identity | None:
        """Whose API token that is."""
        return await self._recall(digest(secret), address, self._load_token)

    async def _recall(
        self, key: str, address: str, load: Callable[[str], Awaitable[Identity | None]], *, used: bool = True
    ) -> Identity | None:
        known = self._known.get(key)
        if known is None or known.until < time.monotonic() or (used and not known.used):
            known = await self._remember(key, load, used=used)
        if known is None or known.identity.address == address:
            return None if known is None else known.identity
        return replace(known.identity, address=address)

    async def _remember(
        self, key: str, load: Callable[[str], Awaitable[Identity | None]], *, used: bool
    ) -> _Known | None:
        ends = self._ends
        identity = await load(key)
        if identity is None:
            self._known.pop(key, None)
            return None
        known = _Known(identity, time.monotonic() + _FRESH_S, used)
        if ends == self._ends:  # nobody was signed out while we read
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = known
        return known

    async def _use_session(self, key: str) -> Identity | None:
        identity = await self._load_session(key)
        if identity is not None:
            now = clock.now()
            await self._store.seen(key, now, now - _NOTE_USE_EVERY)
        return identity

    async def _load_session(self, key: str) -> Identity | None:
        row = await self._store.get(key)
        now = clock.now()
        if row is None or row["expires"] <= now or row["seen"] + self._idle <= now:
            return None
        return await self._identity(row["person"], key)

    async def _load_token(self, key: str) -> Identity | None:
        token = await self._tokens.by_digest(key)
        if token is None:
            return None
        await self._tokens.used(token.id, clock.now(), _NOTE_USE_EVERY)
        return await self._identity(token.person, "")

    async def _identity(self, person: str, session: str) -> Identity | None:
        found = await self._people.get(person)
        if found is None or found.disabled:
            return None
        roles = await self._members.roles_of(person)
        return Identity(person=found.id, name=found.name, email=found.email, roles=roles, session=session)

    async def open(self, session: Session, person: str, now: datetime) -> str:
        """Open a session in a transaction and answer its secret."""
        secret = new_secret()
        await self._store.insert(session, digest(secret), person, now, now + self._longest)
        return secret

    async def end(self, session: Session, key: str) -> None:
        """End one session."""
        await self._store.delete(session, key)

    async def end_all(self, session: Session, person: str, but: str = "") -> None:
        """End all sessions of a person, except `but`."""
        await self._store.delete_of(session, person, but)

    def forget(self, person: str) -> None:
        """Drop what is cached of a person.

        After an end, or a change of name or roles. Effective at once in this process.
        """
        self._ends += 1
        self._known = {key: known for key, known in self._known.items() if known.identity.person != person}
