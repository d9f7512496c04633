"""One-time links: made for the first owner at a start and for invitations, good for 24 hours, kept as digests."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from services.gateway.people.store import PeopleStore
from services.gateway.sessions.secrets import digest, new_secret
from services.kit import clock
from services.kit.store import Session

_GOOD_FOR: Final = timedelta(hours=24)


class Links:
    """Makes links and uses them up."""

    def __init__(self, store: PeopleStore, gateway_url: str) -> None:
        """Links point at `gateway_url`."""
        self._store = store
        self._url = gateway_url.rstrip("/")

    async def make(self, session: Session, person: str, name: str = "") -> str:
        """A link that replaces the person's earlier one. `name` stands in the form that it opens."""
        secret = new_secret()
        await self._store.put_link(session, digest(secret), person, clock.now() + _GOOD_FOR)
        return f"{self._url}/sign-in?" + urlencode({"token": secret} | ({"name": name} if name else {}))

    async def person_of(self, secret: str, now: datetime) -> str | None:
        """Whom a link lets in; it stays good."""
        return await self._store.link(digest(secret), now)

    async def take(self, session: Session, secret: str) -> bool:
        """Use a link up; False when somebody else did."""
        return await self._store.take_link(session, digest(secret))
