"""Internal HTTP of uploads: the body is the file."""

from typing import Annotated

from fastapi import APIRouter, Header, Request

from services.contracts.ingest_api import UploadedObject
from services.ingest.uploads.service import Uploads, too_large


def router(uploads: Uploads, most_bytes: int) -> APIRouter:
    """Its routes. `most_bytes` of one file; one that is declared larger is refused before it is sent."""
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
        if content_length > most_bytes:
            raise too_large(most_bytes)
        return await uploads.put(name, key, request.stream(), overwrite=overwrite)

    return routes
