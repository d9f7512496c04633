"""Takes in what scans found. A chunk is applied once, and only whole."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from services.contracts.items import ItemsProbed, ScanFinished
from services.kit import clock
from services.kit.store import Session, Store
from services.queue import metrics
from services.queue.history.models import names_of
from services.queue.history.store import History
from services.queue.items.fold import Chunk, Fold
from services.queue.items.store import Intakes, Items
from services.queue.projects.models import ENDED
from services.queue.projects.store import Projects

ScanEvent: TypeAlias = Chunk | ScanFinished

ITEMS_AT_ONCE: Final = 2_000
"""Items of one transaction: few enough that a waiting claim does not feel it."""


class Intake:
    """Applies scan events of one project at a time, in their order."""

    def __init__(
        self,
        store: Store,
        items: Items,
        intakes: Intakes,
        history: History,
        projects: Projects,
        now: Callable[[], int] = clock.now_ms,
    ) -> None:
        self._store = store
        self._items = items
        self._intakes = intakes
        self._history = history
        self._projects = projects
        self._now = now

    async def apply(self, project: str, events: Sequence[ScanEvent]) -> None:
        """Apply events of a project; those that were applied before change nothing."""
        for batch in _batches(events):

            async def body(session: Session, batch: Sequence[ScanEvent] = batch) -> None:
                await self._apply(session, project, batch)

            await self._store.transact(body)
            for event in batch:
                metrics.INTAKE.labels(type(event).__name__).inc(_size(event))

    async def _apply(self, session: Session, project: str, events: Sequence[ScanEvent]) -> None:
        known = await self._projects.find(project, session)
        if known is not None and known.run_state in ENDED:
            return
        chunks = {chunk_id(event): event for event in events if not isinstance(event, ScanFinished)}
        new = await self._intakes.unseen(session, list(chunks))
        applied = [chunk for id_, chunk in chunks.items() if id_ in new]
        fold = Fold(await self._items.find(session, _ids(applied)), self._now())
        for chunk in applied:
            fold.apply(chunk)
        await self._items.insert(session, fold.new())
        await self._items.update(session, fold.changed())
        await self._history.append(session, fold.changes, names_of(known))
        counts = fold.counts()
        counts.update(f"scans.{chunk.scan}.applied" for chunk in applied if not isinstance(chunk, ItemsProbed))
        ends = [event for event in events if isinstance(event, ScanFinished)]
        await self._intakes.add(session, project, counts, ends)


def chunk_id(chunk: Chunk) -> str:
    """`_id` in `chunks`. Discovery and missing items are numbered together, probes apart."""
    letter = "p" if isinstance(chunk, ItemsProbed) else "d"
    return f"{chunk.project}/{chunk.scan}/{letter}/{chunk.index}"


def _ids(chunks: Sequence[Chunk]) -> set[str]:
    return {item if isinstance(item, str) else item.id for chunk in chunks for item in chunk.items}


def _size(event: ScanEvent) -> int:
    return 0 if isinstance(event, ScanFinished) else len(event.items)


def _batches(events: Sequence[ScanEvent]) -> Iterator[list[ScanEvent]]:
    """Cut events into runs of at most ITEMS_AT_ONCE items; an event is never cut."""
    batch: list[ScanEvent] = []
    size = 0
    for event in events:
        if batch and size + _size(event) > ITEMS_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(event)
        size += _size(event)
    if batch:
        yield batch
