"""Internal HTTP of uploads: the body is the file."""

from typing import Annotated

from fastapi import APIRouter, Header, Request

from services.contracts.ingest_api import UploadedObject
from services.ingest.uploads.service import Uploads, too_large


def router(uploads: Uploads) -> APIRouter:
    """Its routes. A file that is declared too large is refused before it is sent."""
    routes = APIRouter()

    @routes.put("/internal/datastores/{name}/objects", status_code=201)
    async def put(
        name: str,
        key: str,
        request: Request,
        content_length: Annotated[int, Header(ge=0)] = 0,
        *,
        overwrite: bool = False,
    ) -> UploadedObject:
        if content_length > uploads.most_bytes:
            raise too_large(uploads.most_bytes)
        return await uploads.put(name, key, request.stream(), overwrite=overwrite)

    return routes
