"""One process of a service: HTTP, bus, store, outbox, relay and workers, from start to the last handler at SIGTERM."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

import uvicorn
import uvloop
from fastapi import FastAPI

from services.kit import annotations, errors, health, logs, problems, topics
from services.kit.bus import Bus
from services.kit.client import InternalClient
from services.kit.guards import Guards
from services.kit.outbox import Outbox
from services.kit.relay import Relay
from services.kit.settings import Settings
from services.kit.store import Store, StoreError
from services.kit.worker import Worker

DATABASES: Final = {"queue": annotations.DATABASE}
"""Services whose database has not their own name."""
_COLLECT_AFTER: Final = 20_000
"""New objects between two looks: a request makes hundreds, and hardly any of them in circles."""
_log = logs.get()


class Service:
    """What a service is made of. Its `build` adds routes to `http`, subscriptions to `bus`, and workers."""

    def __init__(self, name: str, settings: Settings) -> None:
        """Nothing connects before `start`."""
        self.name, self.settings = name, settings
        self.store = Store(settings, DATABASES.get(name, name))
        self.outbox = Outbox(self.store)
        self.relay = Relay(name, settings, self.store, self.outbox)
        self.bus = Bus(settings, name)
        self.http = FastAPI(title=f"Labelbus {name}", docs_url=None, redoc_url=None, openapi_url=None)
        self.workers: list[Worker] = []
        self.prepared = self.stopping = False
        self.checks: dict[str, Callable[[], Awaitable[object]]] = {"mongodb": self.store.ping}
        self._prepare: list[Callable[[], Awaitable[object]]] = [self._topics, self.store.ping, self.outbox.prepare]
        self._close: list[Callable[[], Awaitable[object]]] = []
        self._task: asyncio.Task[None] | None = None
        self._server: uvicorn.Server | None = None
        self._served: asyncio.Task[None] | None = None
        problems.install(self.http)
        self.http.include_router(health.routes(self))

    def client(self, other: str) -> InternalClient:
        """A client of another service, closed with this one."""
        client = InternalClient(getattr(self.settings, f"{other}_url"), self.settings.internal_key)
        self.on_close(client.close)
        return client

    def worker(
        self,
        name: str,
        step: Callable[[], Awaitable[bool]],
        idle_s: float = 1.0,
        *,
        quiet_s: float = 0.0,
        stall_s: float = 300.0,
    ) -> Worker:
        """Add a worker that starts and stops with the service."""
        self.workers.append(Worker(name, step, idle_s, quiet_s=quiet_s, stall_s=stall_s))
        return self.workers[-1]

    def wake(self) -> None:
        """Let all workers look for work now: there may be some."""
        for worker in self.workers:
            worker.wake()

    def on_prepare(self, action: Callable[[], Awaitable[object]]) -> None:
        """Run before anything is consumed (indexes). Repeated while something is away, so it must be safe to repeat."""
        self._prepare.append(action)

    def on_close(self, action: Callable[[], Awaitable[object]]) -> None:
        """Run at the end, after handlers and workers have stopped."""
        self._close.append(action)

    async def _topics(self) -> None:
        await topics.check(self.settings)

    async def start(self) -> None:
        """Listen, then prepare and begin to consume in the background. Raises OSError if the port is taken."""
        logs.configure(self.name, self.settings.log_level)
        _settle_memory()
        config = uvicorn.Config(
            Guards(self.http, self.name, self.settings),
            host=self.settings.host,
            port=self.settings.port(self.name),
            http="httptools",
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=10,
            server_header=False,
        )
        self._server = _Server(config)
        self._served = asyncio.create_task(self._server.serve(), name="http")
        while not self._server.started and not self._served.done():  # noqa: ASYNC110 - uvicorn tells it no other way
            await asyncio.sleep(0.01)
        if self._served.done():
            raise OSError(f"{self.name} cannot listen on {self.settings.host}:{self.settings.port(self.name)}")
        self._task = asyncio.create_task(self._begin(), name="begin")

    async def _begin(self) -> None:
        pause = 0.25
        while not self.prepared:
            try:
                for action in self._prepare:
                    await action()
            except Exception as error:
                if isinstance(error, (StoreError, topics.TopicsWrong)):
                    _log.error("deployment_wrong", alarm=True, error=str(error))
                elif not errors.is_infrastructure(error):
                    _log.exception("start_failed")
                    raise
                _log.warning("service_waits", error=str(error), pause_s=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 10.0)
            else:
                self.prepared = True
        await self.bus.start()
        self.relay.start()
        for worker in self.workers:
            worker.start(self.name)
        _log.info("service_started", url=getattr(self.settings, f"{self.name}_url"))

    def dead(self) -> str:
        """Why this process has to be replaced; empty while all its loops turn."""
        if self._task is not None and self._task.done() and not self._task.cancelled() and self._task.exception():
            return f"the start failed: {self._task.exception()!r}"
        reasons = (self.bus.dead(), self.relay.dead(), *(worker.dead() for worker in self.workers))
        return "; ".join(reason for reason in reasons if reason)

    async def unready(self) -> list[str]:
        """What this service waits for before it can serve."""
        if self.stopping:
            return ["stopping"]
        missing = [] if self.prepared else ["prepared"]
        missing += [] if self.bus.ready else ["kafka"]
        for name, check in self.checks.items():
            try:
                async with asyncio.timeout(2):
                    await check()
            except Exception as error:  # noqa: BLE001 - whatever it is, the dependency cannot be used
                missing.append(f"{name}: {error!r}"[:300])
        return missing

    async def stop(self) -> None:
        """Readiness off, stop consuming, finish handlers and requests, stop workers and the relay, close."""
        self.stopping = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.bus.stop()
        await asyncio.gather(*(worker.stop() for worker in self.workers))
        if self._server is not None and self._served is not None:
            self._server.should_exit = True
            await asyncio.gather(self._served, return_exceptions=True)
        await self.relay.stop()
        for action in reversed(self._close):
            with contextlib.suppress(Exception):
                await action()
        await self.store.close()
        _log.info("service_stopped")

    def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        uvloop.run(self._run())

    async def _run(self) -> None:
        ended = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        await self.start()
        await ended.wait()
        await self.stop()


def _settle_memory() -> None:
    """What lives as long as the process is never looked at by the collector again, and it looks less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)


class _Server(uvicorn.Server):
    """Leaves the signals to the service, which has more to stop than HTTP."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield
