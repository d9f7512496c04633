"""Routes of refreshes and status messages."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.refreshes.schemas import MessageView, RefreshView
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["refreshes"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Watcher = Annotated[Identity, Depends(Needs("summary/read"))]
Writer = Annotated[Identity, Depends(Needs("projects/write"))]


@router.get("/projects/{project}/refreshes", responses=problems(404))
async def list_refreshes(project: str, parts: Asked, _who: Watcher) -> list[RefreshView]:
    """List the newest 100 refreshes, newest first."""
    return [RefreshView.of(refresh) for refresh in await parts.refreshes.of_project(project)]


@router.post("/projects/{project}/refreshes", status_code=202, responses=problems(404, 409))
async def request_refresh(project: str, parts: Asked, who: Writer) -> RefreshView:
    """Look for new files now; while a refresh is under way, that one is answered."""
    return RefreshView.of(await parts.refreshes.request(who, project))


@router.get("/projects/{project}/messages", responses=problems(404))
async def list_messages(project: str, parts: Asked, _who: Watcher) -> list[MessageView]:
    """List status messages about the data, newest refresh first."""
    return await parts.refreshes.messages(project)
