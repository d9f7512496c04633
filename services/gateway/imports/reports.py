"""The whole report of an import, straight from object storage."""

from fastapi.responses import Response, StreamingResponse

from services.contracts.imports import ImportJob
from services.kit.blobs import BlobMissing, Blobs
from services.kit.problems import Refused


async def download(blobs: Blobs, bucket: str, job: ImportJob) -> Response:
    """Answer the report. Raises Refused when there is none."""
    if not job.report_key:
        raise Refused(409, "report_not_ready", f"The import is {job.state}; there is no report.")
    try:
        blob = await blobs.stat(bucket, job.report_key)
    except BlobMissing:
        raise Refused(410, "report_gone", "The report is no longer in object storage.") from None
    headers = {
        "Content-Length": str(blob.size),
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="import-{job.id}-report.jsonl"',
    }
    return StreamingResponse(blobs.stream(bucket, job.report_key), 200, headers, "application/jsonl")
