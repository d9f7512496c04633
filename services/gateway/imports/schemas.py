"""An import as asked for and as shown."""

from pydantic import BaseModel, Field

from services.contracts import limits
from services.contracts.base import Time
from services.contracts.imports import ImportFormat, ImportJob, ImportMode, ImportState
from services.contracts.ingest_api import ImportFile, ImportPlace
from services.gateway.requests import Body


class FilePlace(Body):
    """Where a file of labels lies."""

    datastore: str = Field(min_length=1, max_length=limits.NAME_CHARS)
    key: str = Field(min_length=1, max_length=limits.KEY_BYTES)

    def place(self) -> ImportPlace:
        """For ingest."""
        return ImportPlace(datastore=self.datastore, key=self.key)


class Columns(Body):
    """Columns of JSON Lines or CSV. Empty: `image_url` or `Url`, `label`, `label_confidence` or `LabelConfidence`."""

    image: str = Field(default="", max_length=limits.NAME_CHARS)
    category: str = Field(default="", max_length=limits.NAME_CHARS)
    confidence: str = Field(default="", max_length=limits.NAME_CHARS)


class NewImport(FilePlace):
    """A file of labels and what shall become of them. Without `format` it is what the file seems to be."""

    format: ImportFormat | None = None
    mode: ImportMode
    mapping: Columns | None = None


class ImportFileView(ImportFile):
    """A file of labels: what it seems to be, and the columns of CSV or of the first line of JSON Lines."""


class ProblemView(BaseModel):
    """One thing of the file that was not taken: its place, what the file calls the item, why."""

    row: str
    key: str
    code: str
    message: str


class ColumnsView(BaseModel):
    """Columns of JSON Lines or CSV."""

    image: str
    category: str
    confidence: str


class ImportView(BaseModel):
    """An import.

    `total` = `matched` + `unmatched` + `refused` + `empty` items once it is checked; `already_labeled` and `kept` are
    then those of `matched` that it would leave alone. `applied` + `already_labeled` + `kept` are those that were dealt
    with since it was agreed to. `problems` are the first 100; the report has all.
    """

    id: str
    project: str
    version: int
    format: ImportFormat
    mode: ImportMode
    state: ImportState
    datastore: str
    key: str
    name: str
    mapping: ColumnsView | None
    total: int
    matched: int
    unmatched: int
    refused: int
    empty: int
    left_out: int
    applied: int
    already_labeled: int
    kept: int
    problems: list[ProblemView]
    suppressed: int
    has_report: bool
    requested_by: str
    requested_at: Time
    checked_at: Time | None
    confirmed_by: str
    confirmed_at: Time | None
    finished_at: Time | None
    error: str

    @classmethod
    def of(cls, job: ImportJob) -> "ImportView":
        """Under our own field names."""
        return cls(has_report=bool(job.report_key), **job.model_dump(mode="json", exclude={"chunks", "report_key"}))
