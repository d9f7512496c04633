"""Counts imports and writes what they hold, a batch a transaction: who takes over goes on behind the last one."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from services.contracts.import_lines import ImportLine, chunk_key
from services.contracts.imports import ENDED, ImportState
from services.contracts.labels import ItemState
from services.contracts.projects import Project
from services.kit import clock
from services.kit.blobs import BlobMissing, Blobs
from services.kit.errors import Infrastructure
from services.kit.jobs import attempt, pause_ms
from services.kit.regions import RegionObjects
from services.kit.store import Document, Session
from services.queue import metrics
from services.queue.history.models import names_of
from services.queue.history.store import History
from services.queue.imports.counting import Counting
from services.queue.imports.lines import Lines
from services.queue.imports.models import PROBLEMS, Given, Import, Outcome, apply
from services.queue.imports.store import Imports, read
from services.queue.items.store import Items
from services.queue.projects.models import ENDED as ENDED_PROJECTS
from services.queue.projects.store import Projects

_ITEMS: Final = 250
_BYTES: Final = 400_000
"""Of one transaction: few enough that a waiting claim does not feel it."""
_READY_MS: Final = 60_000
"""How long after the agreement items may still be on their way from the scan."""


class NotReady(Infrastructure):
    """What has to be there first is still on its way."""


class Applier:
    """One worker's hands. `now` gives epoch milliseconds."""

    def __init__(
        self,
        imports: Imports,
        items: Items,
        history: History,
        projects: Projects,
        blobs: Blobs,
        bucket: str,
        now: Callable[[], int] = clock.now_ms,
    ) -> None:
        """`bucket` is the default one."""
        self._imports, self._items, self._history, self._projects = imports, items, history, projects
        self._blobs, self._bucket, self._now = blobs, bucket, now
        self._objects = RegionObjects(blobs, bucket)
        self._counting = Counting(imports, items, blobs, bucket)

    async def step(self) -> bool:
        """Count or write one import to its end, or until something fails. False if there was none."""
        held = await self._imports.take()
        if held is None:
            return False
        await attempt(_Try(self, self._imports, held), held["tries"])
        return True

    async def work(self, held: Document, found: Import) -> None:
        """Count or write one import. Raises NotReady, BlobMissing, JobLost."""
        await (self._write if found.job.state is ImportState.APPLYING else self._counting.run)(held, found)

    async def _write(self, held: Document, found: Import) -> None:
        project = await self._projects.find(found.job.project)
        if project is None:
            raise NotReady(found.job.project)
        if project.run_state in ENDED_PROJECTS:
            await self.end(held, ImportState.CANCELED, "The project was deleted.")
            return
        lines = Lines(project, found.job.mode, self._objects)
        while found.chunk < found.job.chunks:
            data = await self._blobs.get(self._bucket, chunk_key(project.id, found.job.id, found.chunk))
            rows = data.splitlines()
            for batch in _batches(rows[found.lines :]):
                given = await lines.ready(await asyncio.to_thread(_parsed, batch))
                found = await self._batch(held, project, given)
            found = await self._next_chunk(held)
        await self.end(held, ImportState.SUCCEEDED, "")

    async def _batch(self, held: Document, project: Project, given: Sequence[Given]) -> Import:
        async def write(session: Session, found: Import) -> Import:
            known = await self._items.find(session, [one.line.item for one in given])
            self._require_ready(found, known)
            out, now = Outcome(), self._now()
            for one in given:
                item = known.get(one.line.item)
                own = item if item is not None and item["project"] == project.id else None
                apply(found.job, own, one, project.version, now, out)
            await self._items.update(session, out.changed)
            await self._history.append(session, out.changes, names_of(project))
            return _counted(found, out, len(given))

        changed = await self._imports.advance(held, write)
        metrics.IMPORTED.inc(len(given))
        return changed

    def _require_ready(self, found: Import, known: dict[str, Document]) -> None:
        """Ingest knows an item before queue does: for a while it is waited for. Raises NotReady."""
        agreed = clock.to_ms(found.job.confirmed_at) if found.job.confirmed_at else 0
        if self._now() - agreed < _READY_MS:
            late = [item for item in known.values() if item["state"] == ItemState.DISCOVERED]
            if late:
                raise NotReady(f"{len(late)} items are still being probed")

    async def _next_chunk(self, held: Document) -> Import:
        async def write(_: Session, found: Import) -> Import:
            return found.model_copy(update={"chunk": found.chunk + 1, "lines": 0})

        return await self._imports.advance(held, write)

    async def end(self, held: Document, state: ImportState, error: str) -> None:
        """Tell that nothing more is written. `error` is empty if all is."""

        async def write(_: Session, found: Import) -> Import:
            ended = {"state": state, "error": error, "finished_at": clock.now()}
            return found.model_copy(update={"job": found.job.model_copy(update=ended)})

        ended = await self._imports.advance(held, write)
        assert ended.job.state in ENDED  # noqa: S101 - the states of this method's callers
        metrics.IMPORTS.labels(state).inc()


class _Try:
    """One try at one import, as `services.kit.jobs.Try`."""

    noun = "import"

    def __init__(self, applier: Applier, imports: Imports, held: Document) -> None:
        self._applier, self._imports, self._held = applier, imports, held
        self._found = read(held)
        self.id = self._found.job.id

    @property
    def failures(self) -> int:
        """As Try."""
        return self._found.failures

    async def work(self) -> None:
        """As Try."""
        await self._applier.work(self._held, self._found)

    async def settle(self, error: Exception) -> bool:
        """As Try: what is on its way is waited for, always as long."""
        if isinstance(error, NotReady):
            await self.put_off(pause_ms(0), self.failures)
        elif isinstance(error, BlobMissing):
            text = f"A part of the import is gone from object storage: {error}."
            await self._applier.end(self._held, ImportState.FAILED, text)
        else:
            return False
        return True

    async def put_off(self, delay_ms: int, failures: int) -> None:
        """As Try."""
        await self._imports.put_off(self._held, delay_ms, failures)

    async def give_up(self, why: str) -> None:
        """As Try."""
        text = f"The import {why} What was written stays."
        await self._applier.end(self._held, ImportState.FAILED, text)


def _counted(found: Import, out: Outcome, lines: int) -> Import:
    """How far the import is after a batch."""
    job = found.job
    room = max(0, PROBLEMS - len(job.problems))
    changes = {name: getattr(job, name) + out.counts[name] for name in ("applied", "already_labeled", "kept")}
    told = {
        **changes,
        "problems": [*job.problems, *out.problems[:room]],
        "suppressed": job.suppressed + len(out.problems[room:]),
    }
    return found.model_copy(update={"lines": found.lines + lines, "job": job.model_copy(update=told)})


def _parsed(rows: Sequence[bytes]) -> list[ImportLine]:
    return [ImportLine.model_validate_json(row) for row in rows]


def _batches(rows: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Rows in order, as many at once as a transaction may have."""
    begin = size = 0
    for place, row in enumerate(rows):
        if place > begin and (place - begin >= _ITEMS or size + len(row) > _BYTES):
            yield rows[begin:place]
            begin, size = place, 0
        size += len(row)
    if begin < len(rows):
        yield rows[begin:]
