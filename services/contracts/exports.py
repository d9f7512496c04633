"""Twin of `proto/labelbus/v1/exports.proto`: the life of an export."""

from typing import Final

from services.contracts.base import Contract, Int64, ProtoEnum, Time
from services.contracts.projects import TaskType


class ExportFormat(ProtoEnum):
    """What is written.

    Two are COCO JSON: `coco_azure` with Azure's additions and zeros, `coco` as pycocotools wants it. `jsonl` is JSON
    Lines with an MLTable file beside it. `yolo`, `voc` and `huggingface` are zips of many files.
    """

    COCO_AZURE = "coco_azure"
    COCO = "coco"
    JSONL = "jsonl"
    CSV = "csv"
    CONLL = "conll"
    YOLO = "yolo"
    VOC = "voc"
    HUGGINGFACE = "huggingface"


_WHOLE: Final = (ExportFormat.JSONL, ExportFormat.CSV, ExportFormat.HUGGINGFACE)
_COCO: Final = (ExportFormat.COCO_AZURE, ExportFormat.COCO)
_FORMATS: Final = {
    TaskType.IMAGE_MULTI_CLASS: (*_COCO, *_WHOLE),
    TaskType.IMAGE_MULTI_LABEL: (*_COCO, *_WHOLE),
    TaskType.IMAGE_BOX: (*_COCO, *_WHOLE, ExportFormat.YOLO, ExportFormat.VOC),
    TaskType.IMAGE_POLYGON: (*_COCO, *_WHOLE, ExportFormat.YOLO),
    TaskType.IMAGE_MASK: (ExportFormat.JSONL, ExportFormat.COCO, ExportFormat.VOC, ExportFormat.HUGGINGFACE),
    TaskType.TEXT_MULTI_CLASS: _WHOLE,
    TaskType.TEXT_MULTI_LABEL: _WHOLE,
    TaskType.TEXT_ENTITIES: (ExportFormat.JSONL, ExportFormat.CONLL, ExportFormat.HUGGINGFACE),
}


def export_formats(task_type: TaskType) -> tuple[ExportFormat, ...]:
    """What the labels of a project can be written as."""
    return _FORMATS[task_type]


class ExportFilter(Contract):
    """Which labeled items are exported: those that all fields admit. What is not set admits all.

    `labels` are label ids, of which an item needs one; `labelers` are people. Labeled at `labeled_from` or later, and
    before `labeled_to`.
    """

    labels: list[str] = []
    labelers: list[str] = []
    approved: bool | None = None
    labeled_from: Time | None = None
    labeled_to: Time | None = None


class JobState(ProtoEnum):
    """State of long work."""

    REQUESTED = "requested"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


class ExportJob(Contract):
    """Full state of an export at a version.

    Versions start at 1 (requested, by the gateway); export owns all later ones.

    The file is a point in time: the labels as they stood at `requested_at`. `rows` counts the labeled items written,
    `total` about how many
    there will be (exact at the end). `error` is one sentence for the owner. `since` is when `since_export` was
    requested. `images`: the pictures are in the file, a zip. `as_stored`: coordinates of the picture as it is stored,
    not upright. `files` counts what was written, those in a zip each, without the manifest. `removed` counts items that
    were in `since_export` and no longer belong to it.
    """

    id: str
    project: str
    version: int
    format: ExportFormat
    state: JobState
    requested_by: str = ""
    requested_at: Time
    started_at: Time | None = None
    finished_at: Time | None = None
    rows: int = 0
    total: int = 0
    bucket: str = ""
    key: str = ""
    size: Int64 = 0
    sha256: str = ""
    error: str = ""
    filter: ExportFilter = ExportFilter()
    since_export: str = ""
    since: Time | None = None
    images: bool = False
    as_stored: bool = False
    escape_formulas: bool = False
    manifest_key: str = ""
    files: int = 0
    removed: int = 0


class ExportEvent(Contract):
    """Base of the events of `labelbus.exports.v1`."""

    export: ExportJob


class ExportRequested(ExportEvent):
    """Somebody asked for an export."""


class ExportChanged(ExportEvent):
    """An export started or got further."""


class ExportFinished(ExportEvent):
    """An export succeeded, failed or was canceled; `state` says which."""
