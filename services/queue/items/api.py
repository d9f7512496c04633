"""Internal HTTP of lists of items. Thin: it must hold no rule of its own."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.contracts.labels import ItemState
from services.contracts.queue_api import ItemList
from services.queue.items.lists import Lists
from services.queue.items.walks import Wanted


def routes(lists: Lists) -> APIRouter:
    """Items of a project."""
    router = APIRouter(prefix="/internal")

    @router.get("/projects/{project}/items")
    async def items(
        project: str,
        state: ItemState | None = None,
        label: Annotated[str, Query(max_length=100)] = "",
        labeler: Annotated[str, Query(max_length=64)] = "",
        cursor: Annotated[str, Query(max_length=300)] = "",
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ItemList:
        """A page of those that fit all that is named."""
        return await lists.page(Wanted(project, state, label, labeler), cursor, limit)

    return router
