"""From a job to what writes it: which format, and what its manifest says. The one place that knows all formats."""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from services.contracts.exports import ExportFormat, ExportJob
from services.contracts.labels import Shape
from services.contracts.projects import Project
from services.export.coco.models import Coco
from services.export.conll.models import Conll
from services.export.csv.models import Csv
from services.export.files.upload import Place
from services.export.files.writer import Options
from services.export.huggingface.models import HuggingFace
from services.export.items.loading import Needs
from services.export.jsonl.models import Rows
from services.export.projects.models import Category
from services.export.sheets.models import Sheet, place
from services.export.voc.models import Voc
from services.export.yolo.models import Yolo
from services.kit import clock


class Order(NamedTuple):
    """What is to be made. `columns` are those of the tables of the project."""

    job: ExportJob
    project: Project
    classes: Sequence[Category]
    columns: Sequence[str]
    place: Place

    @property
    def shape(self) -> Shape | None:
        """Shape of the regions."""
        return self.project.task_type.regions

    @property
    def is_zip(self) -> bool:
        """Whether there are so many files that they are in a zip."""
        return is_zip(self.job)


def _coco(order: Order) -> Sheet:
    return Coco(order.job.format, order.shape, order.classes, order.project.name, clock.to_ms(order.job.requested_at))


def _jsonl(order: Order) -> Sheet:
    folder = place(order.place.bucket, f"{order.place.key.rpartition('/')[0]}/")
    return Rows(order.project.task_type, order.classes, "" if order.is_zip else folder)


def _csv(order: Order) -> Sheet:
    return Csv(order.project.task_type, order.classes, order.columns, escape=order.job.escape_formulas)


_SHEETS: Final[dict[ExportFormat, Callable[[Order], Sheet]]] = {
    ExportFormat.COCO_AZURE: _coco,
    ExportFormat.COCO: _coco,
    ExportFormat.JSONL: _jsonl,
    ExportFormat.CSV: _csv,
    ExportFormat.CONLL: lambda order: Conll(order.classes),
    ExportFormat.YOLO: lambda order: Yolo(order.shape, order.classes),
    ExportFormat.VOC: lambda order: Voc(order.shape, order.classes),
    ExportFormat.HUGGINGFACE: lambda order: HuggingFace(
        order.project.task_type, order.classes, images=order.job.images
    ),
}


def sheet(order: Order) -> Sheet:
    """The format."""
    return _SHEETS[order.job.format](order)


def needs(project: Project, job: ExportJob) -> Needs:
    """What has to be read of items. Read before there is an order: columns belong to it."""
    text = project.task_type.media == "text"
    return Needs(
        regions=project.task_type.regions is not None,
        text=text and job.format in (ExportFormat.CONLL, ExportFormat.HUGGINGFACE),
        cells=text and job.format is ExportFormat.CSV,
        pixels=project.task_type.regions is Shape.MASK,
        images=job.images,
    )


def options(order: Order) -> Options:
    """How the file is written."""
    images = order.project.task_type.media == "image"
    return Options(
        shape=order.shape,
        images=order.job.images,
        as_stored=order.job.as_stored,
        named=order.is_zip and images,
        listed=_is_listed(order),
        since=order.job.since is not None,
        at=order.job.requested_at,
        about=about(order),
    )


def _is_listed(order: Order) -> bool:
    """Whether the file does not say which object a row, a text or a name is from."""
    rows_of_tables = order.job.format is ExportFormat.CSV and bool(order.columns)
    return order.is_zip or rows_of_tables or order.job.format is ExportFormat.CONLL


def about(order: Order) -> dict[str, Any]:
    """What the manifest begins with."""
    job = order.job
    return {
        "export": job.id,
        "project": job.project,
        "project_name": order.project.name,
        "format": job.format.value,
        "labels_as_of": job.requested_at.isoformat(),
        "filter": job.filter.model_dump(mode="json", exclude_defaults=True),
        "since_export": job.since_export,
        "images": job.images,
        "orientation": "stored" if job.as_stored else "upright",
        "classes": [{"id": category.id, "name": category.name} for category in order.classes],
    }


def is_zip(job: ExportJob) -> bool:
    """As Order says it."""
    return job.images or job.format in (ExportFormat.YOLO, ExportFormat.VOC, ExportFormat.HUGGINGFACE)
