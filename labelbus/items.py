"""`client.items`."""

from typing import Final

from labelbus.methods import D, Noun, pages
from labelbus.models.base import ItemState, Page
from labelbus.models.items import ListedItem
from labelbus.paging import LIMIT, every
from labelbus.routes import Route
from labelbus.steps import Pages

_LIST: Final = Route(
    "GET", "/projects/{project}/items", Page[ListedItem], query=("state", "label", "labeler", "cursor", "limit")
)


class Items(Noun[D]):
    """Items with their labels, regions only counted: an export has those."""

    @pages
    def list(
        self, project: str, *, state: ItemState | None = None, label: str = "", labeler: str = ""
    ) -> Pages[ListedItem]:
        """Items of a project that fit all that is named. `label` is the id of one, `labeler` that of a person.

        Those of a labeler come newest first.
        """
        wanted = {"state": state, "label": label, "labeler": labeler, "limit": LIMIT}
        return every(lambda cursor: _LIST.call(self.server, {**wanted, "cursor": cursor}, project=project))
