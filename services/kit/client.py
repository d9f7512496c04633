"""Calls to another service: one kept connection pool, a deadline for each, repeats only where repeating is safe."""

import asyncio
from collections.abc import AsyncIterable, Mapping
from http import HTTPStatus
from typing import Final, TypeVar

import aiohttp
from pydantic import BaseModel, SecretStr, ValidationError

from services.contracts.problems import Problem
from services.kit import requests
from services.kit.problems import Refused

T = TypeVar("T", bound=BaseModel)
_TRIES: Final = 3
_JSON: Final = {"Content-Type": "application/json"}
_SILENCE: Final = (aiohttp.ClientError, OSError, TimeoutError)
Params = Mapping[str, str | int]
Body = bytes | AsyncIterable[bytes] | None


class InternalClient:
    """One other service. Its refusals are raised as they are; silence is a retryable 503."""

    def __init__(self, base_url: str, key: SecretStr) -> None:
        """`key` is the internal key of the deployment. Connects at the first call."""
        self._base = base_url.rstrip("/")
        self._authorization = f"Bearer {key.get_secret_value()}"
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self, path: str, body: BaseModel, answer: type[T], *, repeat: bool = False, timeout_s: float = 5.0
    ) -> T:
        """POST a model, read a model. `repeat`: the request carries an idempotency key, so it may be sent again."""
        content = body.model_dump_json().encode()
        found = await self.request("POST", path, content=content, headers=_JSON, repeat=repeat, timeout_s=timeout_s)
        return _read(path, found, answer)

    async def get(self, path: str, answer: type[T], params: Params | None = None, *, timeout_s: float = 5.0) -> T:
        """GET a model."""
        return _read(path, await self.request("GET", path, params=params, repeat=True, timeout_s=timeout_s), answer)

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
    ) -> bytes:
        """The body of an answer that is small enough to hold. Raises Refused unless the answer is 2xx or 304."""
        tries, pause = _TRIES if repeat else 1, 0.05
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    tries -= 1
                    try:
                        return await self._try(method, path, params, content, headers, timeout_s)
                    except Refused as refused:
                        if tries <= 0 or refused.status not in {502, 503, 504}:
                            raise
                    await asyncio.sleep(pause)
                    pause *= 4
        except TimeoutError as error:
            raise self._silent(error) from error

    async def stream(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        content: Body = None,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = 5.0,
    ) -> aiohttp.ClientResponse:
        """An answer with its body unread: the caller reads `content` and then closes it.

        `timeout_s` is for connecting and between two pieces. Raises Refused unless the answer is 2xx or 304.
        """
        wait = aiohttp.ClientTimeout(total=None, sock_connect=timeout_s, sock_read=timeout_s)
        known = {"Authorization": self._authorization, requests.HEADER: requests.current_id(), **(headers or {})}
        asked = self._pool().request(
            method, self._base + path, params=params, data=content, headers=known, timeout=wait, allow_redirects=False
        )
        try:
            answer = await asked
            problem = b"" if _is_good(answer.status) else await answer.read()
        except _SILENCE as error:
            raise self._silent(error) from error
        if _is_good(answer.status):
            return answer
        raise _refusal(path, answer.status, problem)

    async def _try(
        self,
        method: str,
        path: str,
        params: Params | None,
        content: bytes | None,
        headers: Mapping[str, str] | None,
        timeout_s: float,
    ) -> bytes:
        answer = await self.stream(method, path, params=params, content=content, headers=headers, timeout_s=timeout_s)
        try:
            async with answer:
                return await answer.read()
        except _SILENCE as error:
            raise self._silent(error) from error

    def _pool(self) -> aiohttp.ClientSession:
        """Made at the first call, since it belongs to a running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=200, keepalive_timeout=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                # Bodies are passed on as they come, in the encoding that the browser asked for.
                auto_decompress=False,
                skip_auto_headers=("Accept-Encoding", "User-Agent", "Content-Type"),
            )
        return self._session

    def _silent(self, error: BaseException) -> Refused:
        address = self._base.partition("://")[2]
        return Refused(503, "unavailable", f"{address} does not answer: {error!r}", retryable=True)

    async def close(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()


def _is_good(status: int) -> bool:
    return status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.NOT_MODIFIED


def _refusal(path: str, status: int, body: bytes) -> Refused:
    try:
        problem = Problem.model_validate_json(body)
    except ValidationError:
        return Refused(502, "bad_answer", f"{path} answered {status}.")
    return Refused(problem.status, problem.code, problem.detail, problem.fields, problem.retryable)


def _read(path: str, content: bytes, answer: type[T]) -> T:
    try:
        return answer.model_validate_json(content)
    except ValidationError as error:
        raise Refused(502, "bad_answer", f"{path}: {error.error_count()} fields do not fit.") from error
