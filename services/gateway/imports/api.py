"""Routes of imports."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from services.contracts import limits
from services.gateway.idempotency import IdempotencyKey
from services.gateway.imports import reports
from services.gateway.imports.schemas import FilePlace, ImportFileView, ImportView, NewImport
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["imports"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Importer = Annotated[Identity, Depends(Needs("imports/write"))]
AnyImporter = Annotated[Identity, Depends(Needs("imports/write", somewhere=True))]
Id = Annotated[str, Path(description="Id of the import.")]


@router.put(
    "/projects/{project}/import-files",
    status_code=201,
    responses=problems(404, 409, 413, 422),
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
async def upload_import_file(
    request: Request,
    project: str,
    parts: Asked,
    _who: Importer,
    name: Annotated[str, Query(min_length=1, max_length=limits.NAME_CHARS, description="Name of the file.")],
    content_length: Annotated[int | None, Header(ge=0)] = None,
) -> ImportFileView:
    """Upload a file of labels; the body is the file. Answers what it seems to be; nothing is imported by it."""
    known = {} if content_length is None else {"Content-Length": str(content_length)}
    found = await parts.imports.upload(project, name, request.stream(), known)
    return ImportFileView(**found.model_dump())


@router.post("/projects/{project}/import-files/look", responses=problems(404, 409, 422))
async def look_at_import_file(project: str, body: FilePlace, parts: Asked, who: Importer) -> ImportFileView:
    """Look at a file of labels in a data store: what it seems to be."""
    found = await parts.imports.look(who, project, body)
    return ImportFileView(**found.model_dump())


@router.post("/projects/{project}/imports", status_code=202, responses=problems(400, 404, 409, 422))
async def request_import(
    project: str, body: NewImport, parts: Asked, who: Importer, idempotency_key: IdempotencyKey = ""
) -> ImportView:
    """Ask for a file of labels to be checked. Nothing is written to items before the report was agreed to."""
    return ImportView.of(await parts.imports.request(who, project, body, idempotency_key))


@router.get("/projects/{project}/imports", responses=problems(404))
async def list_imports(project: str, parts: Asked, _who: Importer) -> list[ImportView]:
    """List the newest 200 imports of a project, newest first."""
    return [ImportView.of(job) for job in await parts.imports.of_project(project)]


@router.get("/imports/{job}", responses=problems(404))
async def read_import(job: Id, parts: Asked, who: AnyImporter) -> ImportView:
    """Read the state of an import, with the counts of its report and its first 100 problems."""
    return ImportView.of(await parts.imports.get(who, job))


@router.get(
    "/imports/{job}/report",
    response_class=Response,
    responses={**problems(404, 409, 410), 200: {"description": "JSON Lines.", "content": {"application/jsonl": {}}}},
)
async def download_import_report(job: Id, parts: Asked, who: AnyImporter) -> Response:
    """Download the whole report: a line for each item of the file and for each problem."""
    found = await parts.imports.get(who, job)
    return await reports.download(parts.blobs, parts.settings.bucket, found)


@router.post("/imports/{job}/apply", status_code=202, responses=problems(404, 409))
async def apply_import(job: Id, parts: Asked, who: AnyImporter) -> ImportView:
    """Agree to the report of a checked import: its labels are written. Repeating it changes nothing."""
    return ImportView.of(await parts.imports.apply(who, job))


@router.post("/imports/{job}/cancel", status_code=202, responses=problems(404, 409))
async def cancel_import(job: Id, parts: Asked, who: AnyImporter) -> ImportView:
    """End an import. What was written before stays."""
    return ImportView.of(await parts.imports.cancel(who, job))
