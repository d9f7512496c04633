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
        """A browser profile of its own, with the person's session in it; signed out without a person."""
        context = await self.browser.new_context(base_url=self.url, **{"viewport": SIZE, **options})
        context.set_default_timeout(15_000)
        if person:
            await context.add_cookies(cookies(person))
        return context

    async def project(self, count: int, *, multi: bool = False) -> dict[str, Any]:
        """A running project over `count` pictures of its own, all ready to be labeled."""
        prefix = f"e2e-{secrets.token_hex(4)}/"
        await self.upload({prefix + pictures.name_of(number): pictures.png(number) for number in range(count)})
        project = await projects.create(self.owner, f"Animals {prefix[4:-1]}", prefix, pictures.LABELS, multi=multi)
        await projects.wait_running(self.owner, project["id"])
        await projects.wait_for(self.owner, project["id"], lambda now: now["ready"] and now["pending"] == 0, 60)
        return project

    async def texts(self, files: Mapping[str, bytes], task: str, labels: list[str]) -> dict[str, Any]:
        """A running project over texts of its own, all ready to be labeled."""
        prefix = f"e2e-{secrets.token_hex(4)}/"
        await self.upload({prefix + name: data for name, data in files.items()})
        project = await projects.create(self.owner, f"Texts {prefix[4:-1]}", prefix, labels, task=task)
        await projects.wait_running(self.owner, project["id"])
        await projects.wait_for(self.owner, project["id"], lambda now: now["ready"] and now["pending"] == 0, 60)
        return project

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


async def exported(world: World, project: str, folder: Path) -> Path:
    """A COCO export of the project as a file."""
    job = await projects.export(world.owner, project, "coco")
    response = await world.owner.http.get(f"/api/v1/exports/{job['id']}/download")
    response.raise_for_status()
    path = folder / "export.json"
    path.write_bytes(response.content)
    return path
