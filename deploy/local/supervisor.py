"""Runs the stack and the services as one thing: all are ready or all are stopped. Never restarts anything silently."""

import signal
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType

from deploy.local.console import Console, log_record
from deploy.local.lineage import Lineage
from deploy.local.part import NotReadyError, Part
from deploy.local.process import ChildDiedError, Command, Process
from deploy.local.service import Service, module, service_settings, take_ports
from deploy.local.stack import Stack

_STEP_SECONDS = 60
_LOOK_EVERY = 0.2


class Supervisor:
    """One run, from the first child to the last."""

    def __init__(self, root: Path, settings: Mapping[str, str], console: Console) -> None:
        """`root` is the folder for data and logs, `settings` the environment. Raises what claiming and ports raise."""
        self._began = time.monotonic()
        self._console = console
        self._lineage = Lineage(root)
        if orphans := self._lineage.claim():
            console.say(f"Ended what an earlier run had left behind: {', '.join(orphans)}.")
        self._stack = Stack(root, settings)
        ports = take_ports(self._stack.ports)
        self._settings = service_settings(self._stack, ports)
        self._services = [self._service(name, port) for name, port in ports.items()]
        self._link: str | None = None
        self._stopping = threading.Event()

    def run(self) -> int:
        """Start everything, stay until a signal or the death of a child, stop everything; give the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self._start()
            self._demo()
            while True:
                for part in self._parts:
                    part.process.require_alive()
                time.sleep(_LOOK_EVERY)
        except KeyboardInterrupt:
            self._console.say("\nStopping …")
            return 0
        except (ChildDiedError, NotReadyError) as error:
            self._console.complain(f"\n{error}\n\nStopping the rest …")
            return 1
        finally:
            self._stopping.set()
            self._stop()

    @property
    def _parts(self) -> Sequence[Part]:
        return [*self._stack.parts, *self._services]

    def _service(self, name: str, port: int) -> Service:
        return Service(name, self._stack.root, port, self._settings, lambda line: self._hear(name, line))

    def _hear(self, name: str, line: str) -> None:
        record = log_record(line)
        if record is not None and record["event"] == "first_owner":
            self._link = str(record["link"])
        else:
            self._console.relay(name, line)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self._stopping.is_set():
            self._console.complain("Killing all at once.")
            for part in self._parts:
                part.process.kill9()
        else:
            raise KeyboardInterrupt(number)

    def _start(self) -> None:
        self._console.say(f"Starting {', '.join(part.name for part in self._parts)} …")
        self._stack.start()
        self._lineage.record(part.process for part in self._parts)
        topics = self._run_through("topics", module("services.kit.topics", "create", settings=self._settings))
        if topics.code != 0:
            raise ChildDiedError(f"The topics could not be created, see above and {topics.log}.")
        for service in self._services:
            service.launch()
        self._lineage.record(part.process for part in self._parts)
        for service in self._services:
            service.wait_ready()
        self._greet()

    def _run_through(self, name: str, command: Command) -> Process:
        log = self._stack.root / "logs" / f"{name}.log"
        process = Process(name, log, lambda line: self._console.relay(name, line))
        process.start(command)
        if not process.wait(_STEP_SECONDS):
            process.kill9()
        return process

    def _greet(self) -> None:
        lines = [f"\n  Labelbus is ready after {time.monotonic() - self._began:.1f} s.\n"]
        lines += [f"    Open      {self._settings['LABELBUS_GATEWAY_URL']}"]
        lines += [f"    Sign in   {self._link}   (works once, makes you the owner)"] if self._link else []
        lines += [f"    Kafka     {self._stack.kafka}", f"    MongoDB   {self._stack.mongo_url}"]
        lines += [f"    S3        {self._stack.s3_url}   (keys in {self._stack.root}/secrets.json)"]
        lines += [f"    Logs      {self._stack.root}/logs", "    Stop      Ctrl-C\n"]
        self._console.say("\n".join(lines))

    def _demo(self) -> None:
        """Make the demo project in an empty store; the command itself sees whether there is anything to do."""
        demo = self._run_through("demo", module("services.cli", "demo", settings=self._settings))
        if demo.code != 0:
            self._console.complain("The demo project could not be made; everything else works.")

    def _stop(self) -> None:
        """The services first, since they need the stack to finish what they have begun."""
        with ThreadPoolExecutor(max_workers=len(self._services)) as pool:
            for service in self._services:
                pool.submit(service.stop)
        self._stack.stop()
        self._lineage.record([])
        self._console.say("All stopped.")
