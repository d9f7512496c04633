"""The second stage of a scan: reads the headers of found files in queue order, shared between processes."""

import asyncio
import contextlib
from collections.abc import Sequence

from services.contracts.exports import JobState
from services.contracts.items import ProbedItem
from services.ingest import metrics
from services.ingest.objects.models import Outcome, Pending, ProbeState
from services.ingest.objects.store import Objects
from services.ingest.probes.probe import probe
from services.ingest.projects.store import Known, Projects
from services.ingest.scans import endings, events, findings
from services.ingest.scans.models import Scan
from services.ingest.scans.store import Scans
from services.ingest.settings import IngestSettings
from services.kit import clock, logs
from services.kit.blobs import BlobDenied, Blobs, BlobsDown, BucketMissing
from services.kit.jobs import JobLost
from services.kit.outbox import Entry
from services.kit.store import Session

_log = logs.get()


class Probing:
    """Worker: probes a batch of each scan in turn, so that a large project does not hold up a small one."""

    def __init__(
        self, settings: IngestSettings, blobs: Blobs, objects: Objects, scans: Scans, projects: Projects
    ) -> None:
        """All of one process."""
        self._blobs, self._objects, self._scans, self._projects = blobs, objects, scans, projects
        self._batch = settings.ingest_probe_batch
        self._slots = asyncio.Semaphore(settings.ingest_probe_parallel)

    async def step(self) -> bool:
        """One batch a scan. True while there is more to claim.

        Raises BlobsDown when there is something to probe, but in data stores that are away alone.
        """
        busy, away = False, None
        for scan in await self._scans.probing():
            try:
                busy |= await self._probe_batch(scan)
            except JobLost:
                continue
            except BlobsDown as error:
                away = error
        if away is not None and not busy:
            raise away
        return busy

    async def _probe_batch(self, scan: Scan) -> bool:
        project = await self._projects.find(scan.project)
        if project is None or project.is_going:
            return False
        token, batch = await self._objects.claim(scan.project, self._batch, clock.now_ms())
        if not batch:
            await self._end_if_done(scan)
            return False
        datastore = project.source.datastore
        try:
            outcomes = await self._probe_all(project, batch)
        except BaseException as error:
            with contextlib.suppress(Exception):  # else the lease runs out by itself
                await self._objects.give_back(token, batch)
            if not isinstance(error, BucketMissing | BlobDenied):
                raise
            await self._fail(scan, *findings.unreadable_store(error, datastore))
            return False
        await self._write(scan, token, outcomes)
        return True

    async def _probe_all(self, project: Known, batch: Sequence[Pending]) -> list[Outcome]:
        """Raises BlobDenied only if not one object may be read: a single one has rights of its own."""

        async def one(wanted: Pending) -> Outcome | BlobDenied:
            async with self._slots:
                try:
                    return await probe(self._blobs, project.source.datastore, wanted, project.media)
                except BlobDenied as error:
                    return error

        answers = await asyncio.gather(*(one(wanted) for wanted in batch))
        denied = [answer for answer in answers if isinstance(answer, BlobDenied)]
        if denied and len(denied) == len(answers):
            raise denied[0]
        return [
            _denied(wanted) if isinstance(answer, BlobDenied) else answer
            for wanted, answer in zip(batch, answers, strict=True)
        ]

    async def _write(self, scan: Scan, token: str, outcomes: Sequence[Outcome]) -> None:
        async def change(session: Session, now: Scan) -> tuple[Scan, Sequence[Entry]]:
            held = await self._objects.still_held(session, token, outcomes)
            await self._objects.finish(session, held)
            readable = sum(outcome.media is not None for outcome in held)
            now = now.noting(*findings.unreadable(held, clock.now())).changed(
                probed=now.refresh.probed + readable, unreadable=now.refresh.unreadable + len(held) - readable
            )
            now, entries = events.probed(now, [_event(outcome) for outcome in held])
            return endings.going_on(now, entries)

        await self._scans.change_probing(scan.id, change)
        for outcome in outcomes:
            metrics.FILES_PROBED.labels(outcome.state).inc()

    async def _end_if_done(self, scan: Scan) -> None:
        async def change(session: Session, now: Scan) -> tuple[Scan, Sequence[Entry]]:
            if await self._objects.pending(session, scan.project):
                return now, []
            return endings.ended(now, JobState.SUCCEEDED)

        over = await self._scans.change_probing(scan.id, change)
        if over.refresh.state is JobState.SUCCEEDED:
            metrics.SCANS_ENDED.labels(over.refresh.state).inc()
            _log.info("scan_succeeded", scan=scan.id, found=over.refresh.found, unreadable=over.refresh.unreadable)

    async def _fail(self, scan: Scan, code: str, text: str) -> None:
        async def change(_: Session, now: Scan) -> tuple[Scan, Sequence[Entry]]:
            return endings.ended(now, JobState.FAILED, findings.failed(code, text, clock.now()))

        over = await self._scans.change_probing(scan.id, change)
        metrics.SCANS_ENDED.labels(over.refresh.state).inc()
        _log.warning("scan_failed", scan=scan.id, code=code)


def _denied(wanted: Pending) -> Outcome:
    reason = "The file can't be read: the access key may not."
    return Outcome(wanted, ProbeState.UNREADABLE, None, reason, "access_denied")


def _event(outcome: Outcome) -> ProbedItem:
    unreadable = "" if outcome.media else outcome.reason
    return ProbedItem(id=outcome.object.id, etag=outcome.object.etag, media=outcome.media, unreadable=unreadable)
