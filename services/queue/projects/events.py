"""Project states from the compacted topic `labelbus.projects.v1`."""

from collections.abc import Sequence

from services.contracts.projects import Project, RunState
from services.kit.records import Record
from services.queue.leases.store import LeaseStore
from services.queue.projects.store import Projects


class ProjectEvents:
    """Handler of the topic."""

    def __init__(self, projects: Projects, leases: LeaseStore) -> None:
        self._projects = projects
        self._leases = leases

    async def handle(self, records: Sequence[Record]) -> None:
        """Take the newest state of each project.

        A null says nothing: a deleted project keeps its last state for ever.
        """
        newest: dict[str, Project] = {}
        for record in records:
            project = record.event
            if isinstance(project, Project) and _is_newer(project, newest.get(project.id)):
                newest[project.id] = project
        for project in newest.values():
            if await self._projects.apply(project) and project.run_state is not RunState.RUNNING:
                await self._leases.pause([project.id])


def _is_newer(project: Project, known: Project | None) -> bool:
    return known is None or project.version > known.version
