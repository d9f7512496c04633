"""What export knows of a project: its own copy of the newest state on the topic."""

from typing import Final

from services.contracts.projects import Project, RunState

ENDED: Final = (RunState.DELETING, RunState.DELETED)
"""Such a project is not exported any more."""


def is_over(project: Project) -> bool:
    """Whether the project is deleted or being deleted."""
    return project.run_state in ENDED
