"""The collection `hints`: of each project when the store told of a change below its folder, first and last."""

from collections.abc import Iterable, Sequence

from services.gateway.refreshes.pace import Hint
from services.kit.store import Store, UpdateOne


class HintsStore:
    """Hints by project. One that is lost costs nothing but time: the next refresh comes anyway."""

    def __init__(self, store: Store) -> None:
        """Bind the collection."""
        self._hints = store["hints"]

    async def add(self, projects: Iterable[str], now: int) -> None:
        """Something changed; `now` in epoch milliseconds."""
        change = {"$min": {"first": now}, "$max": {"last": now}}
        writes = [UpdateOne({"_id": project}, change, upsert=True) for project in sorted(projects)]
        if writes:
            await self._hints.bulk_write(writes, ordered=False)

    async def of(self, projects: Sequence[str]) -> dict[str, Hint]:
        """Those that wait."""
        cursor = self._hints.find({"_id": {"$in": list(projects)}})
        return {found["_id"]: Hint(found["first"], found["last"]) async for found in cursor}

    async def forget(self, project: str, hint: Hint) -> None:
        """It was obeyed; one that came since stays."""
        await self._hints.delete_one({"_id": project, "last": hint.last})
