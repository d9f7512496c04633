"""Works on one check after another. Never gives up because of an outage, and never tries for ever what can't work."""

from collections.abc import Callable

from services.ingest.imports.run import Parts, Run
from services.kit.jobs import attempt


def _quiet() -> None:
    """Nobody listens for signs of life."""


class Checker:
    """One worker's hands."""

    def __init__(self, parts: Parts) -> None:
        """`parts` are shared by all."""
        self._parts, self._beat = parts, _quiet

    def listen(self, beat: Callable[[], None]) -> None:
        """Call `beat` as a sign of life of a long step."""
        self._beat = beat

    async def step(self) -> bool:
        """Check one import, or find out why not now. False if there was none."""
        held = await self._parts.imports.take()
        if held is None:
            return False
        await attempt(Run(self._parts, held, self._beat), held["tries"])
        return True
