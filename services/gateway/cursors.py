"""Cursors of lists: where a page ended, opaque to the client. A cursor that we did not make is refused."""

import base64
import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from services.gateway.refusals import wrong

Limit = Annotated[int, Query(ge=1, le=200, description="Most rows to answer.")]
Cursor = Annotated[str, Query(max_length=2_000, description="`cursor` of the page before; empty for the first page.")]


def encode(place: Sequence[str | int]) -> str:
    """Place of the last row to its cursor."""
    return base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> list[str | int] | None:
    """Cursor to a place of values of these types; None for the first page. Raises 422."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        place = None
    if not isinstance(place, list) or [type(value) for value in place] != list(kinds) or not all(map(_storable, place)):
        raise wrong("cursor", "must be a cursor that this list answered")
    return place


def _storable(value: str | int) -> bool:
    return isinstance(value, str) or abs(value) < 2**53
