"""Routes of personal API tokens."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import SignedIn
from services.gateway.sessions.identity import Identity
from services.gateway.tokens.schemas import CreatedToken, NewToken, TokenList

router = APIRouter(tags=["tokens"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Caller = Annotated[Identity, Depends(SignedIn())]


@router.get("/tokens")
async def list_tokens(parts: Asked, who: Caller) -> TokenList:
    """List your API tokens, newest first."""
    return await parts.tokens.list(who)


@router.post("/tokens", status_code=201)
async def create_token(body: NewToken, parts: Asked, who: Caller) -> CreatedToken:
    """Make an API token; its secret is shown here only."""
    return await parts.tokens.create(who, body)


@router.delete("/tokens/{token}", status_code=204, responses=problems(404))
async def delete_token(token: str, parts: Asked, who: Caller) -> None:
    """Take an API token back."""
    await parts.tokens.delete(who, token)
