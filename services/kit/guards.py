"""What surrounds every request: request id, metrics, internal key, body limit. Knows no route but the paths named here.

Plain ASGI, since a middleware class of the framework costs more than a claim may.
"""

import hmac
import re
import time
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.contracts import limits
from services.kit import logs, metrics, requests
from services.kit.problems import Refused
from services.kit.settings import Settings

_INTERNAL: Final = "/internal/"
_STREAMED: Final = re.compile(r"^/(api/v1|internal)/(datastores/[^/]+/objects(/|$)|projects/[^/]+/import-files$)")
"""Bodies of these are streamed to object storage, under a limit of their own."""
_TOO_LARGE: Final = f"A request may have {limits.BODY_BYTES} bytes."
_SERVER_ERROR: Final = 500
_log = logs.get()


class Guards:
    """The outermost layer of a service's HTTP."""

    def __init__(self, app: ASGIApp, service: str, settings: Settings) -> None:
        """`app` is what is guarded."""
        self._app, self._service = app, service
        self._key = f"Bearer {settings.internal_key.get_secret_value()}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        answer = _Answer(send, requests.begin(headers.get(b"x-request-id", b"").decode("latin-1")))
        started = time.perf_counter()
        try:
            await self._guarded(scope, headers, receive, answer)
        except Exception:
            # Not answered, or begun well and broken off: only a closed connection can tell that.
            if answer.status < _SERVER_ERROR:
                raise
        finally:
            self._observe(scope, answer.status or _SERVER_ERROR, time.perf_counter() - started)

    async def _guarded(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, answer: "_Answer") -> None:
        path = scope["path"]
        given = headers.get(b"authorization", b"")
        if path.startswith(_INTERNAL) and not hmac.compare_digest(given, self._key):
            refused = Refused(401, "internal_key", "Internal calls need the deployment's internal key.")
            await refused.response()(scope, receive, answer)
        elif scope["method"] == "PUT" and _STREAMED.match(path):
            await self._app(scope, receive, answer)
        else:
            await self._limited(scope, headers, receive, answer)

    async def _limited(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, answer: "_Answer") -> None:
        declared = headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > limits.BODY_BYTES:
            refused = Refused(413, "body_too_large", _TOO_LARGE)
            await refused.response()(scope, receive, answer)
        else:
            await self._app(scope, _counted(receive), answer)

    def _observe(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "")
        metrics.HTTP_SECONDS.labels(self._service, scope["method"], route, status).observe(seconds)
        # "Not ready yet" is the very answer that a probe asks for.
        if status >= _SERVER_ERROR and not scope["path"].startswith("/health/"):
            _log.warning(
                "request_answered", method=scope["method"], path=scope["path"], status=status, seconds=round(seconds, 4)
            )


class _Answer:
    """Sends with the request id in the headers and remembers the status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send, self._header = send, (requests.HEADER.lower().encode(), request_id.encode())
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), self._header]
        await self._send(message)


def _counted(receive: Receive) -> Receive:
    seen = 0

    async def count() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limits.BODY_BYTES:
            # The framework lets no other class of error out of the reading of a body.
            raise HTTPException(413, _TOO_LARGE)
        return message

    return count
