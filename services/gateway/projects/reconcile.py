"""Moves projects on when the other services are ready: initializing to running or failed, deleting to deleted."""

from typing import Final

from pydantic import BaseModel

from services.contracts.exports import JobState
from services.contracts.projects import Project, RunState
from services.contracts.queue_api import Progress
from services.gateway.exports.store import ExportsStore
from services.gateway.projects.known import KnownProjects
from services.gateway.projects.service import successor
from services.gateway.projects.store import ProjectsStore
from services.gateway.refreshes.store import RefreshesStore
from services.kit import logs
from services.kit.client import InternalClient
from services.kit.problems import Refused
from services.kit.store import Session, Store

_PAGE: Final = 100
_log = logs.get()


class Purged(BaseModel):
    """Whether a service has removed everything of a deleted project."""

    purged: bool


class Reconcile:
    """A worker's step. Every process may run it: each write is guarded by the version that it was decided on."""

    def __init__(
        self,
        store: Store,
        projects: ProjectsStore,
        known: KnownProjects,
        refreshes: RefreshesStore,
        exports: ExportsStore,
        queue: InternalClient,
        ingest: InternalClient,
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._projects = projects
        self._known = known
        self._refreshes = refreshes
        self._exports = exports
        self._queue = queue
        self._ingest = ingest

    async def step(self) -> bool:
        """Look at all projects that wait for something. One that can't be asked about now never holds up the others."""
        after = ""
        while projects := await self._projects.in_state(
            RunState.INITIALIZING, RunState.DELETING, after=after, limit=_PAGE
        ):
            for project in projects:
                try:
                    await self._look(project)
                except Refused as refused:
                    expected = refused.retryable or refused.code == "project_unknown"
                    (_log.debug if expected else _log.warning)("project_waits", project=project.id, reason=str(refused))
            after = projects[-1].id
        return False

    async def _look(self, project: Project) -> None:
        if project.run_state is RunState.DELETING:
            if await self._purged(project.id):
                await self._write([successor(project, run_state=RunState.DELETED)])
            return
        newest = await self._refreshes.newest(project.id)
        if newest is not None and newest.state is JobState.FAILED:
            await self._write([successor(project, run_state=RunState.FAILED)])
        elif (await self._queue.get(f"/internal/projects/{project.id}/progress", Progress)).ready:
            created = successor(project, run_state=RunState.CREATED)
            await self._write([created, successor(created, run_state=RunState.RUNNING)])

    async def _purged(self, project: str) -> bool:
        if await self._exports.any_open(project):
            return False
        path = f"/internal/projects/{project}/purged"
        return (await self._queue.get(path, Purged)).purged and (await self._ingest.get(path, Purged)).purged

    async def _write(self, versions: list[Project]) -> None:
        async def write(session: Session) -> bool:
            return await self._projects.write(session, versions)

        if await self._store.transact(write):
            self._known.put(versions[-1])
            _log.info("project_moved", project=versions[-1].id, run_state=str(versions[-1].run_state))
