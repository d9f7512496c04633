"""One try at one check: from a file to chunks of normalised labels and a report. Writes to no item."""

import asyncio
import contextlib
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple

from services.contracts.imports import ImportState
from services.contracts.projects import Project
from services.ingest.imports.checking import Bench, Check
from services.ingest.imports.chunks import Chunks
from services.ingest.imports.models import Ended, report_key
from services.ingest.imports.readers.marks import Unreadable
from services.ingest.imports.reading import download, fill
from services.ingest.imports.report import Report
from services.ingest.imports.spool import Spool, Stopped
from services.ingest.imports.store import Imports, read
from services.ingest.manifests.homes import Homes
from services.ingest.objects.store import Objects
from services.ingest.projects.store import Projects
from services.ingest.scans.store import Scans
from services.kit import clock
from services.kit.blobs import BlobDenied, BlobRefused, Blobs, BucketMissing
from services.kit.errors import Infrastructure
from services.kit.jobs import JobLost
from services.kit.store import Document

_PROGRESS_S: Final = 1.0
_WAIT_MS: Final = 500
_PROJECT_WAIT_MS: Final = 30_000
"""How long after its request an import waits for its project to arrive on the other topic."""


class NotYet(Infrastructure):
    """The project has not arrived yet, or is still being scanned."""


class Parts(NamedTuple):
    """What a run works with."""

    imports: Imports
    objects: Objects
    projects: Projects
    scans: Scans
    blobs: Blobs
    homes: Homes
    bucket: str


class Run:
    """`held` is the job as taken, `found` what is known of it now. `beat` is called as a sign of life."""

    noun = "import"

    def __init__(self, parts: Parts, held: Document, beat: Callable[[], None]) -> None:
        """Nothing happens before `work`."""
        self._parts, self._held, self._beat = parts, held, beat
        self.found = read(held)
        self.id = self.found.job.id
        self._told = time.monotonic()

    @property
    def failures(self) -> int:
        """As Try."""
        return self.found.failures

    async def settle(self, error: Exception) -> bool:
        """As Try."""
        if isinstance(error, NotYet):
            await self.put_off(_WAIT_MS, self.failures)
        elif isinstance(error, Ended):
            await self._end(error.state, str(error))
        elif isinstance(error, Unreadable):
            await self._end(ImportState.FAILED, str(error))
        elif isinstance(error, BucketMissing | BlobDenied | BlobRefused):
            await self._end(ImportState.FAILED, f"The file can't be read: {error}.")
        else:
            return False
        return True

    async def give_up(self, why: str) -> None:
        """As Try."""
        await self._end(ImportState.FAILED, f"The check {why}")

    async def work(self) -> None:
        """Read the file, write chunks and report, and tell of it. Raises Ended, Unreadable, JobLost."""
        project = await self._project()
        if self.found.job.state is ImportState.REQUESTED:
            await self._tell(state=ImportState.CHECKING)
        prefix = f"labelbus-import-{self.found.job.id}-"
        await asyncio.to_thread(_sweep, prefix)
        with tempfile.TemporaryDirectory(prefix=prefix) as folder:
            place = Path(folder)
            report = Report(place / "report.jsonl")
            with Spool(place / "spool.db") as spool, contextlib.closing(report):
                await self._fill(spool, place, project)
                chunks = await self._check(spool, report, project)
            await self._finish(report, chunks, place / "report.jsonl")

    async def _end(self, state: ImportState, error: str) -> None:
        """Tell that there will be no report."""
        await self._tell(state=state, error=error, finished_at=clock.now())

    async def put_off(self, delay_ms: int, failures: int) -> None:
        """Give the import back, to be taken up after `delay_ms`."""
        await self._parts.imports.put_off(self._held, delay_ms, failures)

    async def _project(self) -> Project:
        """Raises NotYet, Ended."""
        job = self.found.job
        await self._require_project()
        project = await self._parts.projects.whole(job.project)
        if project is None:
            if clock.now_ms() - clock.to_ms(job.requested_at) < _PROJECT_WAIT_MS:
                raise NotYet(job.project)
            raise Ended(ImportState.FAILED, f"There is no project {job.project}.")
        if await self._parts.scans.any_open(job.project):
            raise NotYet("The project is being scanned.")
        return project

    async def _require_project(self) -> None:
        """Raises Ended."""
        known = await self._parts.projects.find(self.found.job.project)
        if known is not None and known.is_going:
            raise Ended(ImportState.CANCELED, "The project was deleted.")

    async def _fill(self, spool: Spool, folder: Path, project: Project) -> None:
        job = self.found.job
        async with self._alive():
            home = await self._parts.homes.of(job.datastore)
            found = await download(self._parts.blobs, home, job, folder)
        reading = asyncio.create_task(asyncio.to_thread(fill, job, found, spool, project))
        try:
            while not (await asyncio.wait([reading], timeout=_PROGRESS_S))[0]:
                await self._tell(total=spool.pictures)
        finally:
            spool.stopped = True
            with contextlib.suppress(Stopped, Unreadable):
                await reading
        await reading

    async def _check(self, spool: Spool, report: Report, project: Project) -> Chunks:
        parts, job = self._parts, self.found.job
        chunks = Chunks(parts.blobs, parts.bucket, job.project, job.id)
        check = Check(Bench(parts.objects, parts.blobs, parts.bucket, spool, report, chunks), project, job.mode)
        async with self._alive():
            await asyncio.to_thread(check.note)
            while await check.step():
                if time.monotonic() - self._told >= _PROGRESS_S:
                    await self._require_project()
                    await self._tell(**report.counts(), total=spool.pictures)
            await chunks.close()
        return chunks

    async def _finish(self, report: Report, chunks: Chunks, path: Path) -> None:
        key = report_key(self.found.job)
        async with self._alive():
            await self._parts.blobs.put_file(self._parts.bucket, key, str(path), "application/jsonl")
        await self._require_project()
        known = {**report.fields(), "chunks": chunks.count, "report_key": key}
        if wrong := report.only_wrong_kind():
            error = f"The labels of the file are of another kind. {wrong}"
            await self._tell(**known, state=ImportState.FAILED, error=error, finished_at=clock.now())
        elif chunks.count:
            await self._tell(**known, state=ImportState.COUNTING)
        else:
            await self._tell(**known, state=ImportState.CHECKED, checked_at=clock.now())

    @asynccontextmanager
    async def _alive(self) -> AsyncIterator[None]:
        """Keep the lease while something else takes long."""

        async def beats() -> None:
            while True:
                await asyncio.sleep(_PROGRESS_S)
                self._beat()
                await self._parts.imports.beat(self._held)

        beating = asyncio.create_task(beats())
        try:
            yield
        finally:
            beating.cancel()
            lost = (await asyncio.gather(beating, return_exceptions=True))[0]
            if isinstance(lost, JobLost):
                raise lost

    async def _tell(self, **changes: object) -> None:
        self._beat()
        changed = self.found.with_job(**changes)
        await self._parts.imports.tell(self._held, changed)
        self.found = changed
        self._told = time.monotonic()


def _sweep(prefix: str) -> None:
    """Delete what a process that was killed has left of the same import: it may be as large as its file."""
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
