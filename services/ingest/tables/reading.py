"""The stage of a scan in which files of rows are read. Each step is one transaction, as in listing.

A worker that died is followed by another one exactly at the record behind the last transaction.
"""

import contextlib
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.contracts.exports import JobState
from services.contracts.projects import SourceKind
from services.ingest import metrics
from services.ingest.probes.window import UnreadableError
from services.ingest.projects.store import Known, Projects
from services.ingest.scans import endings
from services.ingest.scans import findings as scan_findings
from services.ingest.scans.models import Scan, Stage
from services.ingest.scans.store import Change, Scans, read
from services.ingest.settings import IngestSettings
from services.ingest.sources.patterns import WrongPatternError
from services.ingest.tables import files, findings
from services.ingest.tables.files import Place
from services.ingest.tables.finding import Finding
from services.ingest.tables.intake import Intake
from services.ingest.tables.models import Layout, Record
from services.ingest.tables.store import FileState, RowFile, RowFiles
from services.kit import clock, errors, logs
from services.kit.blob_reasons import About, why
from services.kit.blobs import BlobDenied, BlobMissing, BlobRefused, Blobs, BlobsDown, BucketMissing
from services.kit.jobs import JobLost
from services.kit.outbox import Entry
from services.kit.store import Document, Session

_BEATS_A_LEASE: Final = 3
_WAIT_MS: Final = 500
_TRIES: Final = 5
_AHEAD_BYTES: Final = 1_000_000
_log = logs.get()


@dataclass
class _Open:
    """A file that is being read: `records` were read and are not stored yet; `error` is why there are no more."""

    file: RowFile
    batches: AsyncGenerator[list[Record]]
    records: deque[Record] = field(default_factory=deque)
    ended: bool = False
    error: Exception | None = None


@dataclass
class _Run:
    """A scan that this process has leased. `listed`: this run knows all files. `stored`: it has got on."""

    job: Document
    scan: Scan
    project: Known
    intake: Intake
    listed: bool = False
    stored: bool = False
    open: _Open | None = None
    beaten: float = field(default_factory=time.monotonic)
    failures: int = 0

    async def close(self) -> None:
        """Read no further in the file that is open. What was read and not stored is read again."""
        if self.open is not None:
            await self.open.batches.aclose()
            self.open = None


class Reading:
    """Worker: reads the files of scans whose sources are tables or manifests, one scan of a project at a time."""

    def __init__(
        self,
        settings: IngestSettings,
        blobs: Blobs,
        finding: Finding,
        rows: RowFiles,
        scans: Scans,
        projects: Projects,
        tables: Intake,
        manifests: Intake,
        handed: Callable[[], None],
    ) -> None:
        """All of one process; `handed` is called when there is something to look for that is missing."""
        self._handed = handed
        self._settings, self._blobs, self._finding, self._files = settings, blobs, finding, rows
        self._scans, self._projects = scans, projects
        self._intakes = {SourceKind.TABLE: tables, SourceKind.MANIFEST: manifests}
        self._run: _Run | None = None

    async def step(self) -> bool:
        """Take a scan, or do the next step of the one taken."""
        if self._run is None:
            self._run = await self._take()
            return self._run is not None
        run = self._run
        try:
            await self._go_on(run)
        except JobLost:
            await self._leave(run)
        except WrongPatternError as error:
            await self._fail(run, "pattern", f"The pattern {error}.")
        except (BucketMissing, BlobDenied) as error:
            await self._turned_away(run, error)
        except BlobsDown as error:
            await self._put_off(run, error)
        except Exception as error:
            await self._trouble(run, error)
            raise
        return True

    async def _take(self) -> _Run | None:
        job = await self._scans.jobs.take({"stage": Stage.READING.value})
        if job is None:
            return None
        scan = read(job)
        project = await self._projects.find(scan.project)
        if project is None or project.is_going:
            await self._scans.jobs.postpone(job, _WAIT_MS)
            return None
        _log.info("scan_reading", scan=scan.id, found=scan.refresh.found)
        return _Run(job, scan, project, self._intakes[project.source.kind])

    async def _go_on(self, run: _Run) -> None:
        if time.monotonic() - run.beaten > self._settings.ingest_lease_ms / 1_000 / _BEATS_A_LEASE:
            await self._scans.jobs.beat(run.job)
            run.beaten = time.monotonic()
        if not run.listed:
            await self._finding.find(run.job, run.project, run.intake)
            run.listed = True
        elif run.open is None:
            await self._next(run)
        else:
            await self._read(run, run.open)
        run.failures = 0

    async def _next(self, run: _Run) -> None:
        """Open the next file, or end."""
        file = await self._files.next(run.project.id)
        if file is None:
            failed = await self._files.failed(run.project.id)
            run.scan = await self._scans.change_held(run.job, run.intake.finish(run.project, failed=failed))
            if run.scan.stage is Stage.MISSING:
                await self._scans.hand_over(run.job, Stage.MISSING)
                self._handed()
            else:
                metrics.SCANS_ENDED.labels(run.scan.refresh.state).inc()
                _log.info("scan_read", scan=run.scan.id, state=run.scan.refresh.state, found=run.scan.refresh.found)
            self._run = None
            return
        place = Place(run.project.source.datastore, file.key, file.size)
        try:
            await self._require_same(place, file)
            layout = file.layout or await self._begin(run, place, file)
        except (UnreadableError, BlobMissing, BlobRefused, BlobDenied) as error:
            if _is_of_all(error):
                raise
            await self._give_up(run, file, error)
            return
        start = file.at if file.layout else layout.start
        run.open = _Open(file, files.records(self._blobs, place, layout, start))

    async def _require_same(self, place: Place, file: RowFile) -> None:
        blob = await self._blobs.stat(place.datastore, place.key)
        if blob.etag != file.etag:
            reason = "The file was replaced while it was read. The rows that were read of the former one are kept."
            raise UnreadableError(reason if file.taken else "The file was replaced while it was read.", "table_changed")

    async def _begin(self, run: _Run, place: Place, file: RowFile) -> Layout:
        if file.problem:
            raise UnreadableError(file.problem, "mltable")
        layout, _ = await files.look(self._blobs, place, run.project.source.table, file.asked)
        run.intake.check(run.project, file, layout)

        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            await self._files.begin(session, file.id, layout)
            return endings.going_on(scan.noting(*findings.renamed(file.key, layout, clock.now())))

        run.scan = await self._scans.change_held(run.job, change)
        return layout

    async def _read(self, run: _Run, opened: _Open) -> None:
        try:
            await self._read_ahead(opened, run.intake.most)
        except (UnreadableError, BlobMissing, BlobRefused) as error:
            await self._give_up(run, opened.file, error)
            return
        if not opened.records:
            await self._ended(run, opened.file)
            return
        change = await run.intake.prepare(run.project, run.scan, opened.file, opened.records)
        run.scan = await self._scans.change_held(run.job, change)
        run.stored = True
        opened.file = await self._files.get(opened.file.id)

    async def _ended(self, run: _Run, file: RowFile) -> None:
        """No record is left. A file that never had one is told."""
        problem = None if file.at.row else UnreadableError("The file holds no row.", "table_empty")
        state = run.intake.ended(has_rows=problem is None)
        run.scan = await self._scans.change_held(run.job, self._end(file, state, problem))
        await run.close()

    async def _read_ahead(self, opened: _Open, most: int) -> None:
        """Enough for one step, unless the file ends. What came before an error is stored first: so it gets on."""
        size = 0
        while not (opened.ended or opened.error) and len(opened.records) < most and size < _AHEAD_BYTES:
            try:
                batch = await anext(opened.batches, None)
            except Exception as error:  # noqa: BLE001 - raised when there is nothing left to store
                opened.error = error
                break
            if batch is None:
                opened.ended = True
            else:
                opened.records.extend(batch)
                size += sum(len(str(cell)) for record in batch for cell in record.cells.values())
        if opened.error is not None and not opened.records:
            raise opened.error

    def _end(self, file: RowFile, state: FileState, problem: UnreadableError | None = None) -> Change:
        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            await self._files.end(session, file.id, state)
            if problem is not None:
                scan = scan.noting(findings.unreadable(file.key, problem, clock.now()))
            return endings.going_on(scan)

        return change

    async def _give_up(self, run: _Run, file: RowFile, error: Exception) -> None:
        """This file only: the others are read. If it is not the file that is wrong, the next refresh reads on."""
        problem = error if isinstance(error, UnreadableError) else _unreadable(error)
        state = FileState.FAILED if problem is error else FileState.INTERRUPTED
        await run.close()
        with contextlib.suppress(JobLost):
            run.scan = await self._scans.change_held(run.job, self._end(file, state, problem))
        _log.warning("table_unreadable", scan=run.scan.id, key=file.key, code=problem.code)

    async def _turned_away(self, run: _Run, error: BucketMissing | BlobDenied) -> None:
        """By one file, or by the data store: then the refresh fails, and the next one reads on in the same place."""
        if run.open is not None and not _is_of_all(error):
            await self._give_up(run, run.open.file, error)
            return
        explain = scan_findings.unreadable_store if run.listed else scan_findings.unlistable
        await self._fail(run, *explain(error, run.project.source.datastore))

    async def _put_off(self, run: _Run, error: Exception) -> None:
        """The data store is away: told once and tried later, since those of other projects may well answer."""
        await self._leave(run)
        with contextlib.suppress(JobLost):
            run.scan = await self._scans.change_held(run.job, endings.waiting_for(error))
            await self._scans.jobs.postpone(run.job, endings.pause_ms(1 if run.stored else run.job["tries"]))

    async def _trouble(self, run: _Run, error: Exception) -> None:
        """An outage is told once and waited for; anything else is tried a few times, then the refresh fails."""
        await run.close()
        if errors.is_infrastructure(error):
            with contextlib.suppress(Exception):  # what is told of an outage must not hide it
                run.scan = await self._scans.change_held(run.job, endings.waiting_for(error))
            return
        run.failures += 1
        if run.failures >= _TRIES:
            await self._fail(run, "internal", "The refresh met an error that nobody foresaw. The log of ingest has it.")

    async def _fail(self, run: _Run, code: str, text: str) -> None:
        async def change(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            return endings.ended(scan, JobState.FAILED, scan_findings.failed(code, text, clock.now()))

        await self._leave(run)
        with contextlib.suppress(JobLost):
            scan = await self._scans.change_held(run.job, change)
            metrics.SCANS_ENDED.labels(scan.refresh.state).inc()
            _log.warning("scan_failed", scan=scan.id, code=code)

    async def _leave(self, run: _Run) -> None:
        self._run = None
        await run.close()


def _is_of_all(error: Exception) -> bool:
    """Whether other files of the data store can't be read either."""
    denied = isinstance(error, BlobDenied) and why(error).about is not About.PERMISSION
    return denied or isinstance(error, BucketMissing)


def _unreadable(error: Exception) -> UnreadableError:
    if isinstance(error, BlobDenied):
        return UnreadableError(
            "The file can't be read: the access key lacks the permission s3:GetObject.", "access_denied"
        )
    if isinstance(error, BlobMissing):
        return UnreadableError("The file was removed before it could be read.", "object_missing")
    return UnreadableError("The object storage has the file but does not give it out.", "unreadable")
