"""A personal API token as shown, and what is asked for a new one."""

from pydantic import BaseModel

from services.contracts.base import Time
from services.gateway.requests import Body, Title


class TokenView(BaseModel):
    """A token without its secret."""

    id: str
    name: str
    created_at: Time
    used_at: Time | None = None


class TokenList(BaseModel):
    """All tokens of the person, newest first."""

    items: list[TokenView]


class NewToken(Body):
    """What the token is for."""

    name: Title


class CreatedToken(BaseModel):
    """`secret` is shown here only."""

    token: TokenView
    secret: str
