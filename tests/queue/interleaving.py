"""A store whose multi-document writes are split into single ones, in random order, with other tasks let in between.

Two processes race for real only when their writes interleave; on one loop against one server they hardly ever do by
themselves.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from services.kit.settings import Settings
from services.kit.store import Collection, Store

if TYPE_CHECKING:
    from services.kit.store import Document


@dataclass
class Written:
    """What the driver answers to a write of many."""

    modified_count: int = 0
    matched_count: int = 0


class InterleavedStore(Store):
    """Any other task may run between any two writes, and before and after each read."""

    def __init__(self, settings: Settings, database: str, seed: int) -> None:
        super().__init__(settings, database)
        self.random = random.Random(seed)

    def __getitem__(self, collection: str) -> Collection:
        return cast("Collection", InterleavedCollection(super().__getitem__(collection), self.random))

    def whole(self, collection: str) -> Collection:
        """The collection as it is, for looking at it."""
        return super().__getitem__(collection)


class InterleavedCollection:
    """Everything but `update_many` outside of a transaction goes to the real collection."""

    def __init__(self, real: Collection, random_: random.Random) -> None:
        self._real, self._random = real, random_

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def update_many(self, query: Mapping[str, Any], change: Mapping[str, Any], **options: Any) -> Any:
        if options.get("session") is not None:
            return await self._real.update_many(query, change, **options)
        found: list[Document] = await self._real.find(query, {"_id": 1}).to_list(None)
        self._random.shuffle(found)
        written = Written()
        for item in found:
            await self._let_others_in()
            # The server too checks the whole filter again for each document that it writes.
            one = await self._real.update_one({"$and": [{"_id": item["_id"]}, query]}, change, **options)
            written.modified_count += one.modified_count
            written.matched_count += one.matched_count
        await self._let_others_in()
        return written

    async def _let_others_in(self) -> None:
        for _ in range(self._random.choice((0, 0, 1, 3))):
            await asyncio.sleep(0)
