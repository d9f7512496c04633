"""Internal HTTP of data sources."""

from fastapi import APIRouter

from services.contracts.ingest_api import SourceCheck, SourceToCheck
from services.ingest.sources.service import Sources


def router(sources: Sources) -> APIRouter:
    """Its routes."""
    routes = APIRouter()

    @routes.post("/internal/check")
    async def check(source: SourceToCheck) -> SourceCheck:
        return await sources.check(source)

    return routes
