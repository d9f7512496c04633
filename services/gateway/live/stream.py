"""One connection of server-sent events, from its opening to the end of its session."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Final

from fastapi import Request

from services.gateway.live.hub import Hub
from services.gateway.live.schemas import Hint, Kind
from services.gateway.members.permissions import Permission
from services.gateway.sessions.access import identify

_LOOK_S: Final = 2.0
_HEARTBEAT_S: Final = 15.0
_NEEDS: Final[dict[Kind, Permission]] = {
    "project": "projects/read",
    "progress": "projects/read",
    "export": "exports/write",
    "refresh": "summary/read",
    "dataset": "datasets/read",
    "import": "imports/write",
}


async def events(request: Request, hub: Hub, project: str, stopping: Callable[[], bool]) -> AsyncIterator[bytes]:
    """Hints that the caller may see (all, or those of `project`) until the session ends or the service stops."""
    listener = hub.join()
    try:
        yield b"retry: 1000\n: open\n\n"
        spoken = time.monotonic()
        while not stopping() and not listener.lost:
            hints = await listener.take(_LOOK_S)
            identity = await identify(request, used=False)
            if identity is None:
                yield Hint("session", "").encode()
                return
            seen = [
                hint
                for hint in hints
                if project in {"", hint.project} and identity.allows(_NEEDS[hint.kind], hint.project)
            ]
            for hint in seen:
                yield hint.encode()
            if seen:
                spoken = time.monotonic()
            elif time.monotonic() - spoken >= _HEARTBEAT_S:
                spoken = time.monotonic()
                yield b": alive\n\n"
    finally:
        hub.leave(listener)
