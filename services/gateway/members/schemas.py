"""A membership as stored and as shown."""

from pydantic import BaseModel

from services.gateway.members.permissions import Role
from services.gateway.requests import Body


class Member(BaseModel):
    """`subject` (the id of a person) has `role` in `scope`: the deployment or a project id."""

    subject: str
    scope: str
    role: Role


class MemberView(BaseModel):
    """A member of a project. `inherited`: by a role of the whole deployment, which is changed under People."""

    id: str
    name: str
    email: str
    role: Role
    inherited: bool


class MemberRole(Body):
    """The role to have."""

    role: Role
