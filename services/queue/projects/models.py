"""What queue knows of a project: its own copy of the newest state on the topic."""

from typing import Final

from services.contracts.projects import Project, RunState
from services.kit.store import Document

ENDED: Final = (RunState.DELETING, RunState.DELETED)
"""Nothing may be added to such a project any more."""


def document(project: Project) -> Document:
    """The document of `projects`."""
    return {"_id": project.id, **project.model_dump(mode="json")}
