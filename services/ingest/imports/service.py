"""Works on one check after another. Never gives up because of an outage, and never tries for ever what can't work."""

import asyncio
from collections.abc import Callable
from typing import Final

from services.contracts.imports import ImportState
from services.ingest.imports.models import Ended
from services.ingest.imports.readers.marks import Unreadable
from services.ingest.imports.run import NotYet, Parts, Run
from services.kit import errors, logs
from services.kit.blobs import BlobDenied, BlobRefused, BucketMissing
from services.kit.jobs import JobLost, pause_ms

TRIES: Final = 5
_WAIT_MS: Final = 500
_log = logs.get()


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
        run = Run(self._parts, held, self._beat)
        try:
            await self._try(run, pause_ms(held["tries"]))
        except JobLost:
            _log.warning("import_lost", imported=held["_id"])
        except asyncio.CancelledError:
            await run.put_off(0, run.found.failures)
            raise
        return True

    async def _try(self, run: Run, pause: int) -> None:
        try:
            await run.work()
        except JobLost:
            raise
        except NotYet:
            await run.put_off(_WAIT_MS, run.found.failures)
        except Ended as ended:
            await run.end(ended.state, str(ended))
        except Unreadable as unreadable:
            await run.end(ImportState.FAILED, str(unreadable))
        except (BucketMissing, BlobDenied, BlobRefused) as refused:
            await run.end(ImportState.FAILED, f"The file can't be read: {refused}.")
        except Exception as error:  # noqa: BLE001 - whatever it is, the import has to end or to be tried again
            await self._failed(run, error, pause)

    async def _failed(self, run: Run, error: Exception, pause: int) -> None:
        outage = errors.is_infrastructure(error)
        failures = run.found.failures + (not outage)
        _log.warning("import_waits", imported=run.found.job.id, error=repr(error), exc_info=None if outage else error)
        if failures >= TRIES:
            await run.end(ImportState.FAILED, f"The check failed {TRIES} times, the last time with {error!r}.")
        else:
            await run.put_off(pause, failures)
