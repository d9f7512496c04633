"""People, their roles, their tokens, and what the audit says of them."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, SkipValidation

from labelbus.models.base import Given, Model

Role: TypeAlias = Annotated[Literal["owner", "labeler"], SkipValidation]


class PersonRow(Model):
    """Somebody with an account. `role` is that of the whole deployment; None: only that of their projects."""

    id: str
    email: str
    name: str
    role: Role | None
    disabled: bool
    created_at: datetime
    signed_in_at: datetime | None


class NewPerson(Given):
    """Somebody to be invited."""

    email: str
    name: str
    role: Role | None = "labeler"


class Invitation(Model):
    """`link` signs in once within 24 hours; it is answered here only."""

    person: PersonRow
    link: str = Field(repr=False)


class PersonChange(Given):
    """What is to change; what is not set stays. `role` None takes it away."""

    role: Role | None = None
    disabled: bool = False


class PasswordChange(Given):
    """The old password proves who is asking."""

    old: str = Field(repr=False)
    new: str = Field(repr=False)


class MeChange(Given):
    """What you may change of yourself."""

    name: str | None = None
    password: PasswordChange | None = None


class Member(Model):
    """Somebody who has a role in a project. `inherited`: by that of the whole deployment."""

    id: str
    name: str
    email: str
    role: Role
    inherited: bool


class MemberRole(Given):
    """The role to have."""

    role: Role


class Token(Model):
    """An API token without its secret."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None = None


class Tokens(Model):
    """All that a person has."""

    items: list[Token]


class NewToken(Given):
    """What the token is for."""

    name: str


class CreatedToken(Model):
    """`secret` is answered here only."""

    token: Token
    secret: str = Field(repr=False)


class AuditEntry(Model):
    """Who did what to what, when and from where. `person` is empty for the system, or when nobody was signed in."""

    id: str
    at: datetime
    person: str
    name: str
    action: str
    target: str
    project: str
    address: str
    detail: dict[str, str]
