"""When the data of a project is looked at again by itself (A26). Pure."""

from dataclasses import dataclass
from typing import Final

from services.contracts.exports import JobState
from services.contracts.queue_api import Progress
from services.contracts.refreshes import Refresh
from services.kit import clock

SMALL_SHARE: Final = 0.2
"""From here on down new files are wanted sooner: labelers will soon have nothing to do."""
_PATIENCE: Final = 6
"""Hints that never pause are obeyed after so many quiet times."""
_OPEN: Final = (JobState.REQUESTED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something below the project's folder changed: first and last, in epoch milliseconds."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds from the end of a refresh to the next one, and how long hints have to be quiet before one."""

    every: int
    soon: int
    quiet: int

    def checks(self, newest: Refresh | None) -> bool:
        """Whether the project is looked at at all: never while it is, and never again once it is full (F44)."""
        return newest is not None and newest.state not in _OPEN and not newest.full

    def may_be_due(self, newest: Refresh, now: int) -> bool:
        """Whether it depends on the progress of the project, which costs a question."""
        return now - _ended(newest) >= self.soon

    def due(self, newest: Refresh, progress: Progress | None, now: int) -> bool:
        """Whether the time has come. `progress` None: not known now."""
        few = progress is not None and _unlabeled_share(progress) < SMALL_SHARE
        return now - _ended(newest) >= (min(self.soon, self.every) if few else self.every)

    def heeds(self, hint: Hint, now: int) -> bool:
        """Whether the hints are over, or go on for so long that waiting for their end is no use."""
        return now - hint.last >= self.quiet or now - hint.first >= self.quiet * _PATIENCE


def _ended(newest: Refresh) -> int:
    return clock.to_ms(newest.finished_at or newest.requested_at)


def _unlabeled_share(progress: Progress) -> float:
    waiting = progress.pending + progress.leased + sum(progress.queued.values())
    return waiting / progress.total if progress.total else 0.0
