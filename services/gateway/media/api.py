"""Routes of pictures, texts and stored values."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from services.contracts.ingest_api import DicomFacts, ShownRow
from services.contracts.shapes import Shape
from services.gateway.media.service import Size
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs

router = APIRouter(tags=["media"], route_class=StrictRoute, dependencies=[Depends(Needs("labels/write"))])
Item = Annotated[
    str,
    Shape(r"^[0-9a-f]{32}$", "must be the 32 characters of an item's id behind its slash"),
    Path(description="The item's id without the project."),
]
Asked = Annotated[Parts, Depends(parts_of)]
Version = Annotated[str, Query(max_length=200, description="ETag of the source: the answer may then be kept for ever.")]
_KNOWN: dict[int | str, dict[str, Any]] = {304: {"description": "It is the one of `If-None-Match`."}}


@router.get(
    "/projects/{project}/items/{item}/image",
    response_class=Response,
    responses={
        **problems(404, 409),
        200: {"description": "The picture.", "content": {"image/*": {}}},
        206: {"description": "The range that was asked for."},
        **_KNOWN,
    },
)
async def read_image(
    request: Request, project: str, item: Item, parts: Asked, size: Size = "preview", v: Version = ""
) -> Response:
    """Read an item's picture: a thumbnail (320 px), a preview (1,600 px), or all of it.

    Of a DICOM file it is the first frame in grey of 8 bits, through the window that the header names first.
    """
    return await parts.media.read(request, "", f"{project}/{item}", {"size": size}, versioned=bool(v))


@router.get(
    "/projects/{project}/items/{item}/text",
    response_class=Response,
    responses={
        **problems(404, 409),
        200: {"description": "The text, without a byte order mark.", "content": {"text/plain": {}}},
        **_KNOWN,
    },
)
async def read_text(request: Request, project: str, item: Item, parts: Asked, v: Version = "") -> Response:
    """Read an item's text, in UTF-8, exactly as its code points are counted in regions."""
    return await parts.media.read(request, "/text", f"{project}/{item}", {}, versioned=bool(v))


@router.get(
    "/projects/{project}/items/{item}/row",
    response_class=Response,
    responses={**problems(404, 409), 200: {"description": "The columns.", "model": ShownRow}, **_KNOWN},
)
async def read_row(request: Request, project: str, item: Item, parts: Asked, v: Version = "") -> Response:
    """Read the columns of a table's row that labelers see. `…/text` answers them as one text."""
    return await parts.media.read(request, "/row", f"{project}/{item}", {}, versioned=bool(v))


@router.get(
    "/projects/{project}/items/{item}/dicom",
    response_class=Response,
    responses={**problems(404, 409), 200: {"description": "The facts.", "model": DicomFacts}, **_KNOWN},
)
async def read_dicom(request: Request, project: str, item: Item, parts: Asked, v: Version = "") -> Response:
    """Read what a viewer has to know of a DICOM picture: its size, its windows, and what its stored values mean."""
    return await parts.media.read(request, "/dicom", f"{project}/{item}", {}, versioned=bool(v))


@router.get(
    "/projects/{project}/items/{item}/pixels",
    response_class=Response,
    responses={
        **problems(404, 409),
        200: {"description": "The values.", "content": {"application/octet-stream": {}}},
        **_KNOWN,
    },
)
async def read_pixels(
    request: Request,
    project: str,
    item: Item,
    parts: Asked,
    frame: Annotated[int, Query(ge=0, lt=2**31, description="Frames are counted from 0.")] = 0,
    v: Version = "",
) -> Response:
    """Read the stored values of a DICOM picture that has no colours: 16 bits each, little-endian, row by row.

    They are signed or not as `…/dicom` says, and not rescaled. Sent in gzip to those who accept it.
    """
    return await parts.media.read(request, "/pixels", f"{project}/{item}", {"frame": frame}, versioned=bool(v))
