"""Live hints: that something changed, never how."""

from typing import Annotated, Literal, TypeAlias

from pydantic import SkipValidation

from labelbus.models.base import Model

EventKind: TypeAlias = Annotated[
    Literal["open", "project", "progress", "export", "refresh", "dataset", "import"], SkipValidation
]


class Hint(Model):
    """What a hint is about."""

    project: str = ""
    id: str = ""
    version: int = 0


class Event(Hint):
    """Something changed: fetch it again. `id` and `version` are those of an export, a refresh, a data set or an import.

    `open`: hints come from now on. After a break it comes again, and what came meanwhile is told by no other hint.
    """

    kind: EventKind
