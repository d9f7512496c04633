"""Asks for the refreshes of projects that are refreshed regularly: by time, and sooner after hints of the store."""

from typing import Final

from services.contracts.projects import Project, RunState
from services.contracts.refreshes import Refresh
from services.gateway.projects.progress import ProgressBoard
from services.gateway.projects.store import ProjectsStore
from services.gateway.refreshes.hints import HintsStore
from services.gateway.refreshes.pace import Hint, Pace
from services.gateway.refreshes.service import Refreshes
from services.gateway.refreshes.store import RefreshesStore
from services.kit import clock, logs
from services.kit.problems import Refused

_PAGE: Final = 100
_STATES: Final = (RunState.RUNNING, RunState.PAUSED)
_log = logs.get()


class RegularRefreshes:
    """A worker's step. Every process may run it: two that ask at once get one refresh."""

    def __init__(
        self,
        projects: ProjectsStore,
        refreshes: RefreshesStore,
        hints: HintsStore,
        service: Refreshes,
        board: ProgressBoard,
        pace: Pace,
    ) -> None:
        """Bind the stores and services."""
        self._projects, self._refreshes, self._hints = projects, refreshes, hints
        self._service, self._board, self._pace = service, board, pace

    async def step(self) -> bool:
        """Look at all projects that are refreshed regularly."""
        after = ""
        while projects := await self._projects.in_state(*_STATES, after=after, limit=_PAGE, regular=True):
            after = projects[-1].id
            newest = await self._refreshes.newest_of([project.id for project in projects])
            hints = await self._hints.of([project.id for project in projects])
            for project in projects:
                await self._look(project, newest.get(project.id), hints.get(project.id))
        return False

    async def _look(self, project: Project, newest: Refresh | None, hint: Hint | None) -> None:
        now = clock.now_ms()
        if newest is None or not self._pace.checks(newest):
            return
        hinted = hint is not None and self._pace.heeds(hint, now)
        if not hinted and not await self._due(project.id, newest, now):
            return
        try:
            refresh = await self._service.request(None, project.id)
        except Refused as refused:  # paused, deleted: it changed meanwhile
            _log.debug("refresh_waits", project=project.id, reason=str(refused))
            return
        if hint is not None:
            await self._hints.forget(project.id, hint)
        _log.info("refresh_by_itself", refresh=refresh.id, hinted=hinted)

    async def _due(self, project: str, newest: Refresh, now: int) -> bool:
        if not self._pace.may_be_due(newest, now):
            return False
        progress = (await self._board.snapshots([project])).get(project)
        return self._pace.due(newest, progress, now)
