"""Passes bodies of another service on piece by piece. Never holds a whole file."""

from collections.abc import Mapping
from typing import Final

import aiohttp
from fastapi import Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from services.kit.client import InternalClient, Params

_ASKED: Final = ("range", "if-range", "if-none-match", "if-modified-since")
_ANSWERED: Final = (
    *("content-type", "content-length", "content-range", "content-encoding", "vary"),
    *("accept-ranges", "etag", "last-modified"),
)


def asked(request: Request) -> dict[str, str]:
    """The headers of a request for a file that the other service has to see."""
    known = {name: request.headers[name] for name in _ASKED if name in request.headers}
    # The client between would ask for encodings of its own, and bodies are passed on as they come.
    return {**known, "accept-encoding": request.headers.get("accept-encoding", "identity")}


async def pass_on(
    client: InternalClient,
    path: str,
    params: Params,
    request: Request,
    headers: Mapping[str, str],
    timeout_s: float = 5.0,
) -> StreamingResponse:
    """Ask for `path` as `request` asked and answer what comes, with `headers` beside. Raises the service's refusals."""
    answer = await client.stream("GET", path, params=params, headers=asked(request), timeout_s=timeout_s)
    return _PassedOn(answer, headers)


class _PassedOn(StreamingResponse):
    """Lets the other service go however the browser's side ends."""

    def __init__(self, response: aiohttp.ClientResponse, headers: Mapping[str, str]) -> None:
        known = {name: response.headers[name] for name in _ANSWERED if name in response.headers}
        super().__init__(response.content.iter_any(), response.status, {**known, **headers})
        self._response = response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._response.close()
