"""What is asked for a new project and what is answered about one."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.contracts import limits
from services.contracts.base import Time
from services.contracts.exports import ExportFormat, export_formats
from services.contracts.imports import ImportFormat, import_formats
from services.contracts.labels import Label
from services.contracts.projects import Project, RunState, TaskType
from services.contracts.queue_api import LabelerCount, Progress
from services.contracts.shapes import Shape
from services.gateway.members.permissions import Permission
from services.gateway.requests import Body, Title, plain_text
from services.gateway.sources.schemas import SourceBody, SourceView

DESCRIPTION_CHARS: Final = 10_000
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


def _link(value: str) -> str:
    if value and not _LINK.fullmatch(value):
        raise ValueError("must begin with http:// or https://")
    if value and not (value.isprintable() and _has_address(value)):
        raise ValueError("must be a whole address such as https://example.org/guide, its port at most 65535")
    return value


def _has_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that can't be
        return False


Color = Annotated[str, Shape(r"^(#[0-9A-Fa-f]{6})?$", "must be a colour such as #1f77b4, or empty")]
Description = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=DESCRIPTION_CHARS), AfterValidator(plain_text)
]
Link = Annotated[str, StringConstraints(strip_whitespace=True, max_length=limits.URL_CHARS), AfterValidator(_link)]


class NewLabel(Body):
    """A class.

    `parent` is the place (from 0) of the label above in the same list, or its names from the top joined by
    `/`.
    """

    name: Title
    parent: int | str | None = None
    color: Color = ""


class InstructionsBody(Body):
    """What labelers read first: a text, a link, both or neither."""

    text: Annotated[str, StringConstraints(max_length=limits.INSTRUCTION_CHARS), AfterValidator(plain_text)] = ""
    url: Link = ""


class NewProject(Body):
    """A project to be. Task type, labels and source can't be changed later.

    `allow_empty` is for boxes, polygons and masks: whether a picture may be submitted without any.
    `refresh_regularly`: look for new files by itself.
    """

    name: Title
    description: Description = ""
    task_type: TaskType
    labels: Annotated[list[NewLabel], Field(min_length=1, max_length=limits.LABELS)]
    instructions: InstructionsBody = InstructionsBody()
    source: SourceBody
    allow_empty: bool = False
    refresh_regularly: bool = False


class ProjectChange(Body):
    """What may change after creation. `version` is the one that was read: 409 when somebody else was faster."""

    version: Annotated[int, Field(ge=1, lt=2**31)]
    instructions: InstructionsBody | None = None
    description: Description | None = None
    allow_empty: bool | None = None
    refresh_regularly: bool | None = None


class InstructionsView(BaseModel):
    """What labelers read first."""

    text: str
    url: str


class LabelSetView(BaseModel):
    """Labels of which one (`multi` false) or several may be chosen."""

    id: str
    multi: bool
    labels: list[Label]


class ProjectView(BaseModel):
    """A project at a version, and what the caller may do in it."""

    id: str
    version: int
    name: str
    description: str
    task_type: TaskType
    label_sets: list[LabelSetView]
    instructions: InstructionsView
    source: SourceView
    run_state: RunState
    created_by: str
    created_at: Time
    updated_at: Time
    allow_empty: bool
    refresh_regularly: bool
    export_formats: list[ExportFormat]
    import_formats: list[ImportFormat]
    permissions: list[Permission]

    @classmethod
    def of(cls, project: Project, permissions: frozenset[Permission]) -> "ProjectView":
        """The project as this caller sees it."""
        formats = list(export_formats(project.task_type))
        taken = list(import_formats(project.task_type))
        return cls(
            permissions=sorted(permissions),
            export_formats=formats,
            import_formats=taken,
            **project.model_dump(mode="json"),
        )


class Counts(BaseModel):
    """How far a project is, in items."""

    total: int
    labeled: int
    skipped: int
    needs_review: int
    missing: int
    pending: int
    unreadable: int


class ProjectRow(BaseModel):
    """A line of the list. `progress` is null while queue does not answer."""

    id: str
    version: int
    name: str
    task_type: TaskType
    run_state: RunState
    progress: Counts | None
    created_at: Time
    permissions: list[Permission]


class ProjectList(BaseModel):
    """Projects, newest first.

    `cursor` is empty at the end; a page may be shorter than `limit` when a filter leaves much out.
    """

    items: list[ProjectRow]
    cursor: str = ""


class NamedLabelerCount(LabelerCount):
    """What one person did, with their name."""

    name: str


class ProgressView(Progress):
    """Counts of a project, with the names of its labelers and the end of its last refresh."""

    refreshed_at: Time | None = None
    labelers: list[NamedLabelerCount] = []  # type: ignore[assignment]  # a field of a model is never assigned after it was made
