"""What every measurement inside a browser stands on: a system, an owner, a labeler, a Chromium."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from playwright.async_api import Browser, Page, async_playwright

from bench import projects
from bench.browser import ARGUMENTS, cookies, program
from bench.client import Person
from bench.figures import OUT, Figure, as_table, keep_part
from deploy.local.system import System

T = TypeVar("T")
PAGE: Final = OUT / "page.json"
"""Measurements of the labeling page, each under its name."""


@dataclass(frozen=True)
class Stand:
    """Everything runs until the measurement is over."""

    system: System
    owner: Person
    person: Person
    """Who labels."""
    browser: Browser

    async def project(self, name: str, files: Mapping[str, bytes], labels: list[str], task: str) -> dict[str, Any]:
        """A project over these files, all ready to be labeled."""
        return await projects.over(self.owner, self.system.stack.bucket, name, files, labels, task=task)

    async def enter(self, project: dict[str, Any], shown: str, wait_s: float = 120) -> Page:
        """The labeling page, past the instructions, once it shows an element by that selector."""
        context = await self.browser.new_context(base_url=self.system.url, viewport={"width": 1366, "height": 768})
        await context.add_cookies(cookies(self.person))
        page = await context.new_page()
        page.set_default_timeout(wait_s * 1000)
        page.on("dialog", lambda dialog: dialog.accept())
        await page.goto(f"/projects/{project['id']}/label")
        await page.get_by_role("button", name="Start labeling").click()
        await page.locator(shown).first.wait_for()
        return page


def run(work: Callable[[Stand], Awaitable[T]]) -> T:
    """Do the work on a system of its own."""
    with tempfile.TemporaryDirectory(prefix="labelbus-bench-") as folder, System(Path(folder)) as system:
        return asyncio.run(_run(system, work))


def report(name: str, measure: Callable[[Stand], Awaitable[list[Figure]]]) -> int:
    """Measure, print the table, keep it by that name. The exit status is 1 when a budget was missed."""
    figures = run(measure)
    keep_part(PAGE, name, figures)
    print(as_table(figures))
    return 0 if all(figure.met is not False for figure in figures) else 1


async def _run(system: System, work: Callable[[Stand], Awaitable[T]]) -> T:
    owner = Person.with_token(system.url, system.token)
    person = await Person.invited(owner, "labeler")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        done = await work(Stand(system, owner, person, browser))
        await browser.close()
    for each in (owner, person):
        await each.close()
    return done
