"""Obeys project events: a new project is scanned, a deleted one is forgotten."""

from collections.abc import Callable, Sequence

from services.contracts.projects import Project, RunState
from services.ingest.projects.store import Projects
from services.ingest.scans import events
from services.ingest.scans.models import first_scan
from services.ingest.scans.store import Scans
from services.kit.jobs import Jobs
from services.kit.outbox import Outbox
from services.kit.records import Record
from services.kit.store import Session, Store


class ProjectEvents:
    """Handler of `labelbus.projects.v1`. A record handled twice has no second effect: each version counts once."""

    def __init__(
        self, store: Store, outbox: Outbox, projects: Projects, scans: Scans, requested: Callable[[], None]
    ) -> None:
        """All of one process; `requested` is called when there may be a scan to do."""
        self._requested = requested
        self._store, self._outbox, self._projects, self._scans = store, outbox, projects, scans
        self._purges = store["purges"]

    async def handle(self, records: Sequence[Record]) -> None:
        """In their order; tombstones need nothing, since deleting came before."""
        for record in records:
            if isinstance(record.event, Project):
                await self._obey(record.event)
        self._requested()

    async def _obey(self, project: Project) -> None:
        async def body(session: Session) -> None:
            if not await self._projects.put(session, project):
                return
            if project.run_state is RunState.INITIALIZING and not await self._scans.has_any(session, project.id):
                scan = first_scan(project.id, project.created_by, project.created_at)
                await self._scans.add(scan, session)
                await self._outbox.add(session, [events.requested(scan)])
            if project.run_state in (RunState.DELETING, RunState.DELETED):
                await self._remember_to_purge(session, project.id)

        await self._store.transact(body)

    async def _remember_to_purge(self, session: Session, project: str) -> None:
        if await self._purges.find_one({"_id": project}, {"_id": 1}, session=session) is None:
            await self._purges.insert_one({"_id": project, **Jobs.fields()}, session=session)
