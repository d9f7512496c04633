"""Forgets a deleted project: its scans, objects, rows and previews. Objects of the data source are never touched."""

from collections.abc import Sequence

from services.contracts.exports import JobState
from services.ingest.imports.leftovers import ImportLeftovers
from services.ingest.media.previews import Previews
from services.ingest.objects.store import Objects
from services.ingest.scans import endings
from services.ingest.scans.models import Scan
from services.ingest.scans.store import Scans
from services.ingest.tables.chunks import Chunks
from services.ingest.tables.store import RowFiles
from services.kit import logs
from services.kit.jobs import DONE, Jobs
from services.kit.outbox import Entry
from services.kit.store import Session, Store

_log = logs.get()


class Purge:
    """Worker: one deleted project a step. Each of its parts may be done twice."""

    def __init__(
        self,
        store: Store,
        scans: Scans,
        objects: Objects,
        previews: Previews,
        files: RowFiles,
        chunks: Chunks,
        imports: ImportLeftovers,
    ) -> None:
        """All of one process."""
        self._purges = store["purges"]
        self._scans, self._objects, self._previews = scans, objects, previews
        self._files, self._chunks, self._imports = files, chunks, imports
        self.jobs = Jobs(self._purges)

    async def step(self) -> bool:
        """Purge one project."""
        job = await self.jobs.take()
        if job is None:
            return False
        project = job["_id"]
        while await self._scans.cancel(project, _canceled):
            await self.jobs.beat(job)
        async for _ in self._objects.purge(project):
            await self.jobs.beat(job)
        for kept in (self._previews, self._chunks, self._imports):
            async for _ in kept.purge(project):
                await self.jobs.beat(job)
        await self._files.purge(project)
        await self._scans.purge(project)
        await self.jobs.finish(job)
        _log.info("project_purged", project=project)
        return True

    async def is_done(self, project: str) -> bool:
        """Whether everything of the project is gone."""
        return await self._purges.find_one({"_id": project, "work": DONE}, {"_id": 1}) is not None


async def _canceled(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
    return endings.ended(scan, JobState.CANCELED)
