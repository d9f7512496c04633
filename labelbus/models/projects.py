"""Projects: what is asked for a new one, what is answered about one, how far it is."""

from datetime import datetime

from labelbus.models.base import Given, Model, RunState, Shared, TaskType
from labelbus.models.exports import ExportFormat
from labelbus.models.imports import ImportFormat
from labelbus.models.items import Answer
from labelbus.models.sources import Source


class Label(Model):
    """A class. `id` never changes; `parent` is the id of the label above, empty at the top."""

    id: str
    name: str
    parent: str = ""
    color: str = ""
    retired: bool = False


class LabelSet(Model):
    """Labels of which one (`multi` false) or several may be chosen."""

    id: str
    multi: bool
    labels: list[Label]


class Instructions(Shared):
    """What labelers read first: a text, a link, both or neither."""

    text: str = ""
    url: str = ""


class Project(Model):
    """A project at a version, and what you may do in it."""

    id: str
    version: int
    name: str
    description: str
    task_type: TaskType
    label_sets: list[LabelSet]
    instructions: Instructions
    source: Source
    run_state: RunState
    created_by: str
    created_at: datetime
    updated_at: datetime
    allow_empty: bool
    refresh_regularly: bool = False
    export_formats: list[ExportFormat]
    import_formats: list[ImportFormat]
    permissions: list[str]

    def label(self, name: str) -> Label:
        """The first label of this name. Raises KeyError."""
        for group in self.label_sets:
            for label in group.labels:
                if label.name == name:
                    return label
        raise KeyError(name)

    def answer(self, *names: str) -> Answer:
        """What is said of an item to give it these labels. Raises KeyError."""
        return Answer(set=self.label_sets[0].id, labels=[self.label(name).id for name in names])


class Counts(Model):
    """How far a project is, in items."""

    total: int
    labeled: int
    skipped: int
    needs_review: int
    missing: int
    pending: int
    unreadable: int


class ProjectRow(Model):
    """A line of the list. `progress` is None while the queue does not answer."""

    id: str
    version: int
    name: str
    task_type: TaskType
    run_state: RunState
    progress: Counts | None
    created_at: datetime
    permissions: list[str]


class NewLabel(Given):
    """A class. `parent`: the place (from 0) of the label above in the list, or its path of names, joined by `/`."""

    name: str
    parent: int | str | None = None
    color: str = ""


class NewProject(Given):
    """A project to be."""

    name: str
    description: str = ""
    task_type: TaskType
    labels: list[NewLabel]
    instructions: Instructions = Instructions()
    source: Source
    allow_empty: bool = False
    refresh_regularly: bool = False


class ProjectChange(Given):
    """What is to change; what is not set stays."""

    version: int
    instructions: Instructions | None = None
    description: str | None = None
    allow_empty: bool | None = None
    refresh_regularly: bool | None = None


class LabelCount(Model):
    """Items that carry a label, and labels applied (each region counts one)."""

    set: str
    label: str
    items: int
    regions: int = 0


class LabelerCount(Model):
    """What one person did: the current labels and skips that are theirs."""

    user: str
    name: str
    labeled: int
    skipped: int


class Progress(Model):
    """Counts of a project. `queued` is by kind: "0" prelabeled, "1" clustered, "2" manual."""

    ready: bool
    total: int
    labeled: int = 0
    skipped: int = 0
    needs_review: int = 0
    missing: int = 0
    pending: int = 0
    unreadable: int = 0
    leased: int = 0
    queued: dict[str, int] = {}
    labels: list[LabelCount] = []
    labelers: list[LabelerCount] = []
    last_change: int = 0
    refreshed_at: datetime | None = None
