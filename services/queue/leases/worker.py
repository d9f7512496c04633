"""Ends leases: those that nobody extended, and those of projects that do not run."""

from collections.abc import Callable

from services.kit import clock
from services.queue import metrics
from services.queue.leases.store import LeaseStore
from services.queue.projects.store import Projects


class Sweeper:
    """One step puts all ended leases back into the queue. `now` gives epoch milliseconds."""

    def __init__(self, leases: LeaseStore, projects: Projects, now: Callable[[], int] = clock.now_ms) -> None:
        self._leases = leases
        self._projects = projects
        self._now = now

    async def expire(self) -> bool:
        """Leases whose time is over."""
        metrics.EXPIRED.inc(await self._leases.expire(self._now()))
        return False

    async def pause(self) -> bool:
        """Leases of projects that do not run: also those that were claimed in the moment of the pause."""
        projects = await self._projects.not_running()
        if projects:
            metrics.PAUSED.inc(await self._leases.pause(projects))
        return False
