"""Personal API tokens: made, listed, taken back. The secret is told once."""

from services.contracts.ids import new_id
from services.gateway.audit.service import Audit
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.secrets import TOKEN_PREFIX, digest, new_secret
from services.gateway.sessions.service import Sessions
from services.gateway.tokens.schemas import CreatedToken, NewToken, TokenList, TokenView
from services.gateway.tokens.store import TokensStore
from services.kit import clock
from services.kit.problems import Refused
from services.kit.store import Session, Store


class Tokens:
    """Tokens of the person who asks; nobody sees those of others."""

    def __init__(self, store: Store, tokens: TokensStore, sessions: Sessions, audit: Audit) -> None:
        """Bind the stores and services."""
        self._store = store
        self._tokens = tokens
        self._sessions = sessions
        self._audit = audit

    async def list(self, who: Identity) -> TokenList:
        """Newest first."""
        return TokenList(items=await self._tokens.of_person(who.person))

    async def create(self, who: Identity, new: NewToken) -> CreatedToken:
        """Make a token."""
        secret = new_secret(TOKEN_PREFIX)
        token = TokenView(id=new_id("t"), name=new.name, created_at=clock.now())

        async def write(session: Session) -> None:
            await self._tokens.insert(session, who.person, digest(secret), token)
            await self._audit.record(session, who, "token.created", target=token.id, name=token.name)

        await self._store.transact(write)
        return CreatedToken(token=token, secret=secret)

    async def delete(self, who: Identity, token: str) -> None:
        """Take a token back; it stops working here at once, elsewhere within two seconds."""

        async def write(session: Session) -> None:
            if not await self._tokens.delete(session, who.person, token):
                raise Refused(404, "token_unknown", "You have no such token.")
            await self._audit.record(session, who, "token.deleted", target=token)

        await self._store.transact(write)
        self._sessions.forget(who.person)
