"""Internal HTTP of labels. Thin: it must hold no rule of its own."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.contracts.queue_api import BackRequest, DoneItems, OwnLabel, SubmitAnswer, SubmitRequest
from services.queue.labels.service import Labeling


def routes(labeling: Labeling) -> APIRouter:
    """Submit, back, done, and one label of these with all its regions."""
    router = APIRouter(prefix="/internal")

    @router.post("/submit")
    async def submit(request: SubmitRequest) -> SubmitAnswer:
        """Labels and skips of a page."""
        return await labeling.submit(request)

    @router.post("/back")
    async def back(request: BackRequest) -> SubmitAnswer:
        """New versions of own labels and skips."""
        return await labeling.back(request)

    @router.get("/projects/{project}/done")
    async def done(
        project: str,
        user: str,
        cursor: Annotated[str, Query(max_length=300)] = "",
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> DoneItems:
        """What a person labeled or skipped, newest first."""
        return await labeling.done(project, user, cursor, limit)

    @router.get("/projects/{project}/items/{hash_}/label")
    async def own_label(project: str, hash_: str, user: str) -> OwnLabel:
        """The whole label that a person gave an item."""
        return await labeling.own(project, f"{project}/{hash_}", user)

    return router
