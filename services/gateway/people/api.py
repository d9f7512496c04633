"""Routes of people."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.gateway.cursors import Cursor, Limit
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.people.schemas import Invitation, Me, MeChange, NewPerson, PeopleList, PersonChange, PersonView
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs, SignedIn
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["people"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Manager = Annotated[Identity, Depends(Needs("members/write"))]


@router.get("/people")
async def list_people(parts: Asked, _who: Manager, cursor: Cursor = "", limit: Limit = 100) -> PeopleList:
    """List people by name."""
    return await parts.people.page(cursor, limit)


@router.post("/people", status_code=201, responses=problems(409))
async def invite_person(body: NewPerson, parts: Asked, who: Manager) -> Invitation:
    """Add a person and get a one-time link to hand over."""
    return await parts.people.invite(who, body)


@router.post("/people/{person}/link", status_code=201, responses=problems(404))
async def renew_link(person: str, parts: Asked, who: Manager) -> Invitation:
    """Make a new one-time link for a person; an earlier one stops working."""
    return await parts.people.renew_link(who, person)


@router.patch("/people/{person}", responses=problems(404, 409))
async def change_person(person: str, body: PersonChange, parts: Asked, who: Manager) -> PersonView:
    """Change a person's role in the deployment, or switch them off or on."""
    return await parts.people.change(who, person, body)


@router.patch("/me")
async def change_me(body: MeChange, parts: Asked, who: Annotated[Identity, Depends(SignedIn())]) -> Me:
    """Change your own name or password; a new password ends your other sessions."""
    await parts.people.change_me(who, body)
    return Me(id=who.person, name=body.name or who.name, email=who.email)
