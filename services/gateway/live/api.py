"""Route of live updates."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from services.gateway.live import stream
from services.gateway.live.schemas import HintView
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import SignedIn

router = APIRouter(tags=["live"], route_class=StrictRoute)


@router.get(
    "/events",
    dependencies=[Depends(SignedIn())],
    response_class=StreamingResponse,
    responses={
        200: {"model": HintView, "description": "Events `project`, `progress`, `export`, `refresh`, `session`."}
    },
)
async def read_events(
    request: Request,
    parts: Annotated[Parts, Depends(parts_of)],
    project: Annotated[str, Query(max_length=100, description="Only of this project.")] = "",
) -> StreamingResponse:
    """Server-sent events that say what changed, never how: fetch it again."""
    events = stream.events(request, parts.hub, project, lambda: parts.service.stopping)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)
