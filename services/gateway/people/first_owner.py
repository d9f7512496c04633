"""The first start: makes the first owner and a sign-in link, again at each start until somebody has signed in."""

from typing import Final

from services.contracts.ids import new_id
from services.gateway.members.permissions import DEPLOYMENT, Role
from services.gateway.members.schemas import Member
from services.gateway.members.store import MembersStore
from services.gateway.people.links import Links
from services.gateway.people.schemas import Person
from services.gateway.people.store import PeopleStore
from services.gateway.sessions.secrets import digest
from services.gateway.settings import GatewaySettings
from services.gateway.tokens.schemas import TokenView
from services.gateway.tokens.store import TokensStore
from services.kit import clock, logs
from services.kit.store import Session, Store

_BOOTSTRAP: Final = "bootstrap"
_log = logs.get()


class FirstOwner:
    """Runs once at each start; safe when several processes start at once."""

    def __init__(
        self,
        store: Store,
        people: PeopleStore,
        members: MembersStore,
        tokens: TokensStore,
        links: Links,
        settings: GatewaySettings,
    ) -> None:
        """Bind the stores."""
        self._store = store
        self._people = people
        self._members = members
        self._tokens = tokens
        self._links = links
        self._settings = settings

    async def ensure(self) -> None:
        """Make the owner if there is none, log a link while nobody has signed in, keep the bootstrap token."""
        candidate = new_id("u")
        owner = await self._store.transact(lambda session: self._owner(session, candidate))
        if not await self._people.anybody_signed_in():
            link = await self._store.transact(lambda session: self._links.make(session, owner))
            _log.info("first_owner", link=link)
        await self._bootstrap(owner)

    async def _owner(self, session: Session, candidate: str) -> str:
        owner = await self._people.claim_first_owner(session, candidate)
        if owner == candidate:
            await self._people.insert(session, Person(id=owner, name="Owner", created_at=clock.now()))
            await self._members.put(session, Member(subject=owner, scope=DEPLOYMENT, role=Role.OWNER))
        return owner

    async def _bootstrap(self, owner: str) -> None:
        secret = self._settings.gateway_bootstrap_token
        if secret is None:
            await self._tokens.delete_bootstrap(_BOOTSTRAP)
            return
        token = TokenView(id=_BOOTSTRAP, name="Bootstrap", created_at=clock.now())
        await self._tokens.replace_bootstrap(owner, token, digest(secret.get_secret_value()))
