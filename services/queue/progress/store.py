"""Counts of a project. Nothing here may look at every item of it."""

from services.contracts.labels import ItemState
from services.kit.store import Document, Store


class Counts:
    """The collection `counters`, which only the relay writes, and counts over short ranges of the queue's index."""

    def __init__(self, store: Store) -> None:
        self._counters = store["counters"]
        self._items = store["items"]

    async def find(self, project: str) -> Document:
        """The counters of a project; empty before its first label."""
        return await self._counters.find_one({"_id": project}) or {}

    async def held(self, project: str) -> int:
        """Items that somebody holds: no more than there are labelers times the items of two pages."""
        return await self._items.count_documents({"project": project, "state": ItemState.LEASED})

    async def queued(self, project: str, kind: int) -> int:
        """Items of a kind that wait.

        Its cost grows with the answer: not for the manual ones, which are what is left.
        """
        return await self._items.count_documents({"project": project, "state": ItemState.QUEUED, "kind": kind})
