"""An export as asked for and as shown."""

from datetime import timedelta
from typing import Annotated, Final, Self

from pydantic import BaseModel, Field, model_validator

from services.contracts.base import Time
from services.contracts.exports import ExportFilter, ExportFormat, ExportJob, JobState
from services.contracts.projects import TaskType
from services.gateway.exports.samples import sample
from services.gateway.requests import Body

Id = Annotated[str, Field(max_length=100)]
_MOST: Final = 10_000


class WantedFilter(Body):
    """Which labeled items to write: those that all fields admit. What is left out admits all.

    `labels` and `labelers` are ids, of which an item needs one each. `labeled_from` is included, `labeled_to` is not.
    """

    labels: list[Id] = Field(default=[], max_length=_MOST)
    labelers: list[Id] = Field(default=[], max_length=_MOST)
    approved: bool | None = None
    labeled_from: Time | None = None
    labeled_to: Time | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.labeled_from and self.labeled_to and self.labeled_to - self.labeled_from <= timedelta(0):
            raise ValueError("labeled_to must be later than labeled_from")
        return self

    def contract(self) -> ExportFilter:
        """As the job has it."""
        return ExportFilter(**self.model_dump())


class NewExport(Body):
    """What to write.

    `since_export`: only what has changed after that export was asked for, which has to be one of the same kind; its
    manifest names the items that are gone since. `images`: the pictures too, in a zip.
    `as_stored`: coordinates of the pictures as they are stored, not turned upright. `escape_formulas`: cells of CSV
    that a spreadsheet would take for formulas get an apostrophe before them.
    """

    format: ExportFormat
    filter: WantedFilter = WantedFilter()
    since_export: Id = ""
    images: bool = False
    as_stored: bool = False
    escape_formulas: bool = False


class ExportView(BaseModel):
    """An export.

    The labels as they stood at `requested_at`. `rows` of about `total` are written; `error` says why it
    failed. `files` are counted in the manifest, which lies at `manifest_key`. `removed` items were in `since_export`
    and no longer belong to it: the manifest names them.
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
    filter: WantedFilter
    since_export: str
    since: Time | None
    images: bool
    as_stored: bool
    escape_formulas: bool
    manifest_key: str
    files: int
    removed: int

    @classmethod
    def of(cls, job: ExportJob) -> Self:
        """Under our own field names."""
        return cls(**job.model_dump(mode="json"))


class ExportDetails(ExportView):
    """An export, the name that its file is downloaded under, and code that reads it."""

    file_name: str
    sample: str

    @classmethod
    def shown(cls, job: ExportJob, task_type: TaskType | None, file_name: str) -> Self:
        """`task_type` is None when the project is gone."""
        view = ExportView.of(job).model_dump()
        return cls(**view, file_name=file_name, sample=sample(job, task_type, file_name) if task_type else "")
