"""Lists of items, which queue makes."""

from services.contracts.labels import ItemState
from services.contracts.queue_api import ItemList
from services.contracts.rows import item_name
from services.gateway.items.schemas import NamedItemList, NamedListedItem
from services.gateway.people.store import PeopleStore
from services.gateway.projects.known import KnownProjects
from services.kit.client import InternalClient


class Items:
    """Items of a project."""

    def __init__(self, known: KnownProjects, people: PeopleStore, queue: InternalClient) -> None:
        """Bind the client and stores."""
        self._known, self._people, self._queue = known, people, queue

    async def page(
        self, project: str, state: ItemState | None, label: str, labeler: str, cursor: str, limit: int
    ) -> NamedItemList:
        """Those that fit all that is named. Raises what queue refuses."""
        await self._known.get(project)
        params: dict[str, str | int] = {"label": label, "labeler": labeler, "cursor": cursor, "limit": limit}
        if state is not None:
            params["state"] = state.value
        found = await self._queue.get(f"/internal/projects/{project}/items", ItemList, params)
        names = await self._people.names(sorted({item.labeler for item in found.items if item.labeler}))
        items = [
            NamedListedItem(
                **item.model_dump(),
                name=item_name(item.source.key, item.source.part),
                labeler_name=names.get(item.labeler, item.labeler),
            )
            for item in found.items
        ]
        return NamedItemList(items=items, cursor=found.cursor)
