"""What export knows of a project: its own copy of the newest state on the topic, and the classes of its files."""

from typing import Final, NamedTuple

from services.contracts.projects import Project, RunState

ENDED: Final = (RunState.DELETING, RunState.DELETED)
"""Such a project is not exported any more."""


def is_over(project: Project) -> bool:
    """Whether the project is deleted or being deleted."""
    return project.run_state in ENDED


class Category(NamedTuple):
    """A class of the project. `id` counts from 1 in the order of the project; `name` is the path from the top."""

    id: int
    label: str
    name: str
    color: str = ""


def categories(project: Project) -> list[Category]:
    """All labels of a project, retired ones too: earlier answers hold them."""
    labels = [label for group in project.label_sets for label in group.labels]
    by_id = {label.id: label for label in labels}

    def path(label: str) -> str:
        above = by_id[label].parent
        return f"{path(above)}/{by_id[label].name}" if above else by_id[label].name

    return [Category(number, label.id, path(label.id), label.color) for number, label in enumerate(labels, 1)]
