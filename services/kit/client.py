"""Calls to another service: one kept connection pool, a deadline for each, repeats only where repeating is safe."""

import asyncio
from collections.abc import AsyncIterable, Mapping
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from services.contracts.problems import Problem
from services.kit import requests
from services.kit.problems import Refused

T = TypeVar("T", bound=BaseModel)
_TRIES: Final = 3
_JSON: Final = {"Content-Type": "application/json"}
Params = Mapping[str, str | int]


class InternalClient:
    """One other service. Its refusals are raised as they are; silence is a retryable 503."""

    def __init__(self, base_url: str, key: SecretStr) -> None:
        """`key` is the internal key of the deployment. Connects at the first call."""
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key.get_secret_value()}"},
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=100, keepalive_expiry=60),
            trust_env=False,
        )

    async def post(
        self, path: str, body: BaseModel, answer: type[T], *, repeat: bool = False, timeout_s: float = 5.0
    ) -> T:
        """POST a model, read a model. `repeat`: the request carries an idempotency key, so it may be sent again."""
        content = body.model_dump_json().encode()
        response = await self.request("POST", path, content=content, headers=_JSON, repeat=repeat, timeout_s=timeout_s)
        return _read(response, answer)

    async def get(self, path: str, answer: type[T], params: Params | None = None, *, timeout_s: float = 5.0) -> T:
        """GET a model."""
        return _read(await self.request("GET", path, params=params, repeat=True, timeout_s=timeout_s), answer)

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        repeat: bool = False,
        timeout_s: float = 5.0,
    ) -> httpx.Response:
        """Any call whose answer is small enough to hold. Raises Refused unless the answer is 2xx or 304."""
        request = self.build(method, path, params=params, content=content, headers=headers, timeout_s=timeout_s)
        try:
            async with asyncio.timeout(timeout_s):
                return _accept(await self._send(request, _TRIES if repeat else 1))
        except TimeoutError as error:
            raise _silent(request, error) from error

    def build(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        content: bytes | AsyncIterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = 5.0,
    ) -> httpx.Request:
        """A request that carries the present request id."""
        known = {requests.HEADER: requests.current_id(), **(headers or {})}
        return self._http.build_request(
            method, path, params=dict(params) if params else None, content=content, headers=known, timeout=timeout_s
        )

    async def stream(self, request: httpx.Request) -> httpx.Response:
        """Send and return with the body unread: the caller reads `aiter_raw` and then closes the response."""
        try:
            response = await self._http.send(request, stream=True)
        except httpx.TransportError as error:
            raise _silent(request, error) from error
        if response.is_error:
            await response.aread()
            await response.aclose()
        return _accept(response)

    async def _send(self, request: httpx.Request, tries: int) -> httpx.Response:
        pause = 0.05
        while True:
            tries -= 1
            try:
                response = await self._http.send(request)
            except httpx.TransportError as error:
                if tries <= 0:
                    raise _silent(request, error) from error
            else:
                if tries <= 0 or response.status_code not in {502, 503, 504}:
                    return response
            await asyncio.sleep(pause)
            pause *= 4

    async def close(self) -> None:
        """Close the pool."""
        await self._http.aclose()


def _silent(request: httpx.Request, error: Exception) -> Refused:
    return Refused(
        503, "unavailable", f"{request.url.host}:{request.url.port} does not answer: {error!r}", retryable=True
    )


def _accept(response: httpx.Response) -> httpx.Response:
    if response.is_success or response.status_code == httpx.codes.NOT_MODIFIED:
        return response
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        raise Refused(502, "bad_answer", f"{response.request.url.path} answered {response.status_code}.") from None
    raise Refused(problem.status, problem.code, problem.detail, problem.fields, problem.retryable)


def _read(response: httpx.Response, answer: type[T]) -> T:
    try:
        return answer.model_validate_json(response.content)
    except ValidationError as error:
        raise Refused(
            502, "bad_answer", f"{response.request.url.path}: {error.error_count()} fields do not fit."
        ) from error
