"""Routes of lists of items."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from services.contracts.labels import ItemState
from services.gateway.cursors import Cursor, Limit
from services.gateway.items.schemas import NamedItemList
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["items"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Reader = Annotated[Identity, Depends(Needs("labels/read"))]


@router.get("/projects/{project}/items", responses=problems(404))
async def list_items(
    project: str,
    parts: Asked,
    _who: Reader,
    state: Annotated[ItemState | None, Query(description="Only items in this state.")] = None,
    label: Annotated[str, Query(max_length=100, description="Id of a label: only labeled items that carry it.")] = "",
    labeler: Annotated[
        str, Query(max_length=64, description="Id of a person: only what they labeled or skipped, newest first.")
    ] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> NamedItemList:
    """List items with their labels, regions only counted; a page may be short while a filter leaves much out."""
    return await parts.items.page(project, state, label, labeler, cursor, limit)
