"""The first stage of a scan. Each step is one transaction, so a scan goes on exactly where its worker died."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from services.contracts.exports import JobState
from services.contracts.projects import SourceKind
from services.ingest import metrics
from services.ingest.objects.store import Objects
from services.ingest.projects.store import Known, Projects
from services.ingest.scans import endings, events, findings, page
from services.ingest.scans.models import Scan, Stage
from services.ingest.scans.page import Page
from services.ingest.scans.store import Change, Scans, read
from services.ingest.settings import IngestSettings
from services.ingest.sources.accepted import Filter
from services.ingest.sources.patterns import WrongPatternError
from services.kit import clock, errors, logs
from services.kit.blobs import BlobDenied, Blobs, BlobsDown, BucketMissing
from services.kit.jobs import JobLost
from services.kit.outbox import Entry
from services.kit.store import Document, Session

_BEATS_A_LEASE: Final = 3
_WAIT_MS: Final = 500
_TRIES: Final = 5
_log = logs.get()


@dataclass
class _Run:
    """A scan that this process has leased. `ahead` is the page that is listed while the one before is stored."""

    job: Document
    scan: Scan
    project: Known
    wanted: Filter
    ahead: asyncio.Task[Page] | None = None
    beaten: float = field(default_factory=time.monotonic)
    failures: int = 0

    async def drop(self) -> None:
        """List no further."""
        if self.ahead is not None:
            self.ahead.cancel()
            await asyncio.gather(self.ahead, return_exceptions=True)
            self.ahead = None


class Listing:
    """Worker: lists the data sources of requested scans into objects, one scan of a project at a time."""

    def __init__(
        self,
        settings: IngestSettings,
        blobs: Blobs,
        objects: Objects,
        scans: Scans,
        projects: Projects,
        listed: Callable[[], None],
    ) -> None:
        """All of one process; `listed` is called when there is something to probe or to read."""
        self._settings, self._blobs, self._listed = settings, blobs, listed
        self._objects, self._scans, self._projects = objects, scans, projects
        self._run: _Run | None = None

    async def step(self) -> bool:
        """Take a scan, or do the next page of the one taken."""
        if self._run is None:
            self._run = await self._take()
            return self._run is not None
        try:
            await self._go_on(self._run)
        except JobLost:
            await self._leave(self._run)
        except (BucketMissing, BlobDenied) as error:
            await self._fail(self._run, *findings.unlistable(error, self._run.project.source.datastore))
        except BlobsDown as error:
            await self._put_off(self._run, error)
        except Exception as error:
            await self._trouble(self._run, error)
            raise
        return True

    async def _take(self) -> _Run | None:
        job = await self._scans.jobs.take({"stage": {"$ne": Stage.READING.value}})
        if job is None:
            return None
        scan = read(job)
        project = await self._projects.find(scan.project)
        if project is None or await self._scans.earlier_open(scan):
            await self._scans.jobs.postpone(job, _WAIT_MS)
            return None
        return await self._begin(job, project)

    async def _begin(self, job: Document, project: Known) -> _Run | None:
        kept = await self._objects.count(project.id)

        async def change(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            if project.is_going:
                return endings.ended(scan, JobState.CANCELED)
            if scan.refresh.state is JobState.RUNNING:
                return scan, []
            started = scan.changed(state=JobState.RUNNING, started_at=clock.now()).moved(kept=kept)
            return endings.going_on(started, tell=True)

        scan = await self._scans.change_held(job, change)
        if scan.stage is Stage.OVER:
            return None
        if scan.stage is Stage.LISTING and project.source.kind is not SourceKind.FILES:
            await self._scans.hand_over(job, Stage.READING)
            self._listed()
            return None
        _log.info("scan_listing", scan=scan.id, after=scan.after, listed=scan.refresh.listed)
        try:
            ours = await self._blobs.is_own(project.source.datastore, self._settings.bucket)
            wanted = Filter(project.source, project.media, ours=ours)
        except WrongPatternError as error:
            await self._end(job, "pattern", f"The pattern {error}.")
            return None
        return _Run(job, scan, project, wanted)

    async def _go_on(self, run: _Run) -> None:
        if time.monotonic() - run.beaten > self._settings.ingest_lease_ms / 1_000 / _BEATS_A_LEASE:
            await self._scans.jobs.beat(run.job)
            run.beaten = time.monotonic()
        if run.scan.stage is Stage.LISTING:
            await self._list(run)
        else:
            run.scan = await self._scans.change_held(run.job, partial(self._look_for_missing, run.project))
        run.failures = 0
        if run.scan.stage not in (Stage.LISTING, Stage.MISSING):
            self._listed()
            await self._leave(run)

    async def _list(self, run: _Run) -> None:
        ahead = run.ahead or asyncio.create_task(self._page(run, run.scan.after))
        run.ahead = None
        found = await ahead
        if not found.complete:
            run.ahead = asyncio.create_task(self._page(run, found.last))
        with metrics.PAGE_SECONDS.time():
            before, run.scan = run.scan, await self._scans.change_held(run.job, self._store_page(run, found))
        metrics.KEYS_LISTED.inc(found.listed)
        metrics.ITEMS_FOUND.inc(run.scan.refresh.found - before.refresh.found)

    async def _page(self, run: _Run, after: str) -> Page:
        limit = self._settings.ingest_page_keys
        blobs, rest = await self._blobs.list_page(run.project.source.datastore, run.wanted.prefix, after, limit)
        return page.read(run.project.id, run.wanted, blobs, after, complete=not rest)

    def _store_page(self, run: _Run, found: Page) -> Change:
        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            same = await self._objects.ranges.confirm(session, scan.number, [each.id for each in found.ranges])
            ranges = [each for each in found.ranges if each.id not in same]
            accepted = [listed for each in ranges for listed in each.items]
            known = await self._objects.known(session, [listed.id for listed in accepted])
            sorted_ = page.sort(accepted, known, self._settings.ingest_item_limit - scan.kept)
            await self._objects.insert(session, scan.project, scan.number, sorted_.new, page.places(ranges))
            await self._objects.see(session, scan.project, scan.number, ranges, known, sorted_.new)
            await self._objects.probe_anew(session, sorted_.again)
            news = [listed.discovered(run.project.source.datastore, scan.number) for listed in sorted_.news]
            scan, entries = events.discovered(_counted(scan, found, sorted_), news)
            return endings.going_on(scan, entries)

        return change

    async def _look_for_missing(self, project: Known, session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
        limit = self._settings.ingest_page_keys
        gone, more = await self._objects.take_missing(session, scan.project, scan.number, limit)
        if not more:
            return self._whole(project, scan)
        if not gone:
            return endings.going_on(scan)
        metrics.ITEMS_MISSING.inc(len(gone))
        scan = scan.noting(*findings.missing([key for _, key in gone], clock.now()))
        scan = scan.changed(missing=scan.refresh.missing + len(gone))
        scan, entries = events.missing(scan, [item for item, _ in gone])
        return endings.going_on(scan, entries)

    def _whole(self, project: Known, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
        """The listing is whole: say so, and go on to probing."""
        scan = endings.summed_up(scan, project.source.kind, project.media, self._settings.ingest_item_limit)
        scan, entries = events.finished(scan.moved(stage=Stage.PROBING, after=""))
        return endings.going_on(scan, entries, tell=True)

    async def _put_off(self, run: _Run, error: Exception) -> None:
        """The data store is away: told once and tried later, since those of other projects may well answer."""
        await run.drop()
        with contextlib.suppress(JobLost):
            run.scan = await self._scans.change_held(run.job, endings.waiting_for(error))
            await self._scans.jobs.postpone(run.job, endings.pause_ms(run.job["tries"]))
        await self._leave(run)

    async def _trouble(self, run: _Run, error: Exception) -> None:
        """An outage is told once and waited for; anything else is tried a few times, then the refresh fails."""
        await run.drop()
        if errors.is_infrastructure(error):
            with contextlib.suppress(Exception):  # what is told of an outage must not hide it
                run.scan = await self._scans.change_held(run.job, endings.waiting_for(error))
            return
        run.failures += 1
        if run.failures >= _TRIES:
            await self._fail(run, "internal", "The refresh met an error that nobody foresaw. The log of ingest has it.")

    async def _fail(self, run: _Run, code: str, text: str) -> None:
        with contextlib.suppress(JobLost):
            await self._end(run.job, code, text)
        await self._leave(run)

    async def _end(self, job: Document, code: str, text: str) -> None:
        async def change(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            return endings.ended(scan, JobState.FAILED, findings.failed(code, text, clock.now()))

        scan = await self._scans.change_held(job, change)
        metrics.SCANS_ENDED.labels(scan.refresh.state).inc()
        _log.warning("scan_failed", scan=scan.id, code=code)

    async def _leave(self, run: _Run) -> None:
        await run.drop()
        self._run = None


def _counted(scan: Scan, found: Page, sorted_: page.Sorted) -> Scan:
    """With what one page adds."""
    now, refresh = clock.now(), scan.refresh
    counted = scan.changed(
        listed=refresh.listed + found.listed,
        found=refresh.found + len(sorted_.new),
        changed=refresh.changed + len(sorted_.changed),
        left_out=refresh.left_out + sorted_.left_out,
    )
    noted = counted.noting(*findings.unsupported_names(found.unsupported, now), *findings.changed(sorted_.changed, now))
    moved = noted.moved(after=found.last, kept=scan.kept + len(sorted_.new))
    return moved.moved(stage=Stage.MISSING, after="") if found.complete else moved
