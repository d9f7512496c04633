"""Imports of labels: what is asked for, what was found, what became of it."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import SkipValidation

from labelbus.models.base import Given, Model
from labelbus.models.sources import ColumnMapping

ImportFormat: TypeAlias = Annotated[
    Literal["coco", "jsonl", "csv", "yolo", "voc", "cvat", "label_studio", "conll"], SkipValidation
]
ImportMode: TypeAlias = Annotated[Literal["prelabels", "labels"], SkipValidation]
ImportState: TypeAlias = Annotated[
    Literal["requested", "checking", "counting", "checked", "applying", "succeeded", "failed", "canceled"],
    SkipValidation,
]


class ImportFile(Model):
    """A file of labels: where it lies, what it seems to be, the columns of the first line of JSON Lines."""

    datastore: str
    key: str
    name: str
    size: int
    format: ImportFormat | None
    columns: list[str] = []


class FilePlace(Given):
    """Where a file of labels lies."""

    datastore: str
    key: str


class NewImport(FilePlace):
    """A file of labels and what shall become of them."""

    format: ImportFormat | None = None
    mode: ImportMode
    mapping: ColumnMapping | None = None


class ImportProblem(Model):
    """One thing of the file that was not taken: its place, what the file calls the item, why."""

    row: str
    key: str
    code: str
    message: str


class Import(Model):
    """An import. `total` = `matched` + `unmatched` + `refused` + `empty` items once it is checked.

    `applied` + `already_labeled` + `kept` are those that were dealt with since it was agreed to. `problems` are the
    first 100; the report has all.
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
    mapping: ColumnMapping | None
    total: int
    matched: int
    unmatched: int
    refused: int
    empty: int
    left_out: int
    applied: int
    already_labeled: int
    kept: int
    problems: list[ImportProblem]
    suppressed: int
    has_report: bool
    requested_by: str
    requested_at: datetime
    checked_at: datetime | None
    confirmed_by: str
    confirmed_at: datetime | None
    finished_at: datetime | None
    error: str
