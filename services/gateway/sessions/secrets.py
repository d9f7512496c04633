"""Random secrets and what is kept of them: a digest. A secret itself never reaches the store or a log."""

import hashlib
import hmac
import secrets
from typing import Final

TOKEN_PREFIX: Final = "lb_"  # noqa: S105  what secrets begin with is none


def new_secret(prefix: str = "") -> str:
    """256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What the store keeps. A plain hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_of(session_secret: str) -> str:
    """The CSRF token that belongs to a session: nobody can make it without the HttpOnly cookie."""
    return hmac.new(session_secret.encode("utf-8", "surrogatepass"), b"csrf", hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
