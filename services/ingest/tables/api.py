"""Internal HTTP of tables and manifests."""

from fastapi import APIRouter

from services.contracts.ingest_api import SourcePreview, SourceToCheck
from services.ingest.tables.preview import Previews


def router(previews: Previews) -> APIRouter:
    """Its routes."""
    routes = APIRouter()

    @routes.post("/internal/preview")
    async def preview(source: SourceToCheck) -> SourcePreview:
        return await previews.preview(source)

    return routes
