"""Rows of manifests: each names an object, which becomes an item as one of a listing does, and is probed like it."""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from services.contracts import ids
from services.contracts.exports import JobState
from services.contracts.projects import SourceKind
from services.ingest import metrics
from services.ingest.manifests import addresses
from services.ingest.manifests.addresses import ElsewhereError, Home
from services.ingest.manifests.homes import Homes
from services.ingest.manifests.mltable import IMAGE
from services.ingest.objects.models import Listed
from services.ingest.objects.store import Objects
from services.ingest.probes.window import UnreadableError
from services.ingest.projects.store import Known
from services.ingest.scans import endings, events, page
from services.ingest.scans import findings as scan_findings
from services.ingest.scans.models import Scan, Stage
from services.ingest.scans.store import Change
from services.ingest.sources.accepted import EXTENSIONS, can_be_read, extension, is_reserved
from services.ingest.sources.patterns import folder
from services.ingest.tables import findings
from services.ingest.tables.models import Layout, Problem, Record
from services.ingest.tables.store import FileState, RowFile, RowFiles
from services.kit import clock
from services.kit.blobs import Blob, BlobDenied, BlobMissing, BlobRefused, Blobs
from services.kit.outbox import Entry
from services.kit.store import Session

_ROWS: Final = 500
_AT_ONCE: Final = 16
_MISSING: Final = "row_object_missing"


class _Denied(NamedTuple):
    """A row whose object is there but not ours to read. The item that it is, if it is one, is not missing."""

    id: str
    problem: Problem


Answer = Listed | _Denied | Problem


class Named:
    """Intake of manifests. All are read at each refresh: that is what a listing is for other sources."""

    most = _ROWS

    def __init__(self, blobs: Blobs, homes: Homes, bucket: str, objects: Objects, files: RowFiles, limit: int) -> None:
        """`bucket` is the default one; a project holds at most `limit` items."""
        self._blobs, self._homes, self._bucket = blobs, homes, bucket
        self._objects, self._files, self._limit = objects, files, limit
        self._slots = asyncio.Semaphore(_AT_ONCE)

    def wants(self, _project: Known, _known: RowFile, _listed: Blob) -> bool:
        """Always."""
        return True

    def check(self, project: Known, file: RowFile, layout: Layout) -> None:
        """The column with the objects must be there. Raises UnreadableError."""
        column = _image_column(project, file)
        if layout.columns and column not in layout.columns:
            there = ", ".join(map(repr, layout.columns[:50]))
            raise UnreadableError(f"The file has no column {column!r}. Its columns are: {there}.", "column_missing")

    async def prepare(self, project: Known, _scan: Scan, file: RowFile, records: deque[Record]) -> Change:
        """Look for the objects of the next rows."""
        taken = [records.popleft() for _ in range(min(len(records), _ROWS))]
        home = await self._homes.of(project.source.datastore)
        answers = await asyncio.gather(*(self._object(project, home, file, record) for record in taken))
        if any(map(_is_absent, answers)):
            # Of a bucket that is gone or closed each object looks like that, and none of them is missing.
            await self._blobs.list_page(project.source.datastore, folder(project.source), limit=1)
        metrics.ROWS_READ.inc(len(taken))
        return self._change(project, file, taken, answers)

    def _change(self, project: Known, file: RowFile, taken: Sequence[Record], answers: Sequence[Answer]) -> Change:
        accepted = list({found.id: found for found in answers if isinstance(found, Listed)}.values())
        denied = [found.id for found in answers if isinstance(found, _Denied)]
        wrong = [*_wrong(taken, answers)]

        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            known = await self._objects.known(session, [*(listed.id for listed in accepted), *denied])
            found = page.sort(accepted, known, self._limit - scan.kept)
            there = [item for item in denied if item in known and not known[item].missing]
            await self._objects.insert(session, scan.project, scan.number, found.new)
            await self._objects.mark_seen(session, scan.number, [*found.seen, *there])
            await self._objects.probe_anew(session, found.again)
            await self._files.move(session, file.id, taken[-1].end, 0, len(found.new))
            now = clock.now()
            scan = scan.noting(*(findings.wrong_row(file.key, record, now) for record in wrong))
            scan = scan.noting(*scan_findings.changed(found.changed, now)).moved(kept=scan.kept + len(found.new))
            scan = scan.changed(
                found=scan.refresh.found + len(found.new),
                changed=scan.refresh.changed + len(found.changed),
                left_out=scan.refresh.left_out + found.left_out,
            )
            news = [listed.discovered(project.source.datastore, scan.number) for listed in found.news]
            scan, entries = events.discovered(scan, news)
            return endings.going_on(scan, entries)

        return change

    async def _object(self, project: Known, home: Home, file: RowFile, record: Record) -> Answer:
        if record.problem is not None:
            return record.problem
        column = _image_column(project, file)
        address = record.cells.get(column)
        if not isinstance(address, str) or not address.strip():
            return Problem("row_no_object", f"names no object in the column {column!r}.")
        try:
            keys = addresses.keys(address, home, file.key[: file.key.rfind("/") + 1])
        except ElsewhereError as error:
            return Problem("row_elsewhere", str(error))
        for key in keys:
            if problem := await self._unfit(project, key):
                return problem
            async with self._slots:
                found = await self._found(project, key)
            if found is not None:
                return found
        return Problem(_MISSING, f"names {keys[0]!r}, which is not in the data store.")

    async def _unfit(self, project: Known, key: str) -> Problem | None:
        if extension(key) not in EXTENSIONS[project.media]:
            types = ", ".join(EXTENSIONS[project.media])
            return Problem("row_format", f"names {key[:200]!r}, which is of no accepted type ({types}).")
        if not can_be_read(key) or (
            is_reserved(key) and await self._blobs.is_own(project.source.datastore, self._bucket)
        ):
            return Problem("row_format", f"names {key[:200]!r}, which can't be read under that name.")
        return None

    async def _found(self, project: Known, key: str) -> Listed | _Denied | None:
        try:
            blob = await self._blobs.stat(project.source.datastore, key)
        except BlobMissing:
            return None
        except (BlobDenied, BlobRefused):
            problem = Problem("row_denied", f"names {key[:200]!r}, which the data store does not let us read.")
            return _Denied(ids.item_id(project.id, key), problem)
        return Listed.of(project.id, key, blob.etag, blob.size)

    def ended(self, *, has_rows: bool) -> FileState:  # noqa: ARG002 - as Intake has it
        """Without any row it names nothing, so that what it named before is missing."""
        return FileState.DONE

    def finish(self, project: Known, *, failed: bool) -> Change:
        """Go on as after a listing. Without all manifests nobody knows which objects are missing."""

        async def change(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            now = clock.now()
            if not failed:
                return scan.moved(stage=Stage.MISSING, after=""), []
            if not scan.kept:
                text = "No row was taken: the manifests can't be read. The other messages say why."
                return endings.ended(scan, JobState.FAILED, scan_findings.failed("conversion_failed", text, now))
            scan = endings.summed_up(scan, SourceKind.MANIFEST, project.media, self._limit)
            scan, entries = events.finished(scan.moved(stage=Stage.PROBING, after=""))
            return endings.going_on(scan, entries, tell=True)

        return change


def _is_absent(found: Answer) -> bool:
    return isinstance(found, _Denied) or (isinstance(found, Problem) and found.code == _MISSING)


def _wrong(taken: Sequence[Record], answers: Sequence[Answer]) -> Iterator[Record]:
    """The records that are left out, each with why."""
    for record, found in zip(taken, answers, strict=True):
        if not isinstance(found, Listed):
            yield record._replace(problem=found.problem if isinstance(found, _Denied) else found)


def _image_column(project: Known, file: RowFile) -> str:
    """The column whose cells name the objects: the owner's choice before that of the MLTable."""
    return (project.source.mapping.image if project.source.mapping else "") or file.column or IMAGE
