"""Internal HTTP of pictures, texts and stored values."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from services.contracts import limits
from services.ingest.media.answers import Answer
from services.ingest.media.dicoms import Dicoms
from services.ingest.media.render import Size
from services.ingest.media.rows import Rows
from services.ingest.media.service import Pictures
from services.ingest.media.texts import Texts

_Known = Annotated[str, Header(alias="if-none-match")]
_Accepted = Annotated[str, Header(alias="accept-encoding")]


def router(pictures: Pictures, texts: Texts, rows: Rows, dicoms: Dicoms) -> APIRouter:
    """All routes."""
    routes = APIRouter(prefix="/internal/media")
    _add_pictures(routes, pictures)
    _add_texts(routes, texts, rows)
    _add_values(routes, dicoms)
    return routes


def _add_pictures(routes: APIRouter, pictures: Pictures) -> None:

    @routes.get("")
    async def of_item(item: str, size: Size = Size.PREVIEW, known: _Known = "") -> Response:
        return _answer(await pictures.of_item(item, size, _strong(known)), known)

    @routes.get("/object")
    async def of_object(
        datastore: str,
        key: Annotated[str, Query(min_length=1, max_length=limits.KEY_BYTES)],
        size: Size = Size.THUMBNAIL,
        known: _Known = "",
    ) -> Response:
        return _answer(await pictures.of_object(datastore, key, size, _strong(known)), known)


def _add_texts(routes: APIRouter, texts: Texts, rows: Rows) -> None:
    @routes.get("/text")
    async def text(item: str, known: _Known = "") -> Response:
        return _answer(await texts.of_item(item, _strong(known)), known)

    @routes.get("/row")
    async def row(item: str, known: _Known = "") -> Response:
        return _answer(await rows.of_item(item, _strong(known)), known)


def _add_values(routes: APIRouter, dicoms: Dicoms) -> None:
    @routes.get("/dicom")
    async def dicom(item: str, known: _Known = "") -> Response:
        return _answer(await dicoms.facts(item, _strong(known)), known)

    @routes.get("/pixels")
    async def pixels(
        item: str, frame: Annotated[int, Query(ge=0)] = 0, known: _Known = "", accepted: _Accepted = ""
    ) -> Response:
        packed = _takes_gzip(accepted)
        answer = _answer(await dicoms.pixels(item, frame, _strong(known), packed=packed), known)
        answer.headers["Vary"] = "Accept-Encoding"
        return answer


def _strong(known: str) -> str:
    """A proxy that compressed an answer has weakened its ETag; ours mean the same either way."""
    return known.removeprefix("W/")


def _takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding names gzip, and not to refuse it."""
    offers = (offer.replace(" ", "").lower().partition(";q=") for offer in accepted.split(","))
    return any(name == "gzip" and (not marked or quality.strip("0.")) for name, marked, quality in offers)


def _answer(answer: Answer | None, known: str) -> Response:
    if answer is None:
        return Response(status_code=304, headers={"ETag": known})
    headers = {"ETag": answer.etag, "Content-Type": answer.content_type, "X-Content-Type-Options": "nosniff"}
    if answer.encoding:
        headers["Content-Encoding"] = answer.encoding
    if isinstance(answer.content, bytes):
        return Response(answer.content, headers=headers)
    return StreamingResponse(answer.content, headers=headers)
