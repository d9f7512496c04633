"""kill -9 of ingest in the middle of a scan, again and again: nothing is lost, nothing doubled."""

import asyncio
import random
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from services.contracts.exports import JobState
from services.contracts.items import ItemsDiscovered, ItemsProbed
from services.contracts.projects import DataSource
from services.ingest.settings import IngestSettings
from tests.ingest.harness import Ingest, World, id_of, world_of

FILES = 400


def contents(world: World, kind: type[ItemsDiscovered] | type[ItemsProbed], project: str) -> dict[int, set[str]]:
    """What each index held in all its copies."""
    held: dict[int, set[str]] = {}
    for event in world.events(kind, project):
        held.setdefault(event.index, set()).add(event.model_dump_json())
    return held


def _listed(world: World, project: str, scan: int, least: int) -> bool:
    """Whether the scan is so far, or over."""
    told = world.refreshes(project, scan)
    return bool(told) and (told[-1].listed >= least or told[-1].state not in (JobState.REQUESTED, JobState.RUNNING))


async def _who_probes(processes: Sequence[Ingest]) -> Ingest:
    """The first one that has probed anything."""
    async with asyncio.timeout(30):
        while True:
            for process in processes:
                async with process.client() as client:
                    if 'ingest_files_probed_total{state="probed"}' in (await client.get("/metrics")).text:
                        return process


class TestCrash:
    @pytest.mark.timeout(600)
    @pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.proof)])
    async def test_a_scan_goes_on_where_it_was(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str, kills: int
    ) -> None:
        chance = random.Random(kills)
        settings = own_settings.model_copy(update={"ingest_page_keys": 5, "ingest_probe_batch": 7})
        quick = {"LABELBUS_INGEST_LEASE_MS": "1000"}
        process = start(settings, **quick).wait_ready()
        async with world_of(settings) as world:
            keys = [f"{prefix}/{number:04d}.png" for number in range(FILES)]
            world.put_all(keys)
            project = await world.new_project(DataSource(datastore=settings.bucket, prefix=prefix))
            for least in sorted(chance.sample(range(FILES // 2), kills)):
                await world.until(partial(lambda least: len(world.keys(project.id)) >= least, least))
                process.kill9()
                process = start(settings, **quick)
            for least in sorted(chance.sample(range(FILES // 2), kills)):
                await world.until(partial(lambda least: len(world.probed(project.id)) >= least, least))
                process.kill9()
                process = start(settings, **quick)
            refresh = await world.ended(project.id, seconds=60)
            assert refresh.state is JobState.SUCCEEDED
            assert sorted(world.keys(project.id)) == keys
            assert world.probed(project.id).keys() == id_of(project, keys)
            assert (refresh.found, refresh.listed, refresh.probed) == (FILES, FILES, FILES)
            for kind in (ItemsDiscovered, ItemsProbed):
                held = contents(world, kind, project.id)
                assert sorted(held) == list(range(len(held)))
                assert all(len(copies) == 1 for copies in held.values())
            assert world.finished(project.id).chunks == len(contents(world, ItemsDiscovered, project.id))

    @pytest.mark.proof
    async def test_a_refresh_goes_on_where_it_was(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        """Ranges that are confirmed, replaced and lost, each with kills in between."""
        chance = random.Random(4)
        settings = own_settings.model_copy(update={"ingest_page_keys": 5})
        quick = {"LABELBUS_INGEST_LEASE_MS": "1000"}
        process = start(settings, **quick).wait_ready()
        async with world_of(settings) as world:
            keys = [f"{prefix}/{number:04d}.png" for number in range(FILES)]
            world.put_all(keys)
            project = await world.new_project(DataSource(datastore=settings.bucket, prefix=prefix))
            await world.ended(project.id)
            for scan in (2, 3):
                gone = chance.sample(keys, 40)
                new = [f"{prefix}/{scan}-{number:04d}.png" for number in range(40)]
                keys = sorted({*keys, *new} - {*gone})
                for key in gone:
                    world.remove(key)
                world.put_all(new)
                await world.request_refresh(project.id, scan)
                for least in sorted(chance.sample(range(1, FILES), 5)):
                    await world.until(partial(_listed, world, project.id, scan, least))
                    process.kill9()
                    process = start(settings, **quick)
                refresh = await world.ended(project.id, scan, seconds=120)
                assert (refresh.state, refresh.listed) == (JobState.SUCCEEDED, len(keys))
                assert (refresh.found, refresh.missing, refresh.changed) == (40, 40, 0)
                assert sorted(world.keys(project.id, scan)) == new
                assert world.missing(project.id, scan) == id_of(project, gone)

    async def test_two_processes_share_the_work(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str, unused_port: int
    ) -> None:
        first = own_settings.model_copy(update={"ingest_page_keys": 50, "ingest_probe_batch": 4})
        other = {"ingest_url": f"http://127.0.0.1:{unused_port}", "instance": "1"}
        processes = [start(first).wait_ready(), start(first.model_copy(update=other)).wait_ready()]
        async with world_of(first) as world:
            keys = [f"{prefix}/{number:04d}.png" for number in range(100)]
            world.put_all(keys)
            project = await world.new_project(DataSource(datastore=first.bucket, prefix=prefix))
            busy = await _who_probes(processes)
            # The other one looks for work every two seconds: too seldom to get any of so little.
            busy.pause()
            await _who_probes([process for process in processes if process is not busy])
            busy.resume()
            refresh = await world.ended(project.id)
            assert sorted(world.keys(project.id)) == keys
            assert world.probed(project.id).keys() == id_of(project, keys)
            told = sum(len(event.items) for event in world.events(ItemsProbed, project.id))
            assert told == refresh.probed == len(keys)
