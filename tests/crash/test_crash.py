"""A seeded sample of the matrix at every change, on fewer items; the whole matrix in `make proof`."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bench.client import Person, answer, new_token
from deploy.local.stack import Stack
from deploy.local.system import System
from tests.crash import regions, verify
from tests.crash.compaction import compact
from tests.crash.harness import Crash
from tests.crash.steps import Case, all_cases, region_cases

SEED = 20261121
# Exports last: they take what was labeled before.
SAMPLE = sorted(random.Random(SEED).sample(all_cases(), 2), key=lambda case: case.during == "export")
BETWEEN, *OTHER_REGIONS = region_cases()
ITEMS = 2_000
FEW_ITEMS = 800
LABELERS = 8

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


@asynccontextmanager
async def _crash(stack: Stack, folder: Path, items: int) -> AsyncIterator[Crash]:
    """A system with so many objects in its bucket and eight people."""
    prefix = f"crash-{items}-"
    settings = {"LABELBUS_TOPIC_PREFIX": prefix, "LABELBUS_DATABASE_PREFIX": prefix}
    with System(folder, settings, stack) as system:
        crash = await Crash.prepare(system, items, LABELERS)
        yield crash
        for person in [crash.owner, *crash.people]:
            await person.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crash(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Crash]:
    async with _crash(stack, tmp_path_factory.mktemp("crash"), FEW_ITEMS) as crash:
        yield crash


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def large_crash(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Crash]:
    async with _crash(stack, tmp_path_factory.mktemp("crash"), ITEMS) as crash:
        yield crash


@pytest.mark.parametrize("case", SAMPLE, ids=str)
async def test_nothing_is_lost_in_a_sampled_crash(crash: Crash, case: Case, tmp_path: Path) -> None:
    """See the module."""
    await crash.run(case, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("case", all_cases(), ids=str)
async def test_nothing_is_lost_in_any_crash(large_crash: Crash, case: Case, tmp_path: Path) -> None:
    """See the module."""
    await large_crash.run(case, tmp_path)


async def test_regions_outlive_a_crash_between_their_object_and_their_label(crash: Crash, tmp_path: Path) -> None:
    await regions.submit_while_struck(crash, BETWEEN, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("case", OTHER_REGIONS, ids=str)
async def test_regions_outlive_any_crash_of_the_queue(large_crash: Crash, case: Case, tmp_path: Path) -> None:
    await regions.submit_while_struck(large_crash, case, tmp_path)


async def test_a_fresh_subscriber_after_compaction_ends_with_the_labels_of_the_store(crash: Crash) -> None:
    project, tally = await crash.labeled()
    crash.done = None  # what is corrected now, the tally does not know
    for person in crash.people:
        await relabel(person, project)
    crash.system.services["queue"].kill9()
    crash.system.services["queue"].start()
    items = verify.items_of(crash.system, project)
    await verify.drained(crash.system)
    found = await compact(crash.system, project, lambda records: all(len(each) == 1 for each in records.values()))
    assert len(found) == len(items) == len(tally.saved)
    for item, stored in items.items():
        record = found[item][0]
        assert record is not None
        assert record["version"] == stored["version"]
        assert record["answers"][0]["labels"] == stored["label"]["answers"][0]["labels"]
    assert sum(stored["version"] == 2 for stored in items.values()) >= len(crash.people)


async def relabel(person: Person, project: str) -> None:
    """Correct what the person did last, as Back does."""
    done = await person.call("GET", f"/projects/{project}/done?limit=9")
    view = await person.call("GET", f"/projects/{project}")
    label = view["label_sets"][0]["labels"][0]["id"]
    body = {"key": new_token(), "items": [answer(item, label) for item in done["items"]]}
    results = (await person.call("POST", f"/projects/{project}/back", json=body))["results"]
    assert {result["result"] for result in results} == {"saved"}
