"""Exports: what is asked for, what became of it."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import SkipValidation

from labelbus.models.base import Given, JobState, Model, Shared

ExportFormat: TypeAlias = Annotated[
    Literal["coco_azure", "coco", "jsonl", "csv", "conll", "yolo", "voc", "huggingface"], SkipValidation
]


class ExportFilter(Shared):
    """Which labeled items to write: those that all fields admit.

    `labels` and `labelers` are ids, one of which an item needs. `labeled_from` is included, `labeled_to` is not.
    """

    labels: list[str] = []
    labelers: list[str] = []
    approved: bool | None = None
    labeled_from: datetime | None = None
    labeled_to: datetime | None = None


class NewExport(Given):
    """What to write."""

    format: ExportFormat
    filter: ExportFilter = ExportFilter()
    since_export: str = ""
    images: bool = False
    as_stored: bool = False
    escape_formulas: bool = False


class Export(Model):
    """An export: the labels as they stood at `requested_at`. `rows` of about `total` are written.

    `removed` items were in `since_export` and no longer belong to it: the manifest names them.
    """

    id: str
    project: str
    version: int
    format: ExportFormat
    state: JobState
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    rows: int
    total: int
    bucket: str
    key: str
    size: int
    sha256: str
    error: str
    filter: ExportFilter
    since_export: str
    since: datetime | None
    images: bool
    as_stored: bool
    escape_formulas: bool
    manifest_key: str
    files: int
    removed: int = 0


class ExportDetails(Export):
    """An export, the name that its file is downloaded under, and code that reads it."""

    file_name: str
    sample: str
