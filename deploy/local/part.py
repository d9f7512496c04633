"""A part of the stack: how it is prepared, started, and known to be ready. It must never be called ready too early."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from deploy.local.process import Command, Process

_READY_SECONDS = 90
_LOOK_EVERY = 0.05


class NotReadyError(RuntimeError):
    """The part runs but did not become ready within its deadline, or lacks something on this machine."""


class Part(ABC):
    """A server program on loopback whose data is below `root`. Start, stop, freeze and kill it as often as needed."""

    def __init__(self, name: str, root: Path, on_line: Callable[[str], None] | None = None) -> None:
        """`root` holds the data of all parts and their logs; `on_line` gets each line that the program prints."""
        self.name = name
        self.root = root
        self.process = Process(name, root / "logs" / f"{name}.log", on_line)

    @abstractmethod
    def prepare(self) -> Command:
        """Do what is needed before a start, most of it only once, and say what to run."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether a client would be served now. Errors of a server that is still starting count as no."""

    def launch(self) -> None:
        """Start the program without waiting for it."""
        self.process.start(self.prepare())

    def wait_ready(self, seconds: float = _READY_SECONDS) -> None:
        """Return as soon as the part is ready; raise when it dies or is late."""
        until = time.monotonic() + seconds
        while not self.is_ready():
            self.process.require_alive()
            if time.monotonic() > until:
                last = self.process.last_lines()
                raise NotReadyError(f"{self.name} was not ready after {seconds:.0f} s. Its last lines:\n{last}")
            time.sleep(_LOOK_EVERY)
        # Else it was another program that answered on this port.
        self.process.require_alive()

    def start(self) -> None:
        """Start the part, on the same port and data each time, and wait until it is ready."""
        self.launch()
        self.wait_ready()

    def stop(self) -> None:
        """End it cleanly."""
        self.process.stop()

    def kill9(self) -> None:
        """End it as a power cut would."""
        self.process.kill9()

    def pause(self) -> None:
        """Freeze it."""
        self.process.pause()

    def resume(self) -> None:
        """Let it go on after `pause`."""
        self.process.resume()
