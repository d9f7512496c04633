"""The file of an export, straight from object storage, whole or a range of it, under a name that people recognise."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from services.contracts.exports import ExportJob, JobState
from services.kit.blobs import Blob, BlobMissing, Blobs
from services.kit.problems import Refused

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_TYPES: Final = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "conll": "text/plain; charset=utf-8",
    "zip": "application/zip",
}
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request says about the file: `Range`, `If-Range` and `If-None-Match`, empty when absent."""

    range: str = ""
    if_range: str = ""
    if_none_match: str = ""


async def download(blobs: Blobs, job: ExportJob, project_name: str, wanted: Wanted) -> Response:
    """Answer 200, 206, 304 or 416. Raises Refused when there is no file."""
    if job.state is not JobState.SUCCEEDED:
        raise Refused(409, "export_not_ready", f"The export is {job.state}; there is no file to download.")
    try:
        blob = await blobs.stat(job.bucket, job.key)
    except BlobMissing:
        raise Refused(410, "export_gone", "The file of this export is no longer in object storage.") from None
    etag = f'"{job.sha256 or blob.etag}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": _disposition(file_name(job, project_name)),
    }
    if etag in wanted.if_none_match:
        return Response(status_code=304, headers=headers)
    return _answer(blobs, job, blob, headers, wanted.range if wanted.if_range in {"", etag} else "")


async def manifest(blobs: Blobs, job: ExportJob) -> Response:
    """The manifest as it is. Raises Refused when there is none."""
    if job.state is not JobState.SUCCEEDED or not job.manifest_key:
        raise Refused(409, "export_not_ready", f"The export is {job.state}; there is no manifest.")
    try:
        blob = await blobs.stat(job.bucket, job.manifest_key)
    except BlobMissing:
        raise Refused(410, "export_gone", "The manifest of this export is no longer in object storage.") from None
    headers = {"Content-Length": str(blob.size), "Cache-Control": "private, no-cache"}
    return StreamingResponse(blobs.stream(job.bucket, job.manifest_key), 200, headers, "application/json")


def _answer(blobs: Blobs, job: ExportJob, blob: Blob, headers: dict[str, str], range_: str) -> Response:
    part = _part(range_, blob.size)
    if part is None:
        headers["Content-Range"] = f"bytes */{blob.size}"
        return Response(status_code=416, headers=headers)
    first, length = part
    status = 200
    if range_ and _RANGE.fullmatch(range_):
        status = 206
        headers["Content-Range"] = f"bytes {first}-{first + length - 1}/{blob.size}"
    headers["Content-Length"] = str(length)
    body = blobs.stream(job.bucket, job.key, first, length)
    return StreamingResponse(body, status, headers, _TYPES[ending(job)])


def _part(range_: str, size: int) -> tuple[int, int] | None:
    """First byte and length.

    The whole for what is no single range (RFC 9110 allows that); None for a range outside the file.
    """
    asked = _RANGE.fullmatch(range_)
    if asked is None or not any(asked.groups()):
        return 0, size
    first, last = asked.groups()
    if not first:
        start = max(0, size - int(last))
        return (start, size - start) if int(last) and size else None
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, end - start + 1) if start <= end else None


def file_name(job: ExportJob, project_name: str) -> str:
    """`<project name>-<format>-<time>.<ending>`, without what file systems refuse."""
    name = _UNSAFE.sub(" ", project_name).strip(" .") or job.project
    return f"{name}-{job.format}-{job.requested_at:%Y%m%dT%H%M%SZ}.{ending(job)}"


def ending(job: ExportJob) -> str:
    """Of the name of the file."""
    return job.key.rpartition(".")[2] if job.key else "json"


def _disposition(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
