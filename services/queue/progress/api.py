"""Internal HTTP of progress. Thin: it must hold no rule of its own."""

from fastapi import APIRouter

from services.contracts.queue_api import Progress
from services.queue.progress.service import Progresses


def routes(progresses: Progresses) -> APIRouter:
    """Progress of a project."""
    router = APIRouter(prefix="/internal")

    @router.get("/projects/{project}/progress")
    async def progress(project: str) -> Progress:
        """Counts of a project."""
        return await progresses.find(project)

    return router
