"""A running system, a browser and an owner with an API token. Every test makes its own people and projects."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from bench import projects, uploads
from bench.browser import cookies
from bench.client import Person
from deploy.local.system import System
from tests.e2e import pictures
from tests.e2e.workbench import Workbench

SIZE: ViewportSize = {"width": 1366, "height": 768}


@dataclass
class World:
    """What all browser tests share."""

    system: System
    browser: Browser
    owner: Person
    people: list[Person] = field(default_factory=list)
    shared: dict[str, tuple[dict[str, Any], Person]] = field(default_factory=dict)
    """By task: a project of many items that tests take theirs from, and its labeler."""
    _lent: list[BrowserContext] = field(default_factory=list)
    _odd: list[BrowserContext] = field(default_factory=list)
    _idle: list[BrowserContext] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the UI is."""
        return self.system.url

    async def person(self, role: str = "labeler") -> Person:
        """Somebody new, signed in at the API."""
        person = await Person.invited(self.owner, f"{role}-{secrets.token_hex(3)}", role)
        self.people.append(person)
        return person

    async def context(self, person: Person | None = None, **options: Any) -> BrowserContext:
        """A browser profile until the test ends, with the person's session in it; signed out without a person.

        One without `options` may be that of a former test, emptied: it still has what the server lets browsers keep.
        """
        if self._idle and not options:
            context = self._idle.pop()
        else:
            context = await self.browser.new_context(base_url=self.url, **{"viewport": SIZE, **options})
            context.set_default_timeout(15_000)
        (self._odd if options else self._lent).append(context)
        if person:
            await context.add_cookies(cookies(person))
        return context

    async def tidy(self) -> None:
        """Take all profiles back."""
        for context in self._odd:
            await context.close()
        for context in self._lent:
            await _empty(context, self.url)
        self._idle += self._lent
        self._odd, self._lent = [], []

    async def project(self, count: int, *, multi: bool = False) -> dict[str, Any]:
        """A running project over `count` pictures of its own, all ready to be labeled."""
        files = {pictures.name_of(number): pictures.png(number) for number in range(count)}
        return await self.over("Animals", files, pictures.LABELS, multi=multi)

    async def over(
        self, name: str, files: Mapping[str, bytes], labels: list[str], task: str = "", **settings: Any
    ) -> dict[str, Any]:
        """A running project over these files, all ready to be labeled; no other one has its name."""
        named, bucket = f"{name} {secrets.token_hex(4)}", self.system.stack.bucket
        return await projects.over(self.owner, bucket, named, files, labels, task=task, **settings)

    async def upload(self, files: Mapping[str, bytes]) -> None:
        """Put files into the default bucket as people do."""
        await uploads.upload(self.owner, self.system.stack.bucket, files)

    async def labeling(self, page: Page, project: str) -> Workbench:
        """The labeling page, past the instructions, with its first page of images."""
        await page.goto(f"/projects/{project}/label")
        await page.get_by_role("button", name="Start labeling").click()
        bench = Workbench(page)
        await bench.shown()
        return bench


async def _empty(context: BrowserContext, url: str) -> None:
    """Close its pages, and forget all but the HTTP cache."""
    for page in context.pages:
        await page.close()
    await context.clear_cookies()
    await context.clear_permissions()
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
    await page.close()


async def exported(world: World, project: str, folder: Path) -> Path:
    """A COCO export of the project as a file."""
    job = await projects.export(world.owner, project, "coco")
    response = await world.owner.http.get(f"/api/v1/exports/{job['id']}/download")
    response.raise_for_status()
    path = folder / "export.json"
    path.write_bytes(response.content)
    return path
