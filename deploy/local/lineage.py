"""Which supervisor runs in this checkout and which children it has. Never signals a process that is not surely ours."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.process import Process

_GRACE_SECONDS = 10
_DOWNLOADED = {"jars", "tools", "stamps"}


class AlreadyRunningError(RuntimeError):
    """Another supervisor runs in this checkout."""


def start_time(pid: int) -> str | None:
    """When the process was started, in words that differ for each one that ever had this pid; None when it is gone."""
    if sys.platform == "linux":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (
            None if fields[0] == "Z" else f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {fields[19]}"
        )
    said = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603  a number only
    return said.stdout.strip() or None


class Lineage:
    """The lock that one supervisor holds while it lives, and the list of its children for the next one.

    Entering takes the lock and ends what a dead supervisor left; it raises `AlreadyRunningError`.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._children = root / "children.json"
        self.ended: list[str] = []

    def __enter__(self) -> Self:
        self._root.mkdir(parents=True, exist_ok=True)
        self._lock = (self._root / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            pid = self._lock.read().strip()
            self._lock.close()
            raise AlreadyRunningError(
                f"Labelbus already runs in {self._root} (process {pid}). Stop it with Ctrl-C or `kill {pid}`."
            ) from None
        self._lock.truncate(0)
        self._lock.write(f"{os.getpid()}\n")
        self._lock.flush()
        self.ended = self._end_orphans()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.close()

    def forget(self) -> None:
        """Remove all data of the checkout's stack; what was downloaded stays."""
        for entry in self._root.iterdir():
            if entry.is_dir() and entry.name not in _DOWNLOADED:
                shutil.rmtree(entry)
            elif entry.is_file() and entry.name != "lock":
                entry.unlink()

    def record(self, processes: Iterable[Process]) -> None:
        """Write down the children that run now."""
        children = {process.name: (process.pid, start_time(process.pid)) for process in processes if process.alive}
        self._children.write_text(json.dumps(children))

    def _end_orphans(self) -> list[str]:
        if not self._children.exists():
            return []
        children: dict[str, tuple[int, str]] = json.loads(self._children.read_text())
        orphans = {name: pid for name, (pid, started) in children.items() if started and start_time(pid) == started}
        for pid in orphans.values():
            _end(pid)
        self._children.unlink()
        return sorted(orphans)


def _end(pid: int) -> None:
    """Ask, then kill; it is nobody's child any more, so its end can only be seen from outside."""
    started, until = start_time(pid), time.monotonic() + _GRACE_SECONDS
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        while start_time(pid) == started:
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.05)
