"""Pictures, texts and stored values of items through ingest, streamed."""

from collections.abc import Mapping
from typing import Final, Literal

from fastapi import Request
from fastapi.responses import StreamingResponse

from services.gateway import streams
from services.gateway.projects.known import KnownProjects
from services.kit.client import InternalClient

Size = Literal["thumbnail", "preview", "full"]
Form = Literal["", "/text", "/row", "/dicom", "/pixels"]
_FOR_EVER: Final = "private, max-age=31536000, immutable"
_ASK_AGAIN: Final = "private, no-cache"
_MOST_S: Final = 75.0
"""A little longer than ingest lets a decoder work."""


class Media:
    """What one project's items show, for those who may see the project."""

    def __init__(self, known: KnownProjects, ingest: InternalClient) -> None:
        """Bind the projection and the client."""
        self._known = known
        self._ingest = ingest

    async def read(
        self, request: Request, form: Form, item: str, params: Mapping[str, str | int], *, versioned: bool
    ) -> StreamingResponse:
        """A form of an item; `versioned`: the address names the ETag, so it may be kept for ever."""
        await self._known.get(item.partition("/")[0])
        kept = {"Cache-Control": _FOR_EVER if versioned else _ASK_AGAIN}
        wanted = {"item": item, **params}
        return await streams.pass_on(self._ingest, f"/internal/media{form}", wanted, request, kept, _MOST_S)
