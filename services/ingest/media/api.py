"""Internal HTTP of pictures."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from services.contracts import limits
from services.ingest.media.render import Size
from services.ingest.media.service import Picture, Pictures

_Known = Annotated[str, Header(alias="if-none-match")]


def router(pictures: Pictures) -> APIRouter:
    """Its routes."""
    routes = APIRouter()

    @routes.get("/internal/media")
    async def of_item(item: str, size: Size = Size.PREVIEW, known: _Known = "") -> Response:
        return _answer(await pictures.of_item(item, size, _strong(known)), known)

    @routes.get("/internal/media/object")
    async def of_object(
        datastore: str,
        key: Annotated[str, Query(min_length=1, max_length=limits.KEY_BYTES)],
        size: Size = Size.THUMBNAIL,
        known: _Known = "",
    ) -> Response:
        return _answer(await pictures.of_object(datastore, key, size, _strong(known)), known)

    return routes


def _strong(known: str) -> str:
    """A proxy that compressed an answer has weakened its ETag; ours mean the same either way."""
    return known.removeprefix("W/")


def _answer(picture: Picture | None, known: str) -> Response:
    if picture is None:
        return Response(status_code=304, headers={"ETag": known})
    headers = {"ETag": picture.etag, "Content-Type": picture.content_type, "X-Content-Type-Options": "nosniff"}
    if isinstance(picture.content, bytes):
        return Response(picture.content, headers=headers)
    return StreamingResponse(picture.content, headers=headers)
