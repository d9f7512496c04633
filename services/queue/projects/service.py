"""Who may work on a project now. It must never refuse for good what is only late."""

import asyncio
from collections.abc import Awaitable, Callable

from services.contracts.ids import PROJECT_PATTERN
from services.contracts.projects import Project, RunState
from services.contracts.queue_api import Caller
from services.kit.problems import Refused
from services.queue.projects.store import Projects

WAIT_S = 1.0
_LOOK_S = 0.02


class Gate:
    """Compares what the caller knows of a project with what has arrived here."""

    def __init__(self, projects: Projects, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._projects = projects
        self._sleep = sleep

    async def running(self, caller: Caller) -> Project:
        """The project, if it runs. Waits up to a second for the version that the caller has seen."""
        if caller.project_version < 1 or not PROJECT_PATTERN.match(caller.project):
            raise unknown(caller.project)
        project = await self._projects.find(caller.project)
        if _is_behind(project, caller) and caller.run_state is not RunState.RUNNING:
            # The caller knows better: a pause holds from the moment it was made, not from when we hear of it.
            raise _refused(caller.run_state)
        project = await self._caught_up(project, caller)
        if project.run_state is RunState.DELETED:
            raise unknown(caller.project)
        if project.run_state is not RunState.RUNNING:
            raise _refused(project.run_state)
        return project

    async def known(self, project: str) -> Project:
        """The project, whatever its run state."""
        found = await self._projects.find(project)
        if found is None or found.run_state is RunState.DELETED:
            raise unknown(project)
        return found

    async def _caught_up(self, project: Project | None, caller: Caller) -> Project:
        deadline = asyncio.get_running_loop().time() + WAIT_S
        while project is None or project.version < caller.project_version:
            if asyncio.get_running_loop().time() >= deadline:
                raise Refused(503, "project_behind", "The queue has not heard of this change yet.", retryable=True)
            await self._sleep(_LOOK_S)
            project = await self._projects.find(caller.project)
        return project


def unknown(project: str) -> Refused:
    """There is no such project."""
    return Refused(404, "project_unknown", f"There is no project {project!r}.")


def _is_behind(project: Project | None, caller: Caller) -> bool:
    return project is None or project.version < caller.project_version


def _refused(state: RunState) -> Refused:
    if state is RunState.PAUSED:
        return Refused(
            409, "project_paused", "The project is paused. Drafts can be submitted after it was started again."
        )
    return Refused(409, "project_not_running", f"The project is not running: it is {state}.")
