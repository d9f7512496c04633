"""`Idempotency-Key`: the same request sent twice makes one thing and answers it twice."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel

from services.contracts.shapes import Shape
from services.gateway.refusals import wrong
from services.gateway.sessions.identity import Identity
from services.kit import clock
from services.kit.store import DuplicateKeyError, IndexModel, Session, Store

IdempotencyKey = Annotated[
    str,
    Shape(r"^[\x21-\x7e]*$", "must be letters, digits and signs of ASCII, without spaces"),
    Header(
        max_length=200,
        description="Makes a repeated request answer what the first one made, for 24 hours.",
    ),
]


class Idempotency:
    """Collection `requests`. What a request made is noted in the transaction that makes it."""

    def __init__(self, store: Store) -> None:
        """Bind the collection."""
        self._store = store
        self._requests = store["requests"]

    async def prepare(self) -> None:
        """Let the store forget by itself."""
        await self._requests.create_indexes([IndexModel([("at", 1)], expireAfterSeconds=86_400)])

    async def recall(self, who: Identity, key: str, body: BaseModel) -> str | None:
        """Id of what the same request made before. Raises 422 when the key stands for another request."""
        found = await self._requests.find_one({"_id": f"{who.person}:{key}"}) if key else None
        if found is None:
            return None
        if found["digest"] != _digest(body):
            raise wrong("Idempotency-Key", "was used for another request", "idempotency_key_used")
        return str(found["made"])

    async def once(
        self, who: Identity, key: str, body: BaseModel, made: str, write: Callable[[Session], Awaitable[None]]
    ) -> str:
        """Run `write` in a transaction that also notes `made`; answers what the first of two racing requests made."""

        async def noted(session: Session) -> None:
            # The key first: the second of two must not be refused for what the first has made.
            if key:
                row = {"_id": f"{who.person}:{key}", "digest": _digest(body), "made": made, "at": clock.now()}
                await self._requests.insert_one(row, session=session)
            await write(session)

        try:
            await self._store.transact(noted)
        except DuplicateKeyError:
            first = await self.recall(who, key, body)
            if first is None:
                raise
            return first
        return made


def _digest(body: BaseModel) -> str:
    return hashlib.sha256(f"{type(body).__name__}:{body.model_dump_json()}".encode()).hexdigest()
