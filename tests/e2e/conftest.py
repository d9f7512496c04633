"""One system and one browser for all browser tests."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bench.client import Person
from deploy.local.service import CHECKOUT
from deploy.local.stack import Stack
from deploy.local.system import System
from tests.e2e.world import World

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NAMES = (os.environ.get("LABELBUS_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="package")
def built_ui() -> None:
    """Without the UI every test would fail for a reason that is hard to see."""
    if not (CHECKOUT / "services/gateway/static/index.html").exists():
        pytest.fail("The web UI is not built: run `make ui`.")


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser(built_ui: None) -> AsyncIterator[Browser]:
    """Chromium."""
    program = next((found for name in NAMES if name and (found := shutil.which(name))), None)
    if program is None:
        pytest.fail("There is no Chromium on the PATH or in LABELBUS_CHROMIUM: run `make test-tools`.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def world(stack: Stack, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A system of its own on the shared stack."""
    settings = {"LABELBUS_TOPIC_PREFIX": "e2e-", "LABELBUS_DATABASE_PREFIX": "e2e-"}
    with System(tmp_path_factory.mktemp("e2e"), settings, stack) as system:
        world = World(system, browser, Person.with_token(system.url, system.token))
        yield world
        for person in [world.owner, *world.people]:
            await person.close()
