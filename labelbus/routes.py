"""A route of the public API, described once: how it is called, what it answers, when a call of it is repeated."""

import random
import secrets
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, TypeVar, cast
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from labelbus.errors import FieldProblem, LabelbusError
from labelbus.steps import Content, Flow, Send, Stream, open_stream, read, send, sleep

T = TypeVar("T")
_LEAST_ERROR: Final = 400
_AWAY: Final = (502, 503, 504)
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_LONGEST_RETRY_AFTER_S: Final = 60.0
_HOPELESS: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


@dataclass(frozen=True, slots=True)
class Server:
    """Where Labelbus is, and how often a call that fails is repeated: pauses double from `first_s` to `longest_s`."""

    url: str
    retries: int
    first_s: float
    longest_s: float = 15.0

    def pauses(self) -> Iterator[float | None]:
        """How long to wait after each attempt; None after the last. They vary, so that clients don't come in step."""
        for attempt in range(self.retries):
            yield min(self.first_s * 2**attempt, self.longest_s) * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
        yield None

    def silent(self, error: httpx.TransportError) -> LabelbusError:
        """What to say when nothing was answered."""
        return LabelbusError(
            f"Labelbus at {self.url} does not answer: {_said(error)}",
            code="unreachable",
            retryable=not isinstance(error, _HOPELESS),
        )


@dataclass(frozen=True, slots=True)
class Route(Generic[T]):
    """Calls of `method` and `path`. Parameters of the path stand in braces, `query` names those of the query.

    A call is repeated when the server says that it may be, and when the connection failed: then only if it was never
    sent, or if the route is `repeatable`, that is if calling it twice does no more than calling it once.
    """

    method: str
    path: str
    answer: type[T]
    query: tuple[str, ...] = ()
    body: type[BaseModel] | None = None
    repeatable: bool = True

    def call(
        self,
        server: Server,
        query: Mapping[str, str | int | None] | None = None,
        body: BaseModel | None = None,
        content: Content = b"",
        headers: dict[str, str] | None = None,
        **at: str | int,
    ) -> Flow[T]:
        """Call it. `at` are the parameters of the path. Raises LabelbusError."""
        params = {name: value for name, value in (query or {}).items() if value not in (None, "")}
        headers = headers or {}
        if body is not None:
            content = body.model_dump_json(exclude_unset=True).encode()
            headers["Content-Type"] = "application/json"
        step = Send(self.method, self.at(**at), params, headers, content)
        response = yield from _attempts(server, step, repeatable=self.repeatable)
        return self._read(response)

    def at(self, **at: str | int) -> str:
        """The path with its parameters. Raises LabelbusError when a name can't be sent."""
        try:
            return self.path.format(**{name: _quoted(name, str(value)) for name, value in at.items()})
        except UnicodeEncodeError as error:
            shown = error.object.encode(errors="backslashreplace").decode()
            raise LabelbusError(f"{shown} is a name that is no UTF-8", code="bad_file") from None

    def _read(self, response: httpx.Response) -> T:
        try:
            answer: T = _adapter(cast("Hashable", self.answer)).validate_json(response.content or b"null")
        except ValidationError as error:
            raise _not_ours(response) from error
        return answer


def once(key: str) -> dict[str, str]:
    """Headers with which a creation that is repeated makes one thing; without a key it gets one of its own."""
    return {"Idempotency-Key": key or secrets.token_hex(16)}


def _said(error: httpx.TransportError) -> str:
    """Of a request that could not even be written, its headers with the token would be told."""
    told = "" if isinstance(error, httpx.LocalProtocolError) else str(error)
    return told or type(error).__name__


def _quoted(name: str, value: str) -> str:
    require_sendable(name, value.split("/") if name == "key" else [value])
    return quote(value, safe="/" if name == "key" else "")


def require_sendable(name: str, parts: Sequence[str]) -> None:
    """HTTP folds `.` and `..` away and would name something else. Raises LabelbusError."""
    if {".", ".."} & set(parts):
        wrong = 'must not have a part named "." or ".."'
        raise LabelbusError(f"{name}: {wrong}", code="bad_name", fields=[FieldProblem(field=name, message=wrong)])


@cache
def _adapter(answer: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("type[Any]", answer))


def _attempts(server: Server, step: Send, *, repeatable: bool) -> Flow[httpx.Response]:
    for pause in server.pauses():
        try:
            response = yield from send(step)
        except httpx.TransportError as lost:
            error, again_s = server.silent(lost), 0.0
            again = error.retryable and (repeatable or isinstance(lost, _NEVER_SENT))
        else:
            if response.status_code < _LEAST_ERROR:
                return response
            error, again_s = refusal(response, response.content), _retry_after(response)
            again = error.retryable or (repeatable and response.status_code in _AWAY)
        if pause is None or not again:
            raise error
        yield from sleep(max(pause, again_s))
    raise AssertionError("the last pause is None")


def open_body(step: Send) -> Flow[Stream]:
    """Open a body to be read as it comes. Raises LabelbusError when refused, httpx.TransportError."""
    stream = yield from open_stream(step)
    if stream.response.status_code < _LEAST_ERROR:
        return stream
    content = bytearray()
    while chunk := (yield from read(stream)):
        content += chunk
    raise refusal(stream.response, bytes(content))


def refusal(response: httpx.Response, content: bytes) -> LabelbusError:
    """What the server says no with."""
    try:
        problem = _Problem.model_validate_json(content)
    except ValidationError:
        return _not_ours(response)
    return LabelbusError(
        problem.detail or problem.title,
        code=problem.code,
        status=problem.status,
        fields=problem.fields,
        retryable=problem.retryable,
        request_id=problem.request_id,
    )


class _Problem(BaseModel):
    """RFC 9457, with our additions."""

    status: int
    code: str
    title: str
    detail: str = ""
    fields: list[FieldProblem] = []
    retryable: bool = False
    request_id: str = ""


def _not_ours(response: httpx.Response) -> LabelbusError:
    said = f"{response.request.url} answers {response.status_code}; is this Labelbus?"
    return LabelbusError(said, code="not_labelbus", status=response.status_code)


def _retry_after(response: httpx.Response) -> float:
    seconds = response.headers.get("retry-after", "")
    return min(float(seconds), _LONGEST_RETRY_AFTER_S) if seconds.isdecimal() else 0.0
