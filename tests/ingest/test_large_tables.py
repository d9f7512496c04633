"""Tables of any size and shape take no more memory than small ones."""

import secrets
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.contracts.exports import JobState
from services.contracts.projects import TaskType
from services.ingest.settings import IngestSettings
from tests.ingest.harness import Ingest, world_of
from tests.ingest.tables import source_of, written

MILLION = 1_000_000
MEGABYTE = 1_000_000
GROUP_ROWS = 150_000

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1_800)]


def rows_of_csv(path: Path) -> int:
    """A million sentences."""
    texts = (f"The text of row {number}, which is as long as a sentence." for number in range(MILLION))
    path.write_text(written([("id", "text"), *enumerate(texts)]))
    return MILLION


def one_row_group(path: Path) -> int:
    """300 MB that nothing makes smaller, in a single row group."""
    table = pa.table({"id": list(range(GROUP_ROWS)), "text": [secrets.token_hex(1_000) for _ in range(GROUP_ROWS)]})
    pq.write_table(table, path, row_group_size=GROUP_ROWS, compression=None)
    return GROUP_ROWS


@pytest.mark.parametrize(("name", "make"), [("a.csv", rows_of_csv), ("a.parquet", one_row_group)])
async def test_memory(
    own_settings: IngestSettings,
    start: Callable[..., Ingest],
    prefix: str,
    tmp_path: Path,
    name: str,
    make: Callable[[Path], int],
) -> None:
    settings = own_settings.model_copy(update={"ingest_item_limit": 2 * MILLION})
    process = start(settings).wait_ready()
    rows = make(tmp_path / name)
    async with world_of(settings) as world:
        world.s3.fput_object(settings.bucket, f"{prefix}/{name}", str(tmp_path / name))
        memory = psutil.Process(process.pid)
        most = before = memory.memory_info().rss
        project = await world.new_project(source_of(world, prefix), task_type=TaskType.TEXT_MULTI_CLASS)

        def over() -> bool:
            nonlocal most
            most = max(most, memory.memory_info().rss)
            found = world.refreshes(project.id, 1)
            return bool(found) and found[-1].state is JobState.SUCCEEDED

        await world.until(over, 1_700)
        assert world.refreshes(project.id, 1)[-1].found == rows
        assert most - before < 150 * MEGABYTE
