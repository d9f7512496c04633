"""Routes of the members of a project."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.gateway.members.schemas import MemberRole, MemberView
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["members"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Manager = Annotated[Identity, Depends(Needs("members/write"))]


@router.get("/projects/{project}/members", responses=problems(404))
async def list_members(project: str, parts: Asked, _who: Manager) -> list[MemberView]:
    """List who has a role in the project, by name."""
    await parts.projects.get(project)
    return await parts.members.of_project(project)


@router.put("/projects/{project}/members/{person}", status_code=204, responses=problems(404))
async def put_member(project: str, person: str, body: MemberRole, parts: Asked, who: Manager) -> None:
    """Give a person a role in the project."""
    await parts.projects.get(project)
    await parts.members.put(who, project, person, body.role)


@router.delete("/projects/{project}/members/{person}", status_code=204, responses=problems(404))
async def delete_member(project: str, person: str, parts: Asked, who: Manager) -> None:
    """Take a person's role in the project away."""
    await parts.members.delete(who, project, person)
