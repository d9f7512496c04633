"""Services as processes that are forked from one which has imported what all of them share; most of a start is that.

Each is a process and session of its own, killed and frozen like any other. What a person starts (`make run`, the
command line, the programs of the README) tests start as it is.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Final

from deploy.local import process, tether
from deploy.local.process import Child, Command

_SHARED: Final = (
    "numpy",
    "PIL.Image",
    "shapely",
    "services.kit.service",
    "services.kit.datastores",
    "services.kit.annotations",
    "services.kit.regions",
    "services.contracts.topics",
    "services.contracts.events",
    "services.contracts.ingest_api",
    "services.contracts.queue_api",
    "tests.support.nursery",
)
"""Nothing of ours that only one service has: none would see what it forgot to import, or metrics of another."""
_OURS: Final = ("services.", "tests.")
_SESSION_S: Final = 10.0
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(_SHARED))
_start_for_real = process.spawn


class Forked:
    """A module run by a process that was forked; asked like `subprocess.Popen`."""

    def __init__(
        self, module: str, arguments: Sequence[str], environment: Mapping[str, str], cwd: Path, out: IO[bytes] | int
    ) -> None:
        """`environment` is all of it. `out` is an open file or `subprocess.PIPE`."""
        self.stdout: IO[bytes] | None = None
        if out == subprocess.PIPE:
            reading, writing = os.pipe()
            self.stdout = os.fdopen(reading, "rb")
        else:
            writing = os.dup(out if isinstance(out, int) else out.fileno())
        with Connection(writing, readable=False) as end:
            given = (module, list(arguments), dict(environment), str(cwd), end)
            self._process = _context.Process(target=_become, args=given, name=module)
            self._process.start()
        pid = self._process.pid
        assert pid is not None
        self.pid = pid
        self._wait_for_session()

    def _wait_for_session(self) -> None:
        """Else a signal to its group could miss it."""
        until = time.monotonic() + _SESSION_S
        while self.poll() is None and os.getsid(self.pid) != self.pid:
            assert time.monotonic() < until, "the fork did not begin"
            time.sleep(0.001)

    def poll(self) -> int | None:
        """Exit status, negative for a signal; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status as soon as it has ended. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return code

    def send_signal(self, sig: int) -> None:
        """Send a signal; nothing happens when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)


def spawn(command: Command, out: IO[bytes] | int) -> Child:
    """Fork what is a service; start anything else as it is."""
    program, *arguments = command.argv
    if program == sys.executable and arguments[0] == "-m" and arguments[1].startswith(_OURS):
        return Forked(arguments[1], arguments[2:], {**os.environ, **command.env}, command.cwd, out)
    return _start_for_real(command, out)


def _become(module: str, arguments: list[str], environment: dict[str, str], cwd: str, out: Connection) -> None:
    """In the fork: be the program."""
    tether.tie(os.getppid())
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for number in (1, 2):
        os.dup2(out.fileno(), number)
    out.close()
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    sys.argv = [module, *arguments]
    os.setsid()
    # It is said of a module of the kit that is a program too (services.kit.topics).
    warnings.filterwarnings("ignore", ".* found in sys.modules after import", RuntimeWarning, "runpy")
    runpy.run_module(module, run_name="__main__", alter_sys=True)
