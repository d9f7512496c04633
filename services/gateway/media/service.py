"""Pictures of items through ingest, streamed."""

from typing import Final, Literal

from fastapi import Request
from fastapi.responses import StreamingResponse

from services.gateway import streams
from services.gateway.projects.known import KnownProjects
from services.kit.client import InternalClient

Size = Literal["thumbnail", "preview", "full"]
_FOR_EVER: Final = "private, max-age=31536000, immutable"
_ASK_AGAIN: Final = "private, no-cache"


class Media:
    """Pictures of one project's items, for those who may see the project."""

    def __init__(self, known: KnownProjects, ingest: InternalClient) -> None:
        """Bind the projection and the client."""
        self._known = known
        self._ingest = ingest

    async def picture(self, request: Request, item: str, size: Size, *, versioned: bool) -> StreamingResponse:
        """The picture; `versioned`: the address names the ETag, so it may be kept for ever."""
        await self._known.get(item.partition("/")[0])
        params = {"item": item, "size": size}
        upstream = self._ingest.build(
            "GET", "/internal/media", params=params, headers=streams.asked(request), timeout_s=30.0
        )
        return await streams.pass_on(self._ingest, upstream, {"Cache-Control": _FOR_EVER if versioned else _ASK_AGAIN})
