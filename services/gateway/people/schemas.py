"""A person as stored, as shown, and what may be asked to change."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.contracts.base import Time
from services.gateway.members.permissions import Role
from services.gateway.requests import Body, Title

EMAIL_CHARS: Final = 254
PASSWORD_CHARS: Final = 10
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def _email(value: str) -> str:
    if not (_EMAIL.fullmatch(value) and value.isprintable()):
        raise ValueError("must be an e-mail address, without spaces and control characters")
    return value


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=EMAIL_CHARS), AfterValidator(_email)]
Password = Annotated[str, StringConstraints(min_length=PASSWORD_CHARS, max_length=1_000)]


class Person(BaseModel):
    """A person as stored.

    `email` is empty for the first owner until they signed in, `password` (a hash) until it was set.
    """

    id: str
    email: str = ""
    name: str
    password: str = Field(default="", repr=False)
    disabled: bool = False
    created_at: Time
    signed_in_at: Time | None = None


class PersonView(BaseModel):
    """A person as shown to owners.

    `role` is that of the whole deployment; none: only the projects they are members of.
    """

    id: str
    email: str
    name: str
    role: Role | None
    disabled: bool
    created_at: Time
    signed_in_at: Time | None

    @classmethod
    def of(cls, person: Person, role: Role | None) -> "PersonView":
        """Leave the password out."""
        return cls(role=role, **person.model_dump(exclude={"password"}))


class PeopleList(BaseModel):
    """A page of people by name. `cursor` is empty at the end."""

    items: list[PersonView]
    cursor: str = ""


class NewPerson(Body):
    """An invitation. `role` null: no rights but those of projects that they are added to."""

    email: Email
    name: Title
    role: Role | None = Role.LABELER


class Invitation(BaseModel):
    """`link` signs in once within 24 hours; it is shown here only."""

    person: PersonView
    link: str


class PersonChange(Body):
    """What an owner may change of a person.

    A field that is left out stays as it is; `role` null takes the role away.
    """

    role: Role | None = None
    disabled: bool = False


class PasswordChange(Body):
    """The old password proves who is asking."""

    old: Annotated[str, StringConstraints(max_length=1_000)]
    new: Password


class MeChange(Body):
    """What people may change of themselves."""

    name: Title | None = None
    password: PasswordChange | None = None


class Me(BaseModel):
    """Who is signed in."""

    id: str
    name: str
    email: str
