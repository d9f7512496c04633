"""The id of the request or event that is being worked on: passed on with calls and events, and in every log line."""

import re
import secrets
from typing import Final

import structlog

HEADER: Final = "X-Request-Id"
EVENT_HEADER: Final = "request_id"
"""Name of the Kafka header."""
_ALLOWED: Final = re.compile(r"^[A-Za-z0-9._:-]{1,80}$")


def current_id() -> str:
    """Id of the present request, empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def begin(given: str = "") -> str:
    """Start working on a request. A given id is kept if it is harmless in a log, else a new one is made."""
    request_id = given if _ALLOWED.match(given) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id
