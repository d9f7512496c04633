"""Internal HTTP about deleted projects. Thin: it must hold no rule of its own."""

from fastapi import APIRouter

from services.queue.projects.purge import Purge


def routes(purge: Purge) -> APIRouter:
    """Whether a project is gone."""
    router = APIRouter(prefix="/internal")

    @router.get("/projects/{project}/purged")
    async def purged(project: str) -> dict[str, bool]:
        """Whether nothing of the project is left here."""
        return {"purged": await purge.is_done(project)}

    return router
