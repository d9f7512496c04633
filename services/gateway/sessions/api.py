"""Routes of signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from services.contracts.queue_api import Release
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.people.schemas import Me
from services.gateway.requests import StrictRoute
from services.gateway.sessions import cookies
from services.gateway.sessions.access import Open, SignedIn
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.schemas import LinkSignIn, SessionView, SignIn, SignOut
from services.gateway.sessions.secrets import csrf_of
from services.gateway.sessions.sign_in import Entered
from services.kit import logs
from services.kit.problems import Refused

router = APIRouter(tags=["session"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Caller = Annotated[Identity, Depends(SignedIn())]
_log = logs.get()


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _view(who: Identity, secret: str) -> SessionView:
    return SessionView(
        user=Me(id=who.person, name=who.name, email=who.email),
        permissions=sorted(who.permissions()),
        csrf=csrf_of(secret) if secret else "",
    )


def _entered(entered: Entered, parts: Parts, response: Response) -> SessionView:
    secure = parts.settings.gateway_url.startswith("https:")
    cookies.set_cookies(response, entered.secret, secure=secure, max_age_s=parts.settings.gateway_session_max_s)
    return _view(entered.identity, entered.secret)


@router.post("/session/link", dependencies=[Depends(Open())], responses=problems(409, 410))
async def sign_in_by_link(body: LinkSignIn, request: Request, response: Response, parts: Asked) -> SessionView:
    """Sign in with a one-time link; sets the password, and the e-mail of the first owner."""
    return _entered(await parts.door.by_link(body, _address(request)), parts, response)


@router.post("/session", dependencies=[Depends(Open())], responses=problems(401, 429))
async def sign_in(body: SignIn, request: Request, response: Response, parts: Asked) -> SessionView:
    """Sign in with e-mail and password."""
    return _entered(await parts.door.by_password(body, _address(request)), parts, response)


@router.get("/session")
async def read_session(request: Request, who: Caller) -> SessionView:
    """Who is signed in, and the CSRF token of the session (empty with an API token, which needs none)."""
    return _view(who, request.cookies.get(cookies.SESSION, "") if who.session else "")


@router.delete("/session", status_code=204)
async def sign_out(parts: Asked, who: Caller, response: Response, body: SignOut | None = None) -> None:
    """Sign out; the named pages go back to the queue at once."""
    for page in body.pages if body and body.client else ():
        release = Release(client=body.client, tokens=[page.token])  # type: ignore[union-attr]  # see the line above
        try:
            await parts.labeling.send(who, page.project, release)
        except Refused as refused:  # signing out must always work; the lease ends by itself
            _log.info("release_refused", project=page.project, reason=str(refused))
    await parts.door.leave(who)
    cookies.clear_cookies(response, secure=parts.settings.gateway_url.startswith("https:"))
