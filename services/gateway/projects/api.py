"""Routes of projects."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.contracts import limits
from services.contracts.projects import Project, RunState
from services.gateway.cursors import Cursor, Limit
from services.gateway.idempotency import IdempotencyKey
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.projects.schemas import (
    NamedLabelerCount,
    NewProject,
    ProgressView,
    ProjectChange,
    ProjectList,
    ProjectView,
)
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["projects"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Creator = Annotated[Identity, Depends(Needs("projects/create"))]
AnyReader = Annotated[Identity, Depends(Needs("projects/read", somewhere=True))]
Reader = Annotated[Identity, Depends(Needs("projects/read"))]
Writer = Annotated[Identity, Depends(Needs("projects/write"))]
Deleter = Annotated[Identity, Depends(Needs("projects/delete"))]
Watcher = Annotated[Identity, Depends(Needs("summary/read"))]


def _view(project: Project, who: Identity, response: Response) -> ProjectView:
    response.headers["ETag"] = f'"{project.version}"'
    return ProjectView.of(project, who.permissions(project.id))


@router.get("/projects")
async def list_projects(
    parts: Asked,
    who: AnyReader,
    cursor: Cursor = "",
    limit: Limit = 50,
    q: Annotated[str, Query(max_length=limits.NAME_CHARS, description="Part of the name.")] = "",
    state: Annotated[RunState | None, Query(description="Only projects in this state.")] = None,
) -> ProjectList:
    """List projects that you may read, newest first."""
    return await parts.projects.page(who, cursor, limit, q, state)


@router.post("/projects", status_code=201, responses=problems(409))
async def create_project(
    body: NewProject, parts: Asked, who: Creator, response: Response, idempotency_key: IdempotencyKey = ""
) -> ProjectView:
    """Make a project; its data is scanned at once, and it starts running by itself."""
    project = await parts.projects.create(who, body, idempotency_key)
    response.headers["Location"] = f"/api/v1/projects/{project.id}"
    return _view(project, who, response)


@router.get("/projects/{project}", responses=problems(404))
async def read_project(project: str, parts: Asked, who: Reader, response: Response) -> ProjectView:
    """Read a project with its labels and instructions."""
    return _view(await parts.projects.get(project), who, response)


@router.patch("/projects/{project}", responses=problems(404, 409))
async def change_project(
    project: str, body: ProjectChange, parts: Asked, who: Writer, response: Response
) -> ProjectView:
    """Change instructions, description, whether pictures may stay empty, or whether new files are looked for."""
    return _view(await parts.projects.change(who, project, body), who, response)


@router.post("/projects/{project}/pause", responses=problems(404, 409))
async def pause_project(project: str, parts: Asked, who: Writer, response: Response) -> ProjectView:
    """Stop handing out items; leases go back to the queue."""
    return _view(await parts.projects.pause(who, project), who, response)


@router.post("/projects/{project}/start", responses=problems(404, 409))
async def start_project(project: str, parts: Asked, who: Writer, response: Response) -> ProjectView:
    """Hand out items again."""
    return _view(await parts.projects.start(who, project), who, response)


@router.delete("/projects/{project}", status_code=202, responses=problems(404))
async def delete_project(
    project: str,
    parts: Asked,
    who: Deleter,
    response: Response,
    confirm: Annotated[str, Query(description="The name of the project, exactly.")],
) -> ProjectView:
    """Delete a project with all its labels; its name stays taken, exports and source files stay."""
    return _view(await parts.projects.delete(who, project, confirm), who, response)


@router.get("/projects/{project}/progress", responses=problems(404))
async def read_progress(project: str, parts: Asked, _who: Watcher) -> ProgressView:
    """Read counts, label distribution and what each labeler did."""
    await parts.projects.get(project)
    progress = await parts.board.get(project)
    names = await parts.names.names([count.user for count in progress.labelers])
    labelers = [
        NamedLabelerCount(**count.model_dump(), name=names.get(count.user, count.user)) for count in progress.labelers
    ]
    refreshed_at = await parts.refreshes.last_at(project)
    return ProgressView(**progress.model_dump(exclude={"labelers"}), labelers=labelers, refreshed_at=refreshed_at)
