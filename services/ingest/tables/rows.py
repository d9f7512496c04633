"""Rows of tables become items: chunks of about 1 MB in the default bucket, and with each its items, at once queued."""

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from services.contracts import rows
from services.contracts.exports import JobState
from services.contracts.projects import SourceKind
from services.contracts.rows import Row
from services.ingest import metrics
from services.ingest.objects.models import Listed, TableRow
from services.ingest.objects.store import Objects
from services.ingest.probes.window import UnreadableError
from services.ingest.projects.store import Known
from services.ingest.scans import endings, events
from services.ingest.scans import findings as scan_findings
from services.ingest.scans.models import Scan
from services.ingest.scans.store import Change
from services.ingest.tables import findings
from services.ingest.tables.chunks import Chunks
from services.ingest.tables.models import Layout, Position, Problem, Record
from services.ingest.tables.store import FileState, RowFile, RowFiles
from services.kit import clock
from services.kit.blobs import Blob
from services.kit.outbox import Entry
from services.kit.store import Session

CHUNK_BYTES: Final = 1_000_000
_EMPTY: Final = Problem("row_empty", "has no text in the columns that are shown.")


@dataclass
class Chunk:
    """What is made of some records: the rows that are taken, those that are wrong, how many have no place."""

    end: Position
    data: bytearray = field(default_factory=bytearray)
    taken: list[TableRow] = field(default_factory=list)
    wrong: list[Record] = field(default_factory=list)
    left_out: int = 0

    def add(self, project: str, table: Listed, number: int, record: Record, columns: Sequence[str]) -> None:
        """A row of which something is shown; chunk `number` is this one."""
        shown = rows.text(rows.shown(record.cells, columns))
        if not shown.strip():
            self.wrong.append(record._replace(problem=_EMPTY))
            return
        line = json.dumps(record.cells, ensure_ascii=False, separators=(",", ":")).encode()
        part = Row(record.row, number, len(self.data), len(line)).part
        self.taken.append(TableRow.of(project, table, part, len(shown)))
        self.data += line + b"\n"


class Rows:
    """Intake of tables. A table is read once: rows that are added later are not taken (F48)."""

    def __init__(self, chunks: Chunks, objects: Objects, files: RowFiles, most: int, limit: int) -> None:
        """A chunk has at most `most` rows, a project at most `limit` items."""
        self._chunks, self._objects, self._files = chunks, objects, files
        self.most, self._limit = most, limit

    def wants(self, _project: Known, known: RowFile, listed: Blob) -> bool:
        """One of which nothing was taken yet, when it is another one now."""
        return not known.taken and known.etag != listed.etag

    def check(self, project: Known, _file: RowFile, layout: Layout) -> None:
        """The columns that labelers see must be there. Raises UnreadableError."""
        settings = project.source.table
        missing = [name for name in settings.columns if name not in layout.columns] if settings else []
        if missing:
            there = ", ".join(map(repr, layout.columns[:50]))
            raise UnreadableError(
                f"The table has no column {missing[0]!r}. Its columns are: {there}.", "column_missing"
            )

    async def prepare(self, project: Known, scan: Scan, file: RowFile, records: deque[Record]) -> Change:
        """Write the chunk before anything tells of it."""
        room = self._limit - scan.kept
        chunk = await asyncio.to_thread(_chunk, project, file, records, self.most, room)
        if chunk.data:
            await self._chunks.put(project.id, file.key, file.etag, file.chunks, bytes(chunk.data))
        wrong = [findings.wrong_row(file.key, record, clock.now()) for record in chunk.wrong]

        async def change(session: Session, now: Scan) -> tuple[Scan, Sequence[Entry]]:
            taken, refresh = len(chunk.taken), now.refresh
            await self._objects.insert_rows(session, project.id, now.number, chunk.taken)
            await self._files.move(session, file.id, chunk.end, int(bool(chunk.data)), taken)
            now = now.noting(*wrong).moved(kept=now.kept + taken)
            now = now.changed(
                found=refresh.found + taken,
                probed=refresh.probed + taken,
                unreadable=refresh.unreadable + len(wrong),
                left_out=refresh.left_out + chunk.left_out,
            )
            found = [row.discovered(project.source.datastore, now.number) for row in chunk.taken]
            now, entries = events.discovered(now, found)
            return endings.going_on(now, entries)

        metrics.ROWS_READ.inc(len(chunk.taken) + len(chunk.wrong) + chunk.left_out)
        return change

    def ended(self, *, has_rows: bool) -> FileState:
        """Without any row there is nothing to make items of."""
        return FileState.DONE if has_rows else FileState.FAILED

    def finish(self, project: Known, *, failed: bool) -> Change:
        """Over. A project of which no row could be taken because its tables can't be read has failed."""

        async def change(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            now = clock.now()
            if failed and not scan.kept:
                text = "No row was taken: the tables can't be read. The other messages say why."
                return endings.ended(scan, JobState.FAILED, scan_findings.failed("conversion_failed", text, now))
            scan = endings.summed_up(scan, SourceKind.TABLE, project.media, self._limit)
            scan, entries = events.finished(scan)
            scan, over = endings.ended(scan, JobState.SUCCEEDED)
            return scan, [*entries, *over]

        return change


def _chunk(project: Known, file: RowFile, records: deque[Record], most: int, room: int) -> Chunk:
    """Of at most `most` records from the left, until the chunk is full; `room`: how many items may be made."""
    table = Listed.of(project.id, file.key, file.etag, file.size)
    columns = project.source.table.columns if project.source.table else []
    chunk = Chunk(file.at)
    for _ in range(min(len(records), most)):
        record = records.popleft()
        chunk.end = record.end
        if record.problem is not None:
            chunk.wrong.append(record)
        elif len(chunk.taken) >= room:
            chunk.left_out += 1
        else:
            chunk.add(project.id, table, file.chunks, record, columns)
        if len(chunk.data) >= CHUNK_BYTES:
            break
    return chunk
