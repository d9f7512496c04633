"""Waiting for long work: looked at often at first, then every two seconds."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from labelbus.errors import LabelbusError
from labelbus.steps import Flow, sleep

T = TypeVar("T")
_FIRST_S: Final = 0.1
_LONGEST_S: Final = 2.0


def until(
    look: Callable[[], Flow[T]],
    done: Callable[[T], bool],
    timeout_s: float | None,
    progress: Callable[[T], None] | None = None,
) -> Flow[T]:
    """Look until it is done; `progress` gets what every look saw. Raises LabelbusError `timeout`."""
    end = None if timeout_s is None else time.monotonic() + timeout_s
    pause = _FIRST_S
    while True:
        seen = yield from look()
        if progress is not None:
            progress(seen)
        if done(seen):
            return seen
        if end is not None and time.monotonic() + pause > end:
            raise LabelbusError(f"Not done within {timeout_s:g} s; it goes on.", code="timeout", retryable=True)
        yield from sleep(pause)
        pause = min(pause * 1.5, _LONGEST_S)
