"""What the supervisor says in the terminal: its own words, and each line of a service behind the service's name."""

import json
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

_COLORS = {"queue": 36, "ingest": 35, "export": 34, "gateway": 32, "topics": 33, "demo": 33}
_RED, _YELLOW, _BOLD, _DIM = 31, 33, 1, 2
_LEVELS = {"warning": _YELLOW, "error": _RED, "critical": _RED}
# Known from the place where the line is shown, or only good for a machine.
_LEFT_OUT = {"event", "level", "timestamp", "time", "service", "instance", "logger", "exception"}


class Console:
    """Writes whole lines, in colour when a person looks on and did not set NO_COLOR."""

    def __init__(self, stream: TextIO = sys.stdout) -> None:
        self._stream = stream
        self._colored = stream.isatty() and not os.environ.get("NO_COLOR")
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """The supervisor's own words."""
        self._write(self._paint(text, _BOLD))

    def complain(self, text: str) -> None:
        """Something went wrong."""
        self._write(self._paint(text, _RED))

    def relay(self, name: str, line: str) -> None:
        """A line that the child `name` printed: a JSON log record is written as a sentence, the rest as it is."""
        label = self._paint(f"{name:>8} ", _COLORS.get(name, _DIM))
        record = log_record(line)
        if record is None:
            self._write(f"{label}{line}")
            return
        text = str(record["event"])
        fields = " ".join(f"{key}={value}" for key, value in record.items() if key not in _LEFT_OUT)
        color = _LEVELS.get(str(record.get("level")))
        exception = "".join(f"\n{label}{part}" for part in str(record.get("exception", "")).splitlines())
        self._write(f"{label}{self._paint(text, color)} {self._paint(fields, _DIM)}{exception}")

    def _paint(self, text: str, color: int | None) -> str:
        return f"\033[{color}m{text}\033[0m" if self._colored and color is not None and text else text

    def _write(self, text: str) -> None:
        with self._lock, suppress(OSError):  # the terminal may be gone; the logs are in files as well
            print(text, file=self._stream, flush=True)


def log_record(line: str) -> Mapping[str, object] | None:
    """Read a line of a service's log; None when it is something else."""
    if not line.startswith("{"):
        return None
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and "event" in record else None
