"""Resident memory of processes, sampled while something runs."""

import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import psutil

from bench.figures import Figure


def resident_mb(pid: int) -> float:
    """Memory of a process and its children, in MB."""
    process = psutil.Process(pid)
    return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / 1e6


def of_each(pids: Mapping[str, int]) -> list[Figure]:
    """One figure a process, as it is now."""
    return [Figure(f"memory of {name}", resident_mb(pid), "MB") for name, pid in pids.items()]


class Peak:
    """Samples a process every 50 ms inside a `with`; `growth_mb` is the peak over the start."""

    def __init__(self, pid: int) -> None:
        """Nothing is sampled yet."""
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self.start_mb = 0.0
        self.peak_mb = 0.0

    @property
    def growth_mb(self) -> float:
        """How far it rose."""
        return self.peak_mb - self.start_mb

    def _sample(self) -> None:
        while not self._stop.wait(0.05):
            self.peak_mb = max(self.peak_mb, resident_mb(self._pid))

    def __enter__(self) -> Self:
        """Start sampling."""
        self.start_mb = self.peak_mb = resident_mb(self._pid)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop sampling."""
        self._stop.set()
        self._thread.join()


class Peaks:
    """A `Peak` of each of several processes."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        """By name."""
        self._peaks = {name: Peak(pid) for name, pid in pids.items()}

    def figures(self, when: str) -> list[Figure]:
        """One a process: its peak, and how far that is above the start."""
        return [
            Figure(f"memory of {name} {when}", peak.peak_mb, "MB", note=f"+{peak.growth_mb:.0f} MB")
            for name, peak in self._peaks.items()
        ]

    def __enter__(self) -> Self:
        """Start sampling."""
        for peak in self._peaks.values():
            peak.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop sampling."""
        for peak in self._peaks.values():
            peak.__exit__(kind, error, trace)
