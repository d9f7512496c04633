"""One child process with its log file. It must never outlive the process that started it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

_TETHER = Path(__file__).with_name("tether.py")
_LOG_LIMIT = 20 * 1024 * 1024
# The tether breaks when the *thread* that started the child ends, so all children are started by one that never ends.
_SPAWNER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")


class ChildDiedError(RuntimeError):
    """A child ended that should be running; the text carries its last lines."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run: arguments, what is added to our own environment, and the folder to run in."""

    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path


class Child(Protocol):
    """What is asked of a child; `subprocess.Popen` is one."""

    pid: int
    stdout: IO[bytes] | None

    def poll(self) -> int | None:
        """Exit status, negative for a signal; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status as soon as it has ended. Raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """Send a signal; nothing happens when it has ended."""


def spawn(command: Command, out: IO[bytes] | int) -> Child:
    """Start a child in a session of its own that dies with this process; what it prints goes to `out`."""
    return subprocess.Popen(  # noqa: S603  the arguments are ours
        [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *command.argv],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        env={**os.environ, **command.env},
        cwd=command.cwd,
        start_new_session=True,  # Ctrl-C in the terminal is for the supervisor, which stops in order
    )


class Process:
    """A child that can be started, stopped, frozen and killed again and again under the same name and log."""

    def __init__(self, name: str, log: Path, on_line: Callable[[str], None] | None = None) -> None:
        """`on_line` gets each line that the child prints, without its end, from a thread of its own."""
        self.name = name
        self.log = log
        self._on_line = on_line
        self._child: Child | None = None
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """Of the running child, or of the last one."""
        if self._child is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether the child runs (or is frozen)."""
        return self._child is not None and self._child.poll() is None

    @property
    def code(self) -> int | None:
        """Exit status of the child that ended; negative for a signal."""
        return None if self._child is None else self._child.poll()

    def start(self, command: Command) -> None:
        """Start the child; its output is appended to the log."""
        if self.alive:
            raise RuntimeError(f"{self.name} is already running")
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old.log"))
        self._child = _SPAWNER.submit(self._spawn, command).result()
        if self._child.stdout is not None:
            self._reader = threading.Thread(target=self._read, args=(self._child.stdout,), daemon=True)
            self._reader.start()

    def _spawn(self, command: Command) -> Child:
        with self.log.open("ab") as log:
            return spawn(command, log if self._on_line is None else subprocess.PIPE)

    def _read(self, stream: IO[bytes]) -> None:
        with self.log.open("ab", buffering=0) as log, stream:
            for raw in stream:
                log.write(raw)
                if self._on_line is not None:
                    self._on_line(raw.decode(errors="replace").rstrip("\r\n"))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; nothing happens when the child has ended."""
        if self._child is not None:
            self._child.send_signal(number)

    def pause(self) -> None:
        """Freeze the child where it is."""
        self.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen child go on."""
        self.signal(signal.SIGCONT)

    def stop(self, seconds: float = 15) -> bool:
        """Ask the child to end; kill it after `seconds`. False when it had to be killed."""
        self.signal(signal.SIGTERM)
        self.resume()  # a frozen child would never see the request
        if self.wait(seconds):
            return True
        self.kill9()
        return False

    def kill9(self) -> None:
        """Kill the child and what it started, as a power cut would, and wait until it is gone."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self.wait(10)

    def wait(self, seconds: float) -> bool:
        """Wait until the child has ended by itself and its output is read; False when it still runs."""
        if self._child is None:
            return True
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        if self._reader is not None:
            self._reader.join(1)
        return True

    def last_lines(self, count: int = 20) -> str:
        """Give the end of the log."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 32_768))
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-count:])

    def require_alive(self) -> None:
        """Raise `ChildDiedError` with the last lines when the child has ended."""
        if not self.alive:
            last = self.last_lines()
            raise ChildDiedError(f"{self.name} ended with code {self.code}. Its last lines ({self.log}):\n{last}")
