"""Twin of `proto/labelbus/v1/projects.proto`: the full state of a project at a version."""

from services.contracts.base import Contract, ProtoEnum, Time
from services.contracts.labels import LabelSet


class TaskType(ProtoEnum):
    """What labelers do with an item. Fixed at creation."""

    IMAGE_MULTI_CLASS = "image_multi_class"
    IMAGE_MULTI_LABEL = "image_multi_label"


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


class DataSource(Contract):
    """Where items come from: objects of `datastore` under `prefix` whose rest matches `pattern`.

    `pattern` is `**` (with all subfolders), `*` (this folder only) or a glob such as `**/*.png`.
    """

    datastore: str
    prefix: str = ""
    pattern: str = "**"


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
