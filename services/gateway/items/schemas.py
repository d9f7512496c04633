"""Items as lists show them."""

from pydantic import BaseModel

from services.contracts.queue_api import ListedItem


class NamedListedItem(ListedItem):
    """An item with the name of its file and of who labeled it."""

    name: str
    labeler_name: str


class NamedItemList(BaseModel):
    """A page of items.

    `cursor` is empty at the end; a page may be shorter than `limit`, or empty, while a filter leaves much out.
    """

    items: list[NamedListedItem] = []
    cursor: str = ""
