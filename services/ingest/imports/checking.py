"""A filled spool against the items of a project, a batch at a time: what matches goes to chunks, all to the report."""

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

from services.contracts.import_lines import ImportLine
from services.contracts.imports import ImportMode
from services.contracts.projects import Project
from services.ingest.imports.chunks import Chunks
from services.ingest.imports.contents import Contents, Offsets
from services.ingest.imports.judging import Judge
from services.ingest.imports.matching import Matcher
from services.ingest.imports.painted import Painted
from services.ingest.imports.readers.marks import Kind, Mark, Wrong
from services.ingest.imports.report import Report
from services.ingest.imports.spool import Read, Spool
from services.ingest.objects.models import Found
from services.ingest.objects.store import Objects
from services.kit.blobs import Blobs

BATCH: Final = 200


class Bench(NamedTuple):
    """What a check works with. `bucket` is the default one."""

    objects: Objects
    blobs: Blobs
    bucket: str
    spool: Spool
    report: Report
    chunks: Chunks


class Check:
    """One file and one project."""

    def __init__(self, bench: Bench, project: Project, mode: ImportMode) -> None:
        """Begins at the beginning."""
        self._bench, spool = bench, bench.spool
        self._contents = Contents(bench.blobs, bench.bucket, bench.objects, spool, project)
        self._matcher = Matcher(bench.objects, spool, project, self._contents)
        self._judge = Judge(project, mode, spool.unit)
        self._painted = Painted(bench.blobs, project)
        self._after = 0

    def note(self) -> None:
        """Report what is wrong with the file itself."""
        for note in self._bench.spool.problems():
            self._bench.report.noted(note)

    async def step(self) -> bool:
        """Work on the next batch. False if there is none."""
        batch = await asyncio.to_thread(self._bench.spool.batch, self._after, BATCH)
        if not batch:
            return False
        self._after = batch[-1].number
        answers = await self._matcher.match([one.picture for one in batch])
        ready = [await self._prepared(one, answer) for one, answer in zip(batch, answers, strict=True)]
        for line in await asyncio.to_thread(self._lines, batch, answers, ready):
            await self._bench.chunks.add(line)
        return True

    async def _prepared(self, one: Read, answer: Found | Wrong) -> Sequence[Mark] | Wrong:
        """Marks with what has to be read for them: masks, and the text in which spans lie."""
        if isinstance(answer, Wrong):
            return answer
        try:
            marks = await self._painted.resolved(one.marks)
            if one.picture.text and any(mark.kind is Kind.SPAN for mark in marks):
                ours = await self._contents.read(answer)
                return await asyncio.to_thread(_placed, marks, one.picture.text, ours)
        except Wrong as wrong:
            return wrong
        return marks

    def _lines(
        self, batch: Sequence[Read], answers: Sequence[Found | Wrong], ready: Sequence[Sequence[Mark] | Wrong]
    ) -> list[ImportLine]:
        """Lines to write, everything reported."""
        lines = []
        for one, answer, marks in zip(batch, answers, ready, strict=True):
            if isinstance(answer, Wrong):
                self._bench.report.unmatched(one.picture, answer)
            elif line := self._line(one, answer, marks):
                lines.append(line)
        return lines

    def _line(self, one: Read, found: Found, marks: Sequence[Mark] | Wrong) -> ImportLine | None:
        report = self._bench.report
        if earlier := self._bench.spool.take(found.id, one.picture.where):
            report.refused(one.picture, Wrong("item_twice", f"The item is the one of {earlier} already."))
            return None
        if isinstance(marks, Wrong) or found.media is None:
            report.refused(one.picture, marks if isinstance(marks, Wrong) else Wrong("item_unreadable", "No media."))
            return None
        verdict = self._judge.judge(found.id, found.media, one.picture, marks)
        report.matched(one.picture, found.id, verdict)
        return verdict.line


def _placed(marks: Sequence[Mark], theirs: str, ours: str) -> list[Mark]:
    """Marks with the spans where the text of the item has them. Raises Wrong."""
    offsets = Offsets(theirs, ours)
    return [mark._replace(points=offsets.span(*mark.points)) if mark.kind is Kind.SPAN else mark for mark in marks]
