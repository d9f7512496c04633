"""Twin of `proto/labelbus/v1/imports.proto`: the life of an import of labels."""

from typing import Final

from services.contracts.base import Contract, ProtoEnum, Time
from services.contracts.projects import ColumnMapping, TaskType


class ImportFormat(ProtoEnum):
    """What the file is. COCO in any of its forms; `jsonl` is JSON Lines or an MLTable file that names them.

    `csv` is delimited text of any kind, with a header.
    """

    COCO = "coco"
    JSONL = "jsonl"
    YOLO = "yolo"
    VOC = "voc"
    CVAT = "cvat"
    LABEL_STUDIO = "label_studio"
    CONLL = "conll"
    CSV = "csv"


class ImportMode(ProtoEnum):
    """What becomes of the labels: suggestions that labelers check, or final labels of items that have none."""

    PRELABELS = "prelabels"
    LABELS = "labels"


class ImportState(ProtoEnum):
    """Requested -> checking -> counting -> checked -> (a person agrees) -> applying -> succeeded.

    Or failed, or canceled. An import without a match is not counted.
    """

    REQUESTED = "requested"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    COUNTING = "counting"


ENDED: Final = (ImportState.SUCCEEDED, ImportState.FAILED, ImportState.CANCELED)
"""States that nothing follows."""


class ImportProblem(Contract):
    """One thing of the file that was not taken. `row` is its place in the file, `code` is stable."""

    row: str = ""
    key: str = ""
    code: str
    message: str


class ImportJob(Contract):
    """Full state of an import at a version.

    The gateway writes version 1, and the one that agrees to the report or cancels a checked import. Ingest owns those
    up to `counting`, queue those behind it up to `checked`, and all after `applying`.

    `mapping` names columns of JSON Lines and CSV other than `image_url`, `label` and `label_confidence`, or what stands
    for them.
    `total` = `matched` + `unmatched` + `refused` + `empty`, in items that the file names; lines and entries that can't
    be read at all are `refused` too. `left_out` counts single
    labels and regions of items that were taken. `matched` = `applied` + `already_labeled` + `kept` at the end; in a
    checked one the last two tell what it would have left alone when that was counted.
    """

    id: str
    project: str
    version: int
    format: ImportFormat
    mode: ImportMode
    state: ImportState
    datastore: str
    key: str
    name: str = ""
    mapping: ColumnMapping | None = None
    total: int = 0
    matched: int = 0
    unmatched: int = 0
    refused: int = 0
    empty: int = 0
    left_out: int = 0
    applied: int = 0
    already_labeled: int = 0
    kept: int = 0
    chunks: int = 0
    report_key: str = ""
    problems: list[ImportProblem] = []
    suppressed: int = 0
    requested_by: str = ""
    requested_at: Time
    checked_at: Time | None = None
    confirmed_by: str = ""
    confirmed_at: Time | None = None
    finished_at: Time | None = None
    error: str = ""


class ImportEvent(Contract):
    """Base of the events of `labelbus.imports.v1`."""

    job: ImportJob


class ImportRequested(ImportEvent):
    """Somebody asked for an import."""


class ImportChanged(ImportEvent):
    """An import got further."""


class ImportConfirmed(ImportEvent):
    """Somebody agreed to the report: the labels may be written."""


class ImportFinished(ImportEvent):
    """An import succeeded, failed or was canceled; `state` says which."""


def import_formats(task_type: TaskType) -> tuple[ImportFormat, ...]:
    """What may hold labels of a kind of project."""
    if task_type is TaskType.TEXT_ENTITIES:
        return ImportFormat.JSONL, ImportFormat.LABEL_STUDIO, ImportFormat.CONLL
    if task_type.media == "text":
        return ImportFormat.JSONL, ImportFormat.CSV, ImportFormat.LABEL_STUDIO
    general = (ImportFormat.COCO, ImportFormat.JSONL, ImportFormat.CVAT, ImportFormat.LABEL_STUDIO)
    if task_type is TaskType.IMAGE_MASK:
        return *general, ImportFormat.YOLO, ImportFormat.VOC
    if task_type is TaskType.IMAGE_BOX:
        return *general, ImportFormat.CSV, ImportFormat.YOLO, ImportFormat.VOC
    if task_type is TaskType.IMAGE_POLYGON:
        return *general, ImportFormat.CSV, ImportFormat.YOLO
    return *general, ImportFormat.CSV
