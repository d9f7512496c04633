"""Project states from the compacted topic `labelbus.projects.v1`."""

from collections.abc import Sequence

from services.contracts.projects import Project
from services.export.projects.store import Projects
from services.kit.records import Record


class ProjectEvents:
    """Handler of the topic."""

    def __init__(self, projects: Projects) -> None:
        """`projects` takes what is newer."""
        self._projects = projects

    async def handle(self, records: Sequence[Record]) -> None:
        """Take the newest state of each project. A null says nothing: a deleted project keeps its last state."""
        newest: dict[str, Project] = {}
        for record in records:
            project = record.event
            if isinstance(project, Project) and (
                project.id not in newest or newest[project.id].version < project.version
            ):
                newest[project.id] = project
        for project in newest.values():
            await self._projects.apply(project)
