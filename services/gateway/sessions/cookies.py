"""The two cookies of a session: the secret that scripts can't read, and the CSRF token that the page must read."""

from typing import Final

from fastapi import Response

from services.gateway.sessions.secrets import csrf_of

SESSION: Final = "labelbus_session"
CSRF: Final = "labelbus_csrf"


def set_cookies(response: Response, secret: str, *, secure: bool, max_age_s: int) -> None:
    """Hand a session to the browser."""
    response.set_cookie(SESSION, secret, max_age=max_age_s, httponly=True, samesite="lax", secure=secure, path="/")
    response.set_cookie(CSRF, csrf_of(secret), max_age=max_age_s, samesite="lax", secure=secure, path="/")


def clear_cookies(response: Response, *, secure: bool) -> None:
    """Take it away."""
    response.delete_cookie(SESSION, httponly=True, samesite="lax", secure=secure, path="/")
    response.delete_cookie(CSRF, samesite="lax", secure=secure, path="/")
