"""Twin of `proto/labelbus/v1/exports.proto`: the life of an export."""

from services.contracts.base import Contract, Int64, ProtoEnum, Time
from services.contracts.projects import TaskType


class ExportFormat(ProtoEnum):
    """What is written.

    Two are COCO JSON: `coco_azure` with Azure's additions and zeros, `coco` as pycocotools wants it. `jsonl` is JSON
    Lines with an MLTable file beside it.
    """

    COCO_AZURE = "coco_azure"
    COCO = "coco"
    JSONL = "jsonl"


def export_formats(task_type: TaskType) -> tuple[ExportFormat, ...]:
    """What the labels of a project can be written as."""
    whole_image = task_type.media == "image" and task_type.regions is None
    return tuple(ExportFormat) if whole_image else (ExportFormat.JSONL,)


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
    there will be (exact at the end). `error` is one sentence for the owner.
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


class ExportEvent(Contract):
    """Base of the events of `labelbus.exports.v1`."""

    export: ExportJob


class ExportRequested(ExportEvent):
    """Somebody asked for an export."""


class ExportChanged(ExportEvent):
    """An export started or got further."""


class ExportFinished(ExportEvent):
    """An export succeeded, failed or was canceled; `state` says which."""
