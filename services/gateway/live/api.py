"""Route of live updates."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from services.gateway.live import stream
from services.gateway.live.schemas import HintView
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import SignedIn
from services.gateway.sessions.identity import Identity


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


router = APIRouter(tags=["live"], route_class=StrictRoute)


@router.get(
    "/events",
    response_class=EventStream,
    responses={
        **problems(404),
        200: {
            "model": HintView,
            "description": "Events `project`, `progress`, `export`, `refresh`, `dataset`, `import`, `session`.",
        },
    },
)
async def read_events(
    request: Request,
    parts: Annotated[Parts, Depends(parts_of)],
    who: Annotated[Identity, Depends(SignedIn())],
    project: Annotated[str, Query(max_length=100, description="Only of this project.")] = "",
) -> EventStream:
    """Server-sent events that say what changed, never how: fetch it again."""
    if project:
        who.require("projects/read", project)
        await parts.projects.get(project)
    events = stream.events(request, parts.hub, project, lambda: parts.service.stopping)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return EventStream(events, headers=headers)
