"""HEAD of the API: what GET would answer, without its body. No route has to know of it."""

import asyncio
from typing import Any, Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STATE: Final = "is_head"


class Heads:
    """Asks the route of GET and lets it go once it has begun to answer: bodies are never read, streams not begun."""

    def __init__(self, app: ASGIApp) -> None:
        """`app` has the routes."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and scope["method"] == "HEAD" and scope["path"].startswith("/api"):
            await self._head(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = {**scope, "method": "GET", "state": {**scope.get("state", {}), _STATE: True}}
        begun: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

        async def begin(message: Message) -> None:
            if not begun.done():
                begun.set_result(message)
            await asyncio.Event().wait()

        answering = asyncio.ensure_future(self._app(asked, receive, begin))
        either: set[asyncio.Future[Any]] = {answering, begun}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                await answering
            await send(await begun)
            await send({"type": "http.response.body", "body": b""})
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)
            scope["route"] = asked.get("route")


def is_head(request: Request) -> bool:
    """Whether nobody will get the body."""
    return bool(getattr(request.state, _STATE, False))
