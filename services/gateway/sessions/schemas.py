"""What signing in takes and answers."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.contracts.queue_api import ClientId, Token
from services.gateway.members.permissions import Permission
from services.gateway.people.schemas import EMAIL_CHARS, Email, Me, Password
from services.gateway.requests import Body, Title


class SignIn(Body):
    """A local account."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=EMAIL_CHARS)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class LinkSignIn(Body):
    """A one-time link. What is missing is named in the answer (422 `link_incomplete`), and the link stays good.

    The first owner sets `email` and `password`, an invited person `password`; `name` replaces what the inviter wrote.
    """

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    email: Email | None = None
    password: Password | None = None
    name: Title | None = None


class HeldPage(Body):
    """A leased page of a browser that signs out."""

    project: str
    token: Token


class SignOut(Body):
    """Leases that go back to the queue with the sign-out."""

    client: ClientId | None = None
    pages: list[HeldPage] = Field(default=[], max_length=8)


class SessionView(BaseModel):
    """Who is signed in, what they may do in the whole deployment, and the CSRF token for `X-CSRF-Token`."""

    user: Me
    permissions: list[Permission]
    csrf: str
