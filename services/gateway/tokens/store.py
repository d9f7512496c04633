"""API tokens in the store, as digests."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.gateway.tokens.schemas import TokenView
from services.kit.store import Document, IndexModel, Session, Store


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A token that somebody used."""

    id: str
    person: str


class TokensStore:
    """Collection `tokens`."""

    def __init__(self, store: Store) -> None:
        """Bind the collection."""
        self._tokens = store["tokens"]

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._tokens.create_indexes([IndexModel([("digest", 1)], unique=True), IndexModel([("person", 1)])])

    async def insert(self, session: Session, person: str, digest: str, token: TokenView) -> None:
        """Add a token."""
        row = token.model_dump(mode="json", exclude={"id"})
        await self._tokens.insert_one({"_id": token.id, "person": person, "digest": digest, **row}, session=session)

    async def of_person(self, person: str) -> list[TokenView]:
        """Tokens of a person, newest first."""
        cursor = self._tokens.find({"person": person}).sort([("created_at", -1)])
        return [_view(row) async for row in cursor]

    async def by_digest(self, digest: str) -> KnownToken | None:
        """The token with that secret."""
        row = await self._tokens.find_one({"digest": digest}, {"person": 1})
        return None if row is None else KnownToken(row["_id"], row["person"])

    async def delete(self, session: Session, person: str, token: str) -> bool:
        """Remove a token of that person; False when there is none."""
        gone = await self._tokens.delete_one({"_id": token, "person": person}, session=session)
        return gone.deleted_count == 1

    async def replace_bootstrap(self, person: str, token: TokenView, digest: str) -> None:
        """Keep exactly this bootstrap token."""
        row = {"person": person, "digest": digest, **token.model_dump(mode="json", exclude={"id"})}
        await self._tokens.replace_one({"_id": token.id}, row, upsert=True)

    async def delete_bootstrap(self, token: str) -> None:
        """Forget the bootstrap token of an earlier start."""
        await self._tokens.delete_one({"_id": token})

    async def used(self, token: str, at: datetime, every: timedelta) -> None:
        """Remember the time of use, written at most once in `every`."""
        stale = {"$or": [{"used_at": None}, {"used_at": {"$lt": (at - every).isoformat()}}]}
        await self._tokens.update_one({"_id": token, **stale}, {"$set": {"used_at": at.isoformat()}})


def _view(row: Document) -> TokenView:
    return TokenView(id=row["_id"], name=row["name"], created_at=row["created_at"], used_at=row["used_at"])
