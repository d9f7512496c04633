"""Routes of exports."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Path, Request, Response

from services.gateway.exports import downloads
from services.gateway.exports.schemas import ExportDetails, ExportView, NewExport
from services.gateway.heads import is_head
from services.gateway.idempotency import IdempotencyKey
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

_TYPES: Final = ("application/json", "application/jsonl", "text/csv", "text/plain", "application/zip")
router = APIRouter(tags=["exports"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Exporter = Annotated[Identity, Depends(Needs("exports/write"))]
AnyExporter = Annotated[Identity, Depends(Needs("exports/write", somewhere=True))]
Id = Annotated[str, Path(description="Id of the export.")]


def _wanted(
    range_: Annotated[str, Header(alias="range", max_length=200)] = "",
    if_range: Annotated[str, Header(max_length=200)] = "",
    if_none_match: Annotated[str, Header(max_length=2_000)] = "",
) -> downloads.Wanted:
    return downloads.Wanted(range_, if_range, if_none_match)


@router.post("/projects/{project}/exports", status_code=202, responses=problems(400, 404, 409, 422))
async def request_export(
    project: str, body: NewExport, parts: Asked, who: Exporter, idempotency_key: IdempotencyKey = ""
) -> ExportView:
    """Ask for an export of the labels as they stand now."""
    return ExportView.of(await parts.exports.request(who, project, body, idempotency_key))


@router.get("/projects/{project}/exports", responses=problems(404))
async def list_exports(project: str, parts: Asked, _who: Exporter) -> list[ExportView]:
    """List the newest 200 exports of a project, newest first."""
    return [ExportView.of(job) for job in await parts.exports.of_project(project)]


@router.get("/exports/{export}", responses=problems(404))
async def read_export(export: Id, parts: Asked, who: AnyExporter) -> ExportDetails:
    """Read the state of an export, and code that reads its file."""
    return await parts.exports.details(who, export)


@router.get(
    "/exports/{export}/manifest",
    response_class=Response,
    responses={**problems(404, 409, 410), 200: {"description": "The manifest.", "content": {"application/json": {}}}},
)
async def read_manifest(export: Id, parts: Asked, who: AnyExporter) -> Response:
    """Read the manifest of an export: what was asked for, counts, and the hash of every file."""
    return await downloads.manifest(parts.blobs, await parts.exports.get(who, export))


@router.get(
    "/exports/{export}/download",
    response_class=Response,
    responses={
        **problems(404, 409, 410),
        200: {"description": "The file.", "content": {type_: {} for type_ in _TYPES}},
        206: {"description": "The range of the file that was asked for."},
        304: {"description": "The file is the one of `If-None-Match`."},
        416: {"description": "The range lies outside the file."},
    },
)
async def download_export(
    request: Request,
    export: Id,
    parts: Asked,
    who: AnyExporter,
    wanted: Annotated[downloads.Wanted, Depends(_wanted)],
) -> Response:
    """Download the file of an export, or a range of it."""
    job = await parts.exports.get(who, export)
    answer = await downloads.download(parts.blobs, job, await parts.exports.project_name(job), wanted)
    if not is_head(request):
        await parts.exports.downloaded(who, job)
    return answer
