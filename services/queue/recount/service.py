"""Compares all counters with a recount, alarms on drift, and repairs it when told to, never by itself."""

from collections.abc import Sequence
from functools import partial

from services.kit import logs
from services.kit import metrics as kit_metrics
from services.kit.store import Store
from services.queue import metrics
from services.queue.projects.store import Projects
from services.queue.recount.models import Recount
from services.queue.recount.store import Recounts

_log = logs.get()
# A project of 500,000 items is counted in about two seconds; MongoDB keeps a snapshot for five minutes.
_DEADLINE_S = 600.0


class Recounter:
    """Counts projects, one after another."""

    def __init__(self, store: Store, projects: Projects) -> None:
        self._store = store
        self._projects = projects
        self._recounts = Recounts(store)

    async def step(self) -> bool:
        """One pass over all projects: what the periodic worker does."""
        await self.check(await self._projects.all(), repair=False)
        return False

    async def check(self, projects: Sequence[str], *, repair: bool) -> list[Recount]:
        """Recount projects; answers those that had drifted."""
        drifted = [recount for project in projects if (recount := await self._check(project, repair=repair)).drift()]
        metrics.DRIFT.set(sum(len(recount.drift()) for recount in drifted))
        return drifted

    async def _check(self, project: str, *, repair: bool) -> Recount:
        async def read() -> Recount:
            async with self._store.snapshot() as moment:
                return await self._recounts.read(moment, project)

        recount = await self._store.repeat(read, deadline_s=_DEADLINE_S)
        if recount.drift():
            if repair:
                await self._store.transact(partial(self._recounts.repair, recount))
            kit_metrics.ALARMS.labels("queue", "counters_drifted").inc()
            _log.error("counters_drifted", project=project, drift=recount.drift(), repaired=repair)
        return recount
