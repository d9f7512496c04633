"""A seeded sample of the matrix at every change, the whole matrix in `make proof`."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from deploy.local.stack import Stack
from deploy.local.system import System
from tests.crash.harness import Crash
from tests.crash.steps import Case, all_cases

SEED = 20261121
SAMPLE = random.Random(SEED).sample(all_cases(), 6)
REST = [case for case in all_cases() if case not in SAMPLE]
ITEMS = 2_000
LABELERS = 8

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crash(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Crash]:
    """A system with 2,000 objects in its bucket and eight people."""
    settings = {"LABELBUS_TOPIC_PREFIX": "crash-", "LABELBUS_DATABASE_PREFIX": "crash-"}
    with System(tmp_path_factory.mktemp("crash"), settings, stack) as system:
        crash = await Crash.prepare(system, ITEMS, LABELERS)
        yield crash
        for person in [crash.owner, *crash.people]:
            await person.close()


@pytest.mark.parametrize("case", SAMPLE, ids=str)
async def test_nothing_is_lost_in_a_sampled_crash(crash: Crash, case: Case, tmp_path: Path) -> None:
    """See the module."""
    await crash.run(case, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("case", REST, ids=str)
async def test_nothing_is_lost_in_any_crash(crash: Crash, case: Case, tmp_path: Path) -> None:
    """See the module."""
    await crash.run(case, tmp_path)
