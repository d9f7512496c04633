"""Routes of datastores."""

from typing import Annotated
from urllib.parse import unquote_to_bytes

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from starlette.convertors import Convertor, register_url_convertor

from services.contracts import limits
from services.contracts.ingest_api import SourcePreview, SourceToCheck, UploadedObject
from services.contracts.problems import FieldProblem
from services.contracts.projects import SourceKind
from services.gateway.media.service import Size
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.refusals import wrong
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity
from services.gateway.sources.schemas import CheckBody, SourceCheckView
from services.kit.problems import Refused


class _KeyConvertor(Convertor[str]):
    """An object key: any characters, line breaks too, which `path` leaves out."""

    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("key", _KeyConvertor())
router = APIRouter(tags=["sources"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Reader = Annotated[Identity, Depends(Needs("datasets/read"))]
Writer = Annotated[Identity, Depends(Needs("datasets/write"))]
_Path = Annotated[str, Path(max_length=limits.KEY_BYTES, description="The object's key; slashes stand for themselves.")]


def _key(request: Request, key: _Path) -> str:
    """The key. The server has decoded it leniently: what was no UTF-8 must not pass under another name."""
    try:
        unquote_to_bytes(request.scope["raw_path"]).decode()
    except UnicodeDecodeError as error:
        message = "is not UTF-8: percent-encode the bytes of its name in UTF-8"
        shown = [FieldProblem(field="key", message=message)]
        raise Refused(422, "invalid_key", f"The key {key[:200]!r} {message}.", shown) from error
    return key


Key = Annotated[str, Depends(_key)]


@router.post("/sources/check")
async def check_source(body: CheckBody, parts: Asked, _who: Reader) -> SourceCheckView:
    """Look at a data source before making a project of it: how many files, of which types, some samples."""
    source = await parts.datasets.resolved(body)
    found = await parts.sources.check(SourceToCheck(**source.model_dump(), media=body.media))
    return SourceCheckView.model_validate(found.model_dump())


@router.post("/sources/preview")
async def preview_source(body: CheckBody, parts: Asked, _who: Reader) -> SourcePreview:
    """Look into the first table or manifest of a data source: its settings as detected, its columns, some rows."""
    source = await parts.datasets.resolved(body)
    if source.kind is SourceKind.FILES:
        raise wrong("kind", "must be table or manifest: other files have no rows")
    return await parts.sources.preview(SourceToCheck(**source.model_dump(), media=body.media))


@router.put(
    "/datastores/{name}/objects/{key:key}",
    status_code=201,
    responses=problems(404, 409, 413),
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
async def upload_object(
    request: Request,
    name: str,
    key: Key,
    parts: Asked,
    _who: Writer,
    content_length: Annotated[int | None, Header(ge=0)] = None,
    *,
    overwrite: Annotated[bool, Query(description="Replace an object that is there; else 409 `exists`.")] = False,
) -> UploadedObject:
    """Upload a file; the body is the file."""
    known = {} if content_length is None else {"Content-Length": str(content_length)}
    return await parts.sources.upload(name, key, request.stream(), known, overwrite=overwrite)


@router.get(
    "/datastores/{name}/objects/{key:key}",
    response_class=Response,
    responses={**problems(404), 200: {"description": "The picture.", "content": {"image/*": {}}}},
)
async def read_sample(
    request: Request, name: str, key: Key, parts: Asked, _who: Reader, size: Size = "thumbnail"
) -> Response:
    """Read a picture that is no item yet, for the wizard."""
    return await parts.sources.sample(request, name, key, size)
