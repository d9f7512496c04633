"""What a call needs of the outside, as values: a flow yields them, a driver does them. No input or output here.

A flow is a generator. It is written once and run by the driver of either client, the blocking one or that of asyncio.
What a step answers is sent into the flow; what it raises is thrown into it.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

import httpx

T = TypeVar("T")
Content: TypeAlias = bytes | Path
"""Body of a request. A file is read as it is sent, anew for each attempt."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request. Answers a response that was read, or with `stream` a Stream whose body is to come."""

    method: str
    path: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: Content = b""
    stream: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """A response whose body is to come; `chunks` belongs to the driver."""

    response: httpx.Response
    chunks: Any


@dataclass(frozen=True, slots=True)
class Read:
    """The next bytes of a body; none at its end."""

    stream: Stream


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Together:
    """Run flows side by side, `at_once` of them; the first error ends all. They are taken as places get free."""

    flows: Iterable["Flow[None]"]
    at_once: int


@dataclass(frozen=True, slots=True)
class Work:
    """Do something that blocks, such as reading a folder."""

    function: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What an iteration has found so far, for the caller."""

    items: Iterable[T]


Step: TypeAlias = Send | Read | Sleep | Together | Work
Flow: TypeAlias = Generator[Step, Any, T]
Pages: TypeAlias = Generator[Step | Found[T], Any, None]
"""An iteration: a flow that now and then says what it found."""


def send(step: Send) -> Flow[httpx.Response]:
    """Send, and read the whole answer. Raises httpx.TransportError."""
    response: httpx.Response = yield step
    return response


def open_stream(step: Send) -> Flow[Stream]:
    """Send, and leave the body of the answer to be read. Raises httpx.TransportError."""
    stream: Stream = yield step
    return stream


def read(stream: Stream) -> Flow[bytes]:
    """The next bytes of a body; none at its end. Raises httpx.TransportError."""
    chunk: bytes = yield Read(stream)
    return chunk


def sleep(seconds: float) -> Flow[None]:
    """Wait."""
    yield Sleep(seconds)


def together(flows: Iterable[Flow[None]], at_once: int) -> Flow[None]:
    """Run flows side by side. Raises ValueError."""
    if at_once < 1:
        raise ValueError("at_once must be 1 or more")
    yield Together(flows, at_once)


def work(function: Callable[[], T]) -> Flow[T]:
    """Do something that blocks."""
    done: T = yield Work(function)
    return done
