"""One try at one export: from the labels of a moment to a file. Errors come out of it; its caller decides on them."""

import time
from collections.abc import Callable
from contextlib import aclosing
from typing import Final, NamedTuple

from services.contracts.exports import JobState, export_formats
from services.contracts.projects import Project
from services.export import metrics
from services.export.exports import making
from services.export.exports.models import Ended, key_of
from services.export.exports.store import Exports, read
from services.export.files.models import Checkpoint
from services.export.files.upload import Place, UploadLost
from services.export.files.writer import Finished, Writer
from services.export.items.loading import Home, Loader
from services.export.projects.models import categories, is_over
from services.export.projects.store import Projects
from services.export.settings import ExportSettings
from services.kit import clock, logs
from services.kit.admission import Admission
from services.kit.annotations import PAGE, Annotations, Then
from services.kit.blobs import BlobDenied, BlobRefused, BucketMissing
from services.kit.datastores import Datastores
from services.kit.errors import Infrastructure
from services.kit.store import Document

PROGRESS_S: Final = 1.0
PAGE_WITH_REGIONS: Final = 100
PROJECT_WAIT_MS: Final = 30_000
"""How long after its request an export waits for its project to arrive on the other topic."""
_log = logs.get()


class ProjectLate(Infrastructure):
    """The project has not arrived yet."""


class Parts(NamedTuple):
    """What a run works with."""

    exports: Exports
    projects: Projects
    annotations: Annotations
    datastores: Datastores
    settings: ExportSettings


class Run:
    """`held` is the job as taken, `export` what is known of it now. `beat` is called as a sign of life."""

    noun = "export"

    def __init__(self, parts: Parts, held: Document, beat: Callable[[], None]) -> None:
        """Nothing happens before `work`."""
        self._parts, self._held, self._beat = parts, held, beat
        self.export = read(held)
        self.id = self.export.job.id
        self._told = time.monotonic()

    @property
    def failures(self) -> int:
        """As Try."""
        return self.export.failures

    async def settle(self, error: Exception) -> bool:
        """As Try."""
        if isinstance(error, Ended):
            await self._end(error.state, str(error))
        elif isinstance(error, BucketMissing | BlobDenied | BlobRefused):
            await self._end(JobState.FAILED, f"The object storage refuses: {error}.")
        else:
            return False
        return True

    async def give_up(self, why: str) -> None:
        """As Try."""
        await self._end(JobState.FAILED, f"The export {why}")

    async def work(self) -> None:
        """Write the file and tell of it."""
        project = await self._project()
        if self.export.job.state is JobState.REQUESTED:
            await self._start(project)
        try:
            await self._write(project)
        except UploadLost:
            _log.warning("export_begins_anew", export=self.export.job.id)
            await self._keep(Checkpoint())
            await self._write(project)

    async def _end(self, state: JobState, error: str) -> None:
        """Tell that there will be no file."""
        try:
            await self._discard()
        except Exception as left:  # noqa: BLE001 - the owner has to hear of the end even while the storage is away
            _log.warning("export_leaves_parts", export=self.export.job.id, error=repr(left))
        await self._tell(state=state, error=error, finished_at=clock.now())
        metrics.FINISHED.labels(self.export.job.format, state).inc()

    async def _discard(self) -> None:
        project = await self._parts.projects.find(self.export.job.project)
        if project is not None:
            await self._writer(project).discard()

    async def put_off(self, delay_ms: int, failures: int) -> None:
        """Give the export back, to be taken up after `delay_ms`."""
        if delay_ms:
            metrics.POSTPONED.inc()
        await self._parts.exports.put_off(self._held, delay_ms, failures)

    async def _project(self) -> Project:
        job = self.export.job
        project = await self._parts.projects.find(job.project)
        if project is None:
            if clock.now_ms() - clock.to_ms(job.requested_at) < PROJECT_WAIT_MS:
                raise ProjectLate(job.project)
            raise Ended(JobState.FAILED, f"There is no project {job.project}.")
        if is_over(project):
            raise Ended(JobState.CANCELED, "The project was deleted.")
        if job.format not in export_formats(project.task_type):
            raise Ended(JobState.FAILED, f"There is no {job.format} of {project.task_type}.")
        return project

    async def _start(self, project: Project) -> None:
        job = self.export.job
        columns = await self._loader(project).columns()
        self.export = self.export.model_copy(update={"classes": categories(project), "columns": columns})
        await self._tell(
            state=JobState.RUNNING,
            started_at=clock.now(),
            total=await self._parts.annotations.labeled(self._then()),
            bucket=self._parts.settings.bucket,
            key=key_of(job, is_zip=making.is_zip(job)),
        )

    def _then(self) -> Then:
        job = self.export.job
        since_ms = clock.to_ms(job.since) if job.since else 0
        overlap_ms = self._parts.settings.export_overlap_s * 1_000
        return Then(job.project, clock.to_ms(job.requested_at), Admission(job.filter), since_ms, overlap_ms)

    async def _write(self, project: Project) -> None:
        job = self.export.job
        writer = self._writer(project)
        try:
            written = await self._written(project, writer)
        finally:
            writer.release()
        rows = writer.rows
        await self._tell(state=JobState.SUCCEEDED, rows=rows, total=rows, finished_at=clock.now(), **written._asdict())
        metrics.FINISHED.labels(job.format, JobState.SUCCEEDED).inc()
        metrics.ITEMS.inc(rows)
        metrics.SECONDS.labels(job.format).observe((clock.now() - job.requested_at).total_seconds())

    async def _written(self, project: Project, writer: Writer) -> Finished:
        await writer.open()
        if not writer.is_read:
            read = self._parts.annotations.labeled_as_of
            size = PAGE if project.task_type.regions is None else PAGE_WITH_REGIONS
            async with aclosing(read(self._then(), writer.last, size)) as pages:
                async for page in pages:
                    await writer.add(page)
                    await self._progress(writer.rows)
        return await writer.close()

    def _writer(self, project: Project) -> Writer:
        job, settings = self.export.job, self._parts.settings
        key = job.key or key_of(job, is_zip=making.is_zip(job))
        place = Place(job.bucket or settings.bucket, key, settings.export_part_bytes)
        order = making.Order(job, project, self.export.classes, self.export.columns, place)
        return Writer(
            self._loader(project), self._parts.datastores, place, making.sheet(order), making.options(order),
            self.export.checkpoint, self._keep,
        )  # fmt: skip

    def _loader(self, project: Project) -> Loader:
        settings = self._parts.settings
        home = Home(settings.bucket, settings.s3_public_url or settings.s3_url)
        return Loader(self._parts.datastores, home, project, making.needs(project, self.export.job))

    async def _progress(self, rows: int) -> None:
        """Once a second: look whether the project is still there, and tell how far the file is."""
        if time.monotonic() - self._told >= PROGRESS_S:
            await self._project()
            await self._tell(rows=rows, total=max(rows, self.export.job.total))

    async def _keep(self, checkpoint: Checkpoint) -> None:
        self._beat()
        await self._parts.exports.keep(self._held, checkpoint)
        self.export = self.export.model_copy(update={"checkpoint": checkpoint})

    async def _tell(self, **changes: object) -> None:
        self._beat()
        changed = self.export.with_job(**changes)
        await self._parts.exports.tell(self._held, changed)
        self.export = changed
        self._told = time.monotonic()
