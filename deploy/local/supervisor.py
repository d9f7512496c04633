"""Runs Labelbus as one thing: all of it is ready, or all of it is stopped. Never restarts anything silently."""

import os
import signal
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

from deploy.local import running
from deploy.local.console import Console, log_record
from deploy.local.lineage import Lineage
from deploy.local.part import NotReadyError
from deploy.local.process import ChildDiedError, Process
from deploy.local.service import module
from deploy.local.system import System

_LOOK_EVERY = 0.2


class Supervisor:
    """One run, from the first child to the last."""

    def __init__(self, root: Path, environment: Mapping[str, str], console: Console, lineage: Lineage) -> None:
        """`root` is the folder for data and logs, which the entered `lineage` makes ours. Raises `PortTakenError`."""
        self._began = time.monotonic()
        self._console = console
        self._lineage = lineage
        if lineage.ended:
            console.say(f"Ended what an earlier run had left behind: {', '.join(lineage.ended)}.")
        self._given = {name: value for name, value in environment.items() if name.startswith("LABELBUS_")}
        self._system = System(root, environment=environment, on_line=self._hear)
        self._demo = Process("demo", root / "logs" / "demo.log", partial(self._hear, "demo"))
        self._link: str | None = None
        self._greeted = False
        self._why = ""
        self._stopping = threading.Event()

    def run(self) -> int:
        """Start everything, stay until a signal or the death of a child, stop everything; give the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self._start()
            self._watch()
        except KeyboardInterrupt:
            self._console.say("\nStopping …")
            return 0
        except (ChildDiedError, NotReadyError) as error:
            self._console.complain(f"\n{error}\n\nStopping the rest …")
            self._why = " " + str(error).partition(" Its last lines")[0]
            return 1
        finally:
            self._stop()

    def _start(self) -> None:
        self._console.say(f"Starting {', '.join(self._system.parts)} …")
        self._system.start()
        running.note(self._system.root, {**self._given, **self._system.settings})
        self._lineage.record(part.process for part in self._system.parts.values())
        self._greet()
        # Makes the demo project in an empty store; the command itself sees whether there is anything to do.
        self._demo.start(module("services.cli", "demo", settings=self._system.settings))

    def _watch(self) -> NoReturn:
        demo_told = False
        while True:
            for part in self._system.parts.values():
                part.process.require_alive()
            if not demo_told and not self._demo.alive:
                demo_told = True
                if self._demo.code != 0:
                    self._console.complain("The demo project could not be made; everything else works.")
            time.sleep(_LOOK_EVERY)

    def _stop(self) -> None:
        self._stopping.set()
        running.forget(self._system.root)
        self._demo.kill9()
        self._system.stop()
        self._lineage.record([])
        # What the others said meanwhile has pushed the reason off the screen.
        self._console.say(f"All stopped.{self._why}")

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        if not self._stopping.is_set():
            raise KeyboardInterrupt(number)
        self._console.complain("Killing all at once.")
        for part in self._system.parts.values():
            part.process.signal(signal.SIGKILL)

    def _hear(self, name: str, line: str) -> None:
        record = log_record(line)
        if record is None or record["event"] != "first_owner":
            self._console.relay(name, line)
            return
        self._link = f"    Sign in   {record['link']}   (works once, makes you the owner)"
        if self._greeted:
            self._console.say(self._link)

    def _greet(self) -> None:
        self._greeted = True
        stack = self._system.stack
        lines = [f"\n  Labelbus is ready after {time.monotonic() - self._began:.1f} s.\n"]
        lines += [f"    Open      {self._system.url}"]
        lines += [self._link] if self._link else []
        lines += [f"    Kafka     {stack.kafka}", f"    MongoDB   {stack.mongo_url}"]
        lines += [f"    S3        {stack.s3_url}   (keys in {stack.root}/secrets.json)"]
        lines += [f"    Events    LABELBUS_KAFKA={stack.kafka} .venv/bin/python examples/subscribe.py"]
        lines += [f"    Logs      {stack.root}/logs", f"    Stop      Ctrl-C, or kill {os.getpid()}\n"]
        self._console.say("\n".join(lines))
