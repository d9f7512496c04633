"""Lists with a cursor, page by page."""

from collections.abc import Callable
from typing import Final, TypeVar

from labelbus.models.base import Page
from labelbus.steps import Flow, Found, Pages

T = TypeVar("T")
LIMIT: Final = 200
"""Most rows that a list answers at once."""


def every(page_behind: Callable[[str], Flow[Page[T]]]) -> Pages[T]:
    """All rows of a list, a page at a time, as they are asked for. `page_behind` takes a cursor, empty at first."""
    cursor = ""
    while True:
        page = yield from page_behind(cursor)
        yield Found(page.items)
        cursor = page.cursor
        if not cursor:
            return
