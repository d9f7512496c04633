"""Refreshes: asked for here, done by ingest, shown with the status messages of the project."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.contracts.exports import JobState
from services.contracts.projects import Project, RunState
from services.contracts.refreshes import Refresh, RefreshEvent
from services.gateway.audit.service import Audit
from services.gateway.projects.known import KnownProjects, unknown
from services.gateway.projects.service import successor
from services.gateway.projects.store import ProjectsStore
from services.gateway.refreshes.schemas import MessageView
from services.gateway.refreshes.store import RefreshesStore
from services.gateway.sessions.identity import Identity
from services.kit import clock
from services.kit.problems import Refused
from services.kit.records import Record
from services.kit.store import Session, Store

_MOST: Final = 100
_OPEN: Final = {JobState.REQUESTED, JobState.RUNNING}


class Refreshes:
    """Requests and views of refreshes. One at a time a project."""

    def __init__(
        self, store: Store, refreshes: RefreshesStore, projects: ProjectsStore, known: KnownProjects, audit: Audit
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._refreshes = refreshes
        self._projects = projects
        self._known = known
        self._audit = audit

    async def request(self, who: Identity | None, project_id: str) -> Refresh:
        """Ask for the next scan; while one is under way, answer that one. A failed project initializes again.

        `who` None: nobody asks, it is time for it.
        """

        async def write(session: Session) -> tuple[Refresh, Project]:
            project = await self._projects.get(project_id, session)
            if project is None or project.run_state is RunState.DELETED:
                raise unknown()
            newest = await self._refreshes.newest(project_id, session)
            if newest is not None and newest.state in _OPEN:
                return newest, project
            if newest is None or project.run_state in {RunState.INITIALIZING, RunState.DELETING}:
                raise Refused(409, "wrong_state", f"The project is {project.run_state}; it can't be refreshed now.")
            refresh = _next(who, newest)
            await self._refreshes.insert(session, refresh)
            if project.run_state is RunState.FAILED:
                project = successor(project, run_state=RunState.INITIALIZING)
                await self._projects.write(session, [project])
            if who is not None:
                await self._audit.record(session, who, "refresh.requested", target=refresh.id, project=project_id)
            return refresh, project

        refresh, project = await self._store.transact(write)
        self._known.put(project)
        return refresh

    async def of_project(self, project: str) -> list[Refresh]:
        """The newest 100, newest first."""
        await self._known.get(project)
        return await self._refreshes.of_project(project, _MOST)

    async def last_at(self, project: str) -> datetime | None:
        """When the last refresh that is over ended."""
        last = await self._refreshes.last_ended(project)
        return last.finished_at if last else None

    async def messages(self, project: str) -> list[MessageView]:
        """Messages of all refreshes, newest first."""
        return [
            MessageView(**message.model_dump(mode="json"), scan=refresh.scan)
            for refresh in await self.of_project(project)
            for message in refresh.messages
        ]

    async def learn(self, records: Sequence[Record]) -> None:
        """Handler of the topic."""
        events = [record.event for record in records]
        await self._refreshes.put([event.refresh for event in events if isinstance(event, RefreshEvent)])


def _next(who: Identity | None, newest: Refresh) -> Refresh:
    scan = newest.scan + 1
    return Refresh(
        id=f"{newest.project}-{scan}",
        project=newest.project,
        scan=scan,
        version=1,
        state=JobState.REQUESTED,
        requested_by=who.person if who else "",
        requested_at=clock.now(),
    )
