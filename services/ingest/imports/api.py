"""Internal HTTP of imports: files of labels, and ending an import whose report is not there yet."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request

from services.contracts import limits
from services.contracts.ingest_api import ImportFile, ImportPlace
from services.ingest.imports.files import ImportFiles
from services.ingest.imports.store import Imports


def router(files: ImportFiles, imports: Imports) -> APIRouter:
    """Its routes. A file that is declared too large is refused before it is sent."""
    routes = APIRouter(prefix="/internal")

    @routes.put("/projects/{project}/import-files", status_code=201)
    async def upload(
        project: str,
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=limits.NAME_CHARS)],
        content_length: Annotated[int, Header(ge=0)] = 0,
    ) -> ImportFile:
        if content_length > files.most_bytes:
            raise files.too_large()
        return await files.upload(project, name, request.stream())

    @routes.post("/import-files/look")
    async def look(place: ImportPlace) -> ImportFile:
        return await files.look(place.datastore, place.key)

    @routes.post("/imports/{import_id}/cancel")
    async def cancel(import_id: str) -> dict[str, bool]:
        return {"canceled": await imports.cancel(import_id)}

    return routes
