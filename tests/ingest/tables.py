"""What tests of tables and manifests share: files, and reading back what became of their rows."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from services.contracts import rows
from services.contracts.exports import JobState
from services.contracts.items import DiscoveredItem, ItemsDiscovered
from services.contracts.projects import DataSource, SourceKind, TableSettings
from services.contracts.refreshes import Refresh
from services.contracts.rows import Row
from tests.ingest.harness import World

OVER = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELED)


def written(table: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue()


def source_of(world: World, prefix: str, table: TableSettings | None = None) -> DataSource:
    return DataSource(datastore=world.settings.bucket, prefix=prefix, kind=SourceKind.TABLE, table=table)


async def ended(world: World, project: str, scan: int = 1, seconds: float = 60) -> Refresh:
    """The refresh when it is over. Its items may come after it: they are on another topic."""
    over: list[Refresh] = await world.until(
        lambda: [refresh for refresh in world.refreshes(project, scan) if refresh.state in OVER], seconds
    )
    return over[-1]


async def items_of(world: World, project: str, count: int, scan: int = 1) -> list[DiscoveredItem]:
    """`count` discovered items, after chunks were deduplicated, in the order of their rows."""

    def found() -> list[DiscoveredItem]:
        chunks = {e.index: e for e in world.events(ItemsDiscovered, project) if e.scan == scan}
        return [item for chunk in chunks.values() for item in chunk.items]

    await world.until(lambda: len(found()) >= count)
    items = found()
    assert len(items) == count
    return sorted(items, key=lambda item: (item.source.key, Row.of(item.source.part).number))


def cells_of(world: World, project: str, item: DiscoveredItem) -> dict[str, str]:
    """The row as it lies in its chunk."""
    row, source = Row.of(item.source.part), item.source
    key = rows.chunk_key(project, source.key, source.etag, row.chunk)
    answer = world.s3.get_object(world.settings.bucket, key, offset=row.offset, length=row.length)
    try:
        cells: dict[str, str] = json.loads(answer.read())
    finally:
        answer.close()
        answer.release_conn()
    return cells
