"""Hands hints to open connections.

Never waits for a reader: who can't keep up is cut off, comes back, and fetches anew.
"""

import asyncio
from typing import Final

from services.gateway import metrics
from services.gateway.live.schemas import Hint

_MOST_WAITING: Final = 1_000


class Listener:
    """One connection: the newest hint of each thing that it has not been sent yet."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._waiting: dict[tuple[str, str, str], Hint] = {}
        self._some = asyncio.Event()
        self.lost = False

    def put(self, hint: Hint) -> None:
        """Add a hint; the same thing twice is one hint."""
        if len(self._waiting) >= _MOST_WAITING:
            self.lost = True
            self._waiting.clear()
        self._waiting[hint.kind, hint.project, hint.id] = hint
        self._some.set()

    async def take(self, at_most_s: float) -> list[Hint]:
        """All that waits, at once if there is some, else what comes within the time."""
        try:
            async with asyncio.timeout(at_most_s):
                await self._some.wait()
        except TimeoutError:
            return []
        self._some.clear()
        waiting, self._waiting = list(self._waiting.values()), {}
        return waiting


class Hub:
    """All connections of this process."""

    def __init__(self) -> None:
        """Nobody listens."""
        self._listeners: set[Listener] = set()

    def join(self) -> Listener:
        """A new connection."""
        listener = Listener()
        self._listeners.add(listener)
        metrics.LISTENERS.set(len(self._listeners))
        return listener

    def leave(self, listener: Listener) -> None:
        """A connection ended."""
        self._listeners.discard(listener)
        metrics.LISTENERS.set(len(self._listeners))

    def publish(self, hint: Hint) -> None:
        """Give a hint to all."""
        metrics.HINTS.labels(hint.kind).inc()
        for listener in self._listeners:
            listener.put(hint)
