"""Works on one export after another. Never gives up because of an outage, and never tries for ever what can't work."""

import asyncio
from collections.abc import Callable
from typing import Final

from services.contracts.exports import JobState
from services.export import metrics
from services.export.exports.models import Ended
from services.export.exports.run import Parts, Run
from services.kit import errors, logs
from services.kit.blobs import BlobDenied, BlobRefused, BucketMissing
from services.kit.jobs import JobLost, pause_ms

TRIES: Final = 5
_log = logs.get()


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
        run = Run(self._parts, held, self._beat)
        try:
            await self._try(run, pause_ms(held["tries"]))
        except JobLost:
            _log.warning("export_lost", export=held["_id"])
        except asyncio.CancelledError:
            await run.put_off(0, run.export.failures)
            raise
        return True

    async def _try(self, run: Run, pause: int) -> None:
        try:
            await run.work()
        except JobLost:
            raise
        except Ended as ended:
            await run.end(ended.state, str(ended))
        except (BucketMissing, BlobDenied, BlobRefused) as refused:
            await run.end(JobState.FAILED, f"The object storage refuses: {refused}.")
        except Exception as error:  # noqa: BLE001 - whatever it is, the export has to end or to be tried again
            await self._failed(run, error, pause)

    async def _failed(self, run: Run, error: Exception, pause: int) -> None:
        outage = errors.is_infrastructure(error)
        failures = run.export.failures + (not outage)
        _log.warning("export_waits", export=run.export.job.id, error=repr(error), exc_info=None if outage else error)
        if failures >= TRIES:
            await run.end(JobState.FAILED, f"The export failed {TRIES} times, the last time with {error!r}.")
        else:
            metrics.POSTPONED.inc()
            await run.put_off(pause, failures)
