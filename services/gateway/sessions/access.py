"""The gate of every route: who is asking, is the request really theirs (CSRF), and may they do this.

A route without one of these dependencies is found by a test.
"""

from typing import Final

from fastapi import Request

from services.gateway.members.permissions import DEPLOYMENT, Permission
from services.gateway.parts import parts_of
from services.gateway.sessions.cookies import CSRF, SESSION
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.secrets import TOKEN_PREFIX, csrf_of, same
from services.kit.problems import Refused

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER: Final = "bearer "
_UNKNOWN_BEARER: Final = "The API token is not valid: it is wrong, or it was revoked."


class Open:
    """A route for everybody."""

    permission = "none"

    async def __call__(self) -> None:
        """Let in."""


class SignedIn:
    """A route for everybody who is signed in.

    `csrf_in_query` also takes the CSRF token as `?csrf=`, for beacons of a closing page.
    """

    permission = "signed-in"

    def __init__(self, *, csrf_in_query: bool = False) -> None:
        """Say how the CSRF token may come."""
        self._csrf_in_query = csrf_in_query

    async def __call__(self, request: Request) -> Identity:
        """Answer who is asking or refuse with 401 or 403."""
        identity = await identify(request)
        if identity is None:
            detail = _UNKNOWN_BEARER if "authorization" in request.headers else "Sign in first."
            raise Refused(401, "not_signed_in", detail)
        if identity.session and request.method not in _SAFE:
            self._check_csrf(request)
        return identity

    def _check_csrf(self, request: Request) -> None:
        expected = csrf_of(request.cookies.get(SESSION, ""))
        given = request.headers.get("x-csrf-token", "")
        if not given and self._csrf_in_query:
            given = request.query_params.get("csrf", "")
        if not same(given, expected):
            detail = f"The header X-CSRF-Token must be the value of the cookie {CSRF}."
            raise Refused(403, "csrf_failed", detail)


class Needs(SignedIn):
    """A route that demands a permission: in the project of its path, else in the deployment.

    With `somewhere`, having it in any project is enough here; the service asks again where it knows the project.
    """

    def __init__(self, permission: Permission, *, somewhere: bool = False, csrf_in_query: bool = False) -> None:
        """Name the permission."""
        super().__init__(csrf_in_query=csrf_in_query)
        self.permission = permission
        self._needed: Permission = permission
        self._somewhere = somewhere

    async def __call__(self, request: Request) -> Identity:
        """Answer who is asking or refuse with 401 or 403."""
        identity = await super().__call__(request)
        if self._somewhere:
            if identity.projects(self._needed) == []:
                identity.require(self._needed)
        else:
            identity.require(self._needed, request.path_params.get("project", DEPLOYMENT))
        return identity


async def identify(request: Request, *, used: bool = True) -> Identity | None:
    """Who is asking.

    By API token if there is one, else by cookie. Not `used`: the session does not stay alive by it.
    """
    sessions = parts_of(request).sessions
    address = request.client.host if request.client else ""
    header = request.headers.get("authorization", "")
    if header:
        secret = header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""
        return await sessions.by_token(secret, address) if secret.startswith(TOKEN_PREFIX) else None
    secret = request.cookies.get(SESSION, "")
    return await sessions.by_cookie(secret, address, used=used) if secret else None
