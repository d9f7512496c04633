"""An export as asked for and as shown."""

from pydantic import BaseModel

from services.contracts.base import Time
from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.gateway.requests import Body


class NewExport(Body):
    """What to write."""

    format: ExportFormat


class ExportView(BaseModel):
    """An export.

    The labels as they stood at `requested_at`. `rows` of about `total` are written; `error` says why it
    failed.
    """

    id: str
    project: str
    version: int
    format: ExportFormat
    state: JobState
    requested_by: str
    requested_at: Time
    started_at: Time | None
    finished_at: Time | None
    rows: int
    total: int
    bucket: str
    key: str
    size: int
    sha256: str
    error: str

    @classmethod
    def of(cls, job: ExportJob) -> "ExportView":
        """Under our own field names."""
        return cls(**job.model_dump(mode="json"))
