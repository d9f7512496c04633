"""Pages as browsers get them.

What queue answers, and the file name of each item. Bodies are those of the internal API without the caller.
"""

from pydantic import BaseModel

from services.contracts.queue_api import DoneItem, LeasedItem, Page


class NamedItem(LeasedItem):
    """An item of a page. `name` is the last part of its key."""

    name: str


class NamedPage(Page):
    """A page of named items."""

    items: list[NamedItem] = []  # type: ignore[assignment]  # a list of a model's answer is never appended to


class NamedDoneItem(DoneItem):
    """A done item. `name` is the last part of its key."""

    name: str


class NamedDoneItems(BaseModel):
    """A page of done items. `cursor` is empty at the end."""

    items: list[NamedDoneItem]
    cursor: str = ""


class Released(BaseModel):
    """How many items went back to the queue."""

    released: int
