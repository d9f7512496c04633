"""Works on one export after another. Never gives up because of an outage, and never tries for ever what can't work."""

from collections.abc import Callable

from services.export.exports.run import Parts, Run
from services.kit.jobs import attempt


def _quiet() -> None:
    """Nobody listens for signs of life."""


class Exporter:
    """One worker's hands."""

    def __init__(self, parts: Parts) -> None:
        """`parts` are shared by all."""
        self._parts, self._beat = parts, _quiet

    def listen(self, beat: Callable[[], None]) -> None:
        """Call `beat` as a sign of life of a long step."""
        self._beat = beat

    async def step(self) -> bool:
        """Work on one export to its end, or until something fails. False if there was none."""
        held = await self._parts.exports.take()
        if held is None:
            return False
        await attempt(Run(self._parts, held, self._beat), held["tries"])
        return True
