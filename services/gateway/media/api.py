"""Route of pictures."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from services.gateway.media.service import Size
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs

router = APIRouter(tags=["media"], route_class=StrictRoute)


@router.get(
    "/projects/{project}/items/{item}/image",
    dependencies=[Depends(Needs("labels/write"))],
    response_class=Response,
    responses={
        **problems(404, 409),
        200: {"description": "The picture.", "content": {"image/*": {}}},
        206: {"description": "The range that was asked for."},
        304: {"description": "The picture is the one of `If-None-Match`."},
    },
)
async def read_image(
    request: Request,
    project: str,
    item: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="The item's id without the project.")],
    parts: Annotated[Parts, Depends(parts_of)],
    size: Size = "preview",
    v: Annotated[
        str, Query(max_length=200, description="ETag of the source: the answer may then be kept for ever.")
    ] = "",
) -> Response:
    """Read an item's picture: a thumbnail (320 px), a preview (1,600 px), or all of it."""
    return await parts.media.picture(request, f"{project}/{item}", size, versioned=bool(v))
