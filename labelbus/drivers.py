"""Run flows: one driver blocks, one belongs to asyncio. They do steps and hold no rule of the API."""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import AsyncExitStack, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import httpx

from labelbus.steps import Flow, Found, Pages, Read, Send, Sleep, Step, Stream, Together, Work

T = TypeVar("T")
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a step came to."""

    answer: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """The flow is at its end."""

    value: T


S = TypeVar("S")


def _resume(flow: Generator[S, Any, T], outcome: _Outcome) -> S | _Done[T]:
    try:
        return flow.throw(outcome.error) if outcome.error else flow.send(outcome.answer)
    except StopIteration as end:
        return _Done(end.value)


class BlockingDriver:
    """For threads. Several may use it at once."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end. Raises what the flow raises."""
        outcome = _Outcome()
        with ExitStack() as streams, closing(flow):
            while not isinstance(step := _resume(flow, outcome), _Done):
                outcome = self._take(step, streams)
        return step.value

    def iterate(self, pages: Pages[T]) -> Generator[T]:
        """What an iteration finds, as it is asked for."""
        outcome = _Outcome()
        with ExitStack() as streams, closing(pages):
            while not isinstance(step := _resume(pages, outcome), _Done):
                if isinstance(step, Found):
                    yield from step.items
                    outcome = _Outcome()
                else:
                    outcome = self._take(step, streams)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _take(self, step: Step, streams: ExitStack) -> _Outcome:
        try:
            return _Outcome(answer=self._do(step, streams))
        except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
            return _Outcome(error=error)

    def _do(self, step: Step, streams: ExitStack) -> Any:
        match step:
            case Send():
                return self._send(step, streams)
            case Read(stream=stream):
                return next(stream.chunks, b"")
            case Sleep(seconds=seconds):
                return time.sleep(seconds)
            case Together():
                return self._together(step)
            case Work(function=function):
                return function()

    def _send(self, step: Send, streams: ExitStack) -> httpx.Response | Stream:
        with ExitStack() as opened:
            content = step.content
            body = opened.enter_context(content.open("rb")) if isinstance(content, Path) else content or None
            request = self._http.build_request(
                step.method, step.path, params=dict(step.params), headers=dict(step.headers), content=body
            )
            response = self._http.send(request, stream=step.stream)
        if not step.stream:
            return response
        streams.callback(response.close)
        return Stream(response, response.iter_bytes())

    def _together(self, step: Together) -> None:
        flows, lock, stop = iter(step.flows), threading.Lock(), threading.Event()

        def take_turns() -> None:
            while not stop.is_set():
                with lock:
                    flow = next(flows, None)
                if flow is None:
                    return
                self.run(flow)

        with ThreadPoolExecutor(step.at_once) as pool:
            running = [pool.submit(take_turns) for _ in range(step.at_once)]
            try:
                wait(running, return_when=FIRST_EXCEPTION)
            finally:
                stop.set()
        for each in running:
            each.result()


class AsyncDriver:
    """For one event loop."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end. Raises what the flow raises."""
        outcome = _Outcome()
        async with AsyncExitStack() as streams:
            streams.enter_context(closing(flow))
            while not isinstance(step := _resume(flow, outcome), _Done):
                outcome = await self._take(step, streams)
        return step.value

    async def iterate(self, pages: Pages[T]) -> AsyncGenerator[T]:
        """What an iteration finds, as it is asked for."""
        outcome = _Outcome()
        async with AsyncExitStack() as streams:
            streams.enter_context(closing(pages))
            while not isinstance(step := _resume(pages, outcome), _Done):
                if isinstance(step, Found):
                    for item in step.items:
                        yield item
                    outcome = _Outcome()
                else:
                    outcome = await self._take(step, streams)

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _take(self, step: Step, streams: AsyncExitStack) -> _Outcome:
        try:
            return _Outcome(answer=await self._do(step, streams))
        except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
            return _Outcome(error=error)

    async def _do(self, step: Step, streams: AsyncExitStack) -> Any:
        match step:
            case Send():
                return await self._send(step, streams)
            case Read(stream=stream):
                return await anext(stream.chunks, b"")
            case Sleep(seconds=seconds):
                return await asyncio.sleep(seconds)
            case Together():
                return await self._together(step)
            case Work(function=function):
                return await asyncio.to_thread(function)

    async def _send(self, step: Send, streams: AsyncExitStack) -> httpx.Response | Stream:
        headers, content = dict(step.headers), step.content
        body: AsyncIterator[bytes] | bytes | None = content or None if isinstance(content, bytes) else _read(content)
        if isinstance(content, Path):
            headers["Content-Length"] = str((await asyncio.to_thread(content.stat)).st_size)
        request = self._http.build_request(
            step.method, step.path, params=dict(step.params), headers=headers, content=body
        )
        response = await self._http.send(request, stream=step.stream)
        if not step.stream:
            return response
        streams.push_async_callback(response.aclose)
        return Stream(response, response.aiter_bytes())

    async def _together(self, step: Together) -> None:
        flows = iter(step.flows)

        async def take_turns() -> None:
            for flow in flows:
                await self.run(flow)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(step.at_once):
                    group.create_task(take_turns())
        except* Exception as errors:  # noqa: BLE001 - passed on, without the group around it
            raise errors.exceptions[0] from None


async def _read(path: Path) -> AsyncIterator[bytes]:
    file = await asyncio.to_thread(path.open, "rb")
    with file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
