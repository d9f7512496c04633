"""Loops beside the handlers: they lease work from the store and do it. Long work never happens anywhere else."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from services.kit import errors, logs, metrics, requests

_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0
_SLOWER: Final = 1.5


class Worker:
    """Calls `step` again and again: at once after True ("there is more"), else after `idle_s` or a `wake`.

    With a `quiet_s` it looks less and less often while there is nothing, down to once in so many seconds; a `wake` or
    work ends that. A step that fails is logged and tried again, later each time. A step may take `stall_s`; longer ones
    call `beat`.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], Awaitable[bool]],
        idle_s: float = 1.0,
        *,
        quiet_s: float = 0.0,
        stall_s: float = 300.0,
    ) -> None:
        """`name` is for logs, metrics and health."""
        self.name, self._step, self._stall_s = name, step, stall_s
        self._idle_s = self._pause_s = idle_s
        self._quiet_s = max(quiet_s, idle_s)
        self._wake = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None
        self._turned = time.monotonic()

    def start(self, service: str) -> None:
        """Begin to turn."""
        self.beat()
        self._task = asyncio.create_task(self._run(service), name=f"worker-{self.name}")

    def wake(self) -> None:
        """Step now."""
        self._pause_s = self._idle_s
        self._wake.set()

    def beat(self) -> None:
        """Sign of life of a long step."""
        self._turned = time.monotonic()

    def dead(self) -> str:
        """Why the worker is not alive; empty while it is."""
        if self._task is None or self._stopping:
            return ""
        if self._task.done():
            return f"worker {self.name} has ended"
        silent = time.monotonic() - self._turned
        return f"worker {self.name} did not turn for {silent:.0f} s" if silent > self._stall_s else ""

    async def stop(self, grace_s: float = 10.0) -> None:
        """Let the present step finish for `grace_s`, then cancel it."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=grace_s)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, service: str) -> None:
        log = logs.get(worker=self.name)
        pause = _FIRST_PAUSE_S
        while not self._stopping:
            self.beat()
            requests.begin()
            try:
                more = await self._step()
            except Exception as error:  # a worker outlives whatever its step meets
                metrics.WORKER_FAILURES.labels(service, self.name).inc()
                outage = errors.is_infrastructure(error)
                log.warning("worker_waits", error=repr(error), pause_s=pause, exc_info=None if outage else error)
                await self._sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            else:
                pause = _FIRST_PAUSE_S
                await self._rest(more=more)

    async def _rest(self, *, more: bool) -> None:
        if more:
            self._pause_s = self._idle_s
            await asyncio.sleep(0)
            return
        pause, self._pause_s = self._pause_s, min(self._pause_s * _SLOWER, self._quiet_s)
        await self._sleep(pause)

    async def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._wake.is_set():
            self.beat()
            try:
                async with asyncio.timeout(min(left, self._stall_s / 2)):
                    await self._wake.wait()
            except TimeoutError:
                continue
        self._wake.clear()
