"""One system and one browser for all browser tests."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bench.browser import ARGUMENTS, SHELL, program
from bench.client import Person
from deploy.local.service import CHECKOUT
from deploy.local.stack import Stack
from deploy.local.system import System
from tests.e2e.world import World

WAIT_MS = 15_000
"""On a busy machine a page takes its time."""


def _require_ui() -> None:
    """Without it every test would fail for a reason that is hard to see."""
    if not (CHECKOUT / "services/gateway/static/index.html").exists():
        pytest.fail("The web UI is not built: run `make ui`.")


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    """Chromium."""
    _require_ui()
    expect.set_options(timeout=WAIT_MS)
    path = program(SHELL)
    if path is None:
        pytest.fail("There is no Chromium on the PATH or in LABELBUS_CHROMIUM: run `make test-tools`.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def world(stack: Stack, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A system of its own on the shared stack."""
    settings = {
        "LABELBUS_TOPIC_PREFIX": "e2e-",
        "LABELBUS_DATABASE_PREFIX": "e2e-",
        "LABELBUS_EXPORT_OVERLAP_S": "0",  # tests label and export within seconds
    }
    with System(tmp_path_factory.mktemp("e2e"), settings, stack) as system:
        world = World(system, browser, Person.with_token(system.url, system.token))
        yield world
        for person in [world.owner, *world.people]:
            await person.close()


@pytest_asyncio.fixture(autouse=True, loop_scope="package")
async def tidied(world: World) -> AsyncIterator[None]:
    """What a test leaves open is closed behind it."""
    yield
    await world.tidy()
