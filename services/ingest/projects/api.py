"""Internal HTTP about projects."""

from fastapi import APIRouter

from services.ingest.projects.purge import Purge


def router(purge: Purge) -> APIRouter:
    """Its routes."""
    routes = APIRouter()

    @routes.get("/internal/projects/{project}/purged")
    async def purged(project: str) -> dict[str, bool]:
        return {"purged": await purge.is_done(project)}

    return routes
