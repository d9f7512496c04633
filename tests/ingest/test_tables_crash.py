"""kill -9 in the middle of a table, and what comes after: no row doubled, none lost. The limit."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from services.contracts.exports import JobState
from services.contracts.items import ItemsDiscovered
from services.contracts.projects import TableSettings, TaskType
from services.contracts.rows import Row
from services.ingest.settings import IngestSettings
from tests.ingest.harness import Ingest, World, world_of
from tests.ingest.tables import cells_of, ended, items_of, source_of, written

ROWS = 600
QUICK = {"LABELBUS_INGEST_LEASE_MS": "1000"}


def contents(world: World, project: str) -> dict[int, set[str]]:
    """What each index held in all its copies."""
    held: dict[int, set[str]] = {}
    for event in world.events(ItemsDiscovered, project):
        held.setdefault(event.index, set()).add(event.model_dump_json())
    return held


class TestCrash:
    @pytest.mark.timeout(600)
    @pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.proof)])
    async def test_a_table_is_read_on_where_it_was(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str, kills: int
    ) -> None:
        chance = random.Random(kills)
        settings = own_settings.model_copy(update={"ingest_chunk_rows": 7})
        process = start(settings, **QUICK).wait_ready()
        async with world_of(settings) as world:
            table = [("id", "text"), *((n, f"row {n}\nof two lines, {'x' * (n % 90)}") for n in range(ROWS))]
            world.put(f"{prefix}/a.csv", written(table[: ROWS // 2]).encode())
            world.put(f"{prefix}/b.csv", written([table[0], *table[ROWS // 2 :]]).encode("utf-16"))
            source = source_of(world, prefix, TableSettings(header=True, columns=["text"]))
            project = await world.new_project(source, task_type=TaskType.TEXT_ENTITIES)
            for least in sorted(chance.sample(range(ROWS // 2), kills)):
                await world.until(partial(lambda least: len(world.keys(project.id)) >= least, least))
                process.kill9()
                process = start(settings, **QUICK)
            refresh = await ended(world, project.id)
            assert (refresh.state, refresh.found, refresh.listed) == (JobState.SUCCEEDED, ROWS, 2)
            items = await items_of(world, project.id, ROWS)
            assert [cells_of(world, project.id, item)["id"] for item in items] == [str(n) for n in range(ROWS)]
            held = contents(world, project.id)
            assert sorted(held) == list(range(len(held)))
            assert all(len(copies) == 1 for copies in held.values())
            assert world.finished(project.id).chunks == len(held)

    async def test_rows_beyond_the_limit_are_counted(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        settings = own_settings.model_copy(update={"ingest_item_limit": 25, "ingest_chunk_rows": 10})
        start(settings).wait_ready()
        async with world_of(settings) as world:
            for name in ("a", "b"):
                world.put(f"{prefix}/{name}.csv", written([("text",), *((f"{name} {n}",) for n in range(20))]).encode())
            project = await world.new_project(source_of(world, prefix), task_type=TaskType.TEXT_MULTI_CLASS)
            refresh = await ended(world, project.id)
            assert (refresh.found, refresh.left_out) == (25, 15)
            assert [m.text for m in refresh.messages] == ["15 rows were left out: a project holds at most 25 items."]
            items = await items_of(world, project.id, 25)
            assert [Row.of(item.source.part).number for item in items] == [*range(20), *range(5)]
            assert world.finished(project.id).left_out == 15
