"""Routes of labeling: thin, since every labeler waits for them."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Response

from services.contracts.queue_api import (
    ClaimItems,
    ClaimPage,
    Heartbeat,
    HeartbeatAnswer,
    OwnLabel,
    Release,
    SubmitAnswer,
)
from services.contracts.shapes import Shape
from services.gateway.cursors import Cursor
from services.gateway.labeling.schemas import BackBody, NamedDoneItems, NamedPage, Released, SubmitBody
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(prefix="/projects/{project}", tags=["labeling"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Labeler = Annotated[Identity, Depends(Needs("labels/write"))]
ItemHash = Annotated[
    str,
    Shape(r"^[0-9a-f]{32}$", "must be the 32 characters of an item's id behind its slash"),
    Path(description="The item's id without the project."),
]
LeavingLabeler = Annotated[Identity, Depends(Needs("labels/write", csrf_in_query=True))]
_REFUSALS: Final = problems(404, 409)


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")


@router.post("/claim", response_model=NamedPage, responses=_REFUSALS)
async def claim(project: str, body: ClaimPage, parts: Asked, who: Labeler) -> Response:
    """Claim a page of items; the same token answers the same page."""
    return _json(await parts.labeling.claim(who, project, body))


@router.post("/claim-items", response_model=NamedPage, responses=_REFUSALS)
async def claim_items(project: str, body: ClaimItems, parts: Asked, who: Labeler) -> Response:
    """Claim named items again whose lease was lost."""
    return _json(await parts.labeling.claim(who, project, body))


@router.post("/heartbeat", response_model=HeartbeatAnswer, responses=_REFUSALS)
async def heartbeat(project: str, body: Heartbeat, parts: Asked, who: Labeler) -> Response:
    """Keep leases alive; a token that is not answered is lost."""
    return _json(await parts.labeling.send(who, project, body))


@router.post("/release", response_model=Released, responses=_REFUSALS)
async def release(project: str, body: Release, parts: Asked, who: LeavingLabeler) -> Response:
    """Give items back; a closing page may send the CSRF token as `?csrf=`."""
    return _json(await parts.labeling.send(who, project, body))


@router.post("/submit", response_model=SubmitAnswer, responses=_REFUSALS)
async def submit(project: str, body: SubmitBody, parts: Asked, who: Labeler) -> Response:
    """Submit labels or skips of a page; one result an item, and a repeated key answers what the first one did."""
    return _json(await parts.labeling.send(who, project, body))


@router.post("/back", response_model=SubmitAnswer, responses=_REFUSALS)
async def back(project: str, body: BackBody, parts: Asked, who: Labeler) -> Response:
    """Replace own earlier labels or skips."""
    return _json(await parts.labeling.send(who, project, body))


@router.get("/done", response_model=NamedDoneItems, responses=_REFUSALS)
async def list_done(
    project: str,
    parts: Asked,
    who: Labeler,
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100, description="Most items to answer.")] = 20,
) -> Response:
    """List what you labeled or skipped, newest first."""
    return _json(await parts.labeling.done(who, project, cursor, limit))


@router.get("/items/{item}/label", response_model=OwnLabel, responses=problems(404))
async def read_own_label(project: str, item: ItemHash, parts: Asked, who: Labeler) -> Response:
    """Read your whole label of an item, with all its regions."""
    return _json(await parts.labeling.own(who, project, item))
