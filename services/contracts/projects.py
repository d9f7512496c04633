"""Twin of `proto/labelbus/v1/projects.proto`: the full state of a project at a version."""

from typing import Final, Literal, TypeAlias

from services.contracts.base import Contract, ProtoEnum, Time
from services.contracts.labels import LabelSet, Shape

MediaKind: TypeAlias = Literal["image", "text"]


class TaskType(ProtoEnum):
    """What labelers do with an item. Fixed at creation."""

    IMAGE_MULTI_CLASS = "image_multi_class"
    IMAGE_MULTI_LABEL = "image_multi_label"
    IMAGE_BOX = "image_box"
    IMAGE_POLYGON = "image_polygon"
    IMAGE_MASK = "image_mask"
    TEXT_MULTI_CLASS = "text_multi_class"
    TEXT_MULTI_LABEL = "text_multi_label"
    TEXT_ENTITIES = "text_entities"

    @property
    def media(self) -> MediaKind:
        """What its items are."""
        return "text" if self.value.startswith("text_") else "image"

    @property
    def regions(self) -> Shape | None:
        """The shape of its regions; None where the whole item is labeled."""
        return _SHAPES.get(self)

    @property
    def multi(self) -> bool:
        """Whether several labels may be chosen for the whole item."""
        return self in (TaskType.IMAGE_MULTI_LABEL, TaskType.TEXT_MULTI_LABEL)


_SHAPES: Final = {
    TaskType.IMAGE_BOX: Shape.BOX,
    TaskType.IMAGE_POLYGON: Shape.POLYGON,
    TaskType.IMAGE_MASK: Shape.MASK,
    TaskType.TEXT_ENTITIES: Shape.SPAN,
}


class RunState(ProtoEnum):
    """Initializing -> created -> running <-> paused; then deleting -> deleted.

    Items are handed out only while running.
    """

    INITIALIZING = "initializing"
    CREATED = "created"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    DELETING = "deleting"
    DELETED = "deleted"


class Instructions(Contract):
    """What labelers read first: a text, a link, both or neither."""

    text: str = ""
    url: str = ""


class SourceKind(ProtoEnum):
    """What the objects of a data source are: items, tables of items, or manifests that name the objects of items."""

    FILES = "files"
    TABLE = "table"
    MANIFEST = "manifest"


class TableSettings(Contract):
    """How a table is read: an empty `delimiter` or `encoding` is detected, empty `columns` show all."""

    delimiter: str = ""
    encoding: str = ""
    header: bool = False
    columns: list[str] = []


class ColumnMapping(Contract):
    """Which column of a manifest holds what; empty for what it lacks."""

    image: str = ""
    category: str = ""
    confidence: str = ""


class DataSource(Contract):
    """Where items come from: objects of `datastore` under `prefix` whose rest matches `pattern`.

    `pattern` is `**` (with all subfolders), `*` (this folder only) or a glob such as `**/*.png`. With a `dataset` all
    else is that of its `dataset_version`, whatever later versions say; only `table` and `mapping` may be the project's.
    """

    datastore: str
    prefix: str = ""
    pattern: str = "**"
    dataset: str = ""
    dataset_version: int = 0
    kind: SourceKind = SourceKind.FILES
    table: TableSettings | None = None
    mapping: ColumnMapping | None = None


class Project(Contract):
    """Full state of a project at a version."""

    id: str
    version: int
    name: str
    description: str = ""
    task_type: TaskType
    label_sets: list[LabelSet] = []
    instructions: Instructions = Instructions()
    source: DataSource
    run_state: RunState
    created_by: str = ""
    created_at: Time
    updated_at: Time
    allow_empty: bool = False
    refresh_regularly: bool = False
