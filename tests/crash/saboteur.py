"""Runs a service that kills itself, MongoDB or Kafka at a chosen step. It knows the wire, never the code of a service.

`python -m tests.crash.saboteur services.queue` with CRASH_STEP (see `Step`) and CRASH_PID (0: itself) in the
environment; it waits for the file `armed` beside CRASH_MARK. A step is a command to MongoDB,
a call of the Kafka producer, a request to object storage or to another service, just before it is made (`started`) or
just after it returned (`succeeded`).
"""

import os
import runpy
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
import urllib3
from aiokafka import AIOKafkaProducer
from pymongo import monitoring

ARMED = "armed"
"""The file that the test makes once the service is ready: whoever dies earlier interrupts no work."""


@dataclass(frozen=True)
class Step:
    """`channel`: mongo, kafka, s3 or http.

    `name`: `<command> <collection>`, method of the producer, `<method> <word in the URL>`.

    `moment`: started or succeeded. `nth`: which time, from 1.
    """

    channel: str
    name: str
    moment: str
    nth: int = 1

    def __str__(self) -> str:
        """As in CRASH_STEP."""
        return f"{self.channel}:{self.name}:{self.moment}:{self.nth}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of `str`."""
        channel, name, moment, nth = text.split(":")
        return cls(channel, name, moment, int(nth))


class Saboteur(monitoring.CommandListener):
    """Counts the passes of one step and strikes at the nth."""

    def __init__(self, step: Step, pid: int, mark: Path) -> None:
        """`pid` is killed; `mark` is written before, so that the test knows that the step was reached."""
        self._step = step
        self._pid = pid
        self._mark = mark
        self._armed = mark.with_name(ARMED)
        self._passes = 0
        self._collections: dict[int, str] = {}

    def reached(self, channel: str, name: str, moment: str) -> None:
        """Called at each pass of anything; strikes when it is the one."""
        if (channel, moment) != (self._step.channel, self._step.moment) or not self._fits(name):
            return
        if not self._armed.exists():
            return
        self._passes += 1
        if self._passes == self._step.nth:
            self._mark.write_text(str(self._step))
            os.kill(self._pid or os.getpid(), signal.SIGKILL)

    def _fits(self, name: str) -> bool:
        return all(word in name for word in self._step.name.split())

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """A command goes out. The collection stands in the command's own field."""
        collection = event.command.get(event.command_name)
        name = f"{event.command_name} {collection}" if isinstance(collection, str) else event.command_name
        self._collections[event.request_id] = name
        self.reached("mongo", name, "started")

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """An answer came."""
        self.reached("mongo", self._collections.pop(event.request_id, event.command_name), "succeeded")

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """A refusal came: no step."""
        self._collections.pop(event.request_id, None)


def _watch_kafka(saboteur: Saboteur) -> None:
    for name in ("begin_transaction", "send", "commit_transaction"):
        original = getattr(AIOKafkaProducer, name)

        def watched(
            self: AIOKafkaProducer, *arguments: Any, _name: str = name, _original: Any = original, **named: Any
        ) -> Any:
            async def call() -> Any:
                saboteur.reached("kafka", _name, "started")
                result = await _original(self, *arguments, **named)
                saboteur.reached("kafka", _name, "succeeded")
                return result

            return call()

        setattr(AIOKafkaProducer, name, watched)


def _watch_http(saboteur: Saboteur) -> None:
    send = httpx.AsyncClient.send

    async def watched(self: httpx.AsyncClient, request: httpx.Request, **named: Any) -> httpx.Response:
        name = f"{request.method} {request.url.path}"
        saboteur.reached("http", name, "started")
        response = await send(self, request, **named)
        saboteur.reached("http", name, "succeeded")
        return response

    httpx.AsyncClient.send = watched  # type: ignore[method-assign]  # the point of this file


def _watch_s3(saboteur: Saboteur) -> None:
    urlopen = urllib3.PoolManager.urlopen

    def watched(self: urllib3.PoolManager, method: str, url: str, *arguments: Any, **named: Any) -> Any:
        saboteur.reached("s3", f"{method} {url}", "started")
        response = urlopen(self, method, url, *arguments, **named)
        saboteur.reached("s3", f"{method} {url}", "succeeded")
        return response

    urllib3.PoolManager.urlopen = watched  # type: ignore[method-assign]  # the point of this file


def main() -> None:
    """Watch, then be the service."""
    saboteur = Saboteur(
        Step.parse(os.environ["CRASH_STEP"]), int(os.environ["CRASH_PID"]), Path(os.environ["CRASH_MARK"])
    )
    monitoring.register(saboteur)
    _watch_kafka(saboteur)
    _watch_http(saboteur)
    _watch_s3(saboteur)
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main()
