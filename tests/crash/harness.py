"""A system of which one service runs with a saboteur, and people who go on working while it falls."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bench import pictures, projects
from bench.client import Person, label_ids
from bench.labelers import Tally, label_all
from deploy.local.service import module
from deploy.local.system import System
from tests.crash import verify
from tests.crash.saboteur import ARMED
from tests.crash.steps import Case

LABELS = ["cat", "dog", "fox"]


class Crash:
    """One system for many cases; each case has a project of its own over the same objects."""

    def __init__(self, system: System, owner: Person, people: list[Person], items: int) -> None:
        """`system` runs; `items` objects lie below `crash/`."""
        self.system = system
        self.owner = owner
        self.people = people
        self.items = items
        self.done: tuple[str, Tally] | None = None
        """A project that is labeled and was verified: cases of exports take it instead of labeling another one."""

    @classmethod
    async def prepare(cls, system: System, items: int, labelers: int) -> "Crash":
        """Fill the bucket and invite people."""
        await asyncio.to_thread(pictures.fill, system.stack, "crash/", items)
        owner = Person.with_token(system.url, system.token)
        suffix = secrets.token_hex(3)
        people = [await Person.invited(owner, f"crash{number}-{suffix}") for number in range(labelers)]
        return cls(system, owner, people, items)

    async def run(self, case: Case, folder: Path) -> None:
        """Strike once during the case's work, finish the work, verify everything."""
        if case.during == "export":
            project, tally = await self.labeled()
            async with self.struck(case, folder):
                await projects.export(self.owner, project, "coco")
        elif case.during == "scan":
            async with self.struck(case, folder):
                project = await self.project()
                tally = await self.label(project)
        else:
            project = await self.project()
            async with self.struck(case, folder):
                tally = await self.label(project)
        await verify.everything(self.system, self.owner, project, tally, self.items)
        self.done = project, tally

    async def labeled(self) -> tuple[str, Tally]:
        """A project of which everything is labeled, and by whom."""
        if self.done is None:
            project = await self.project()
            self.done = project, await self.label(project)
        return self.done

    @asynccontextmanager
    async def struck(self, case: Case, folder: Path) -> AsyncIterator[None]:
        """Strike once during what is done within; bring the victim back. Fails if the step was never reached."""
        mark = folder / "reached"
        await asyncio.to_thread(self._sabotage, case, mark)
        revival = asyncio.create_task(asyncio.to_thread(self._revive, case, mark))
        reached = False
        try:
            yield
        finally:
            reached = await revival
            # Who was killed by itself came back without its saboteur.
            if case.victim != case.service or not reached:
                await asyncio.to_thread(self._replace, case.service, None)
        assert reached, f"step {case.step} was never reached"

    async def label(self, project: str) -> Tally:
        """Let everybody work until all is labeled."""
        view = await self.owner.call("GET", f"/projects/{project}")
        ids = list(label_ids(view).values())
        tally = await label_all(self.people, project, lambda item: ids[int(item["id"][-1], 16) % 3], deadline_s=120)
        assert len(tally.saved) == self.items, f"{len(tally.saved)} saved, {tally.lost} lost, {tally.retries} retries"
        return tally

    async def project(self) -> str:
        """A project that runs with all its items in the queue."""
        name = f"Crash {secrets.token_hex(4)}"
        project: dict[str, Any] = await insist(lambda: projects.create(self.owner, name, "crash/", LABELS))
        await insist(lambda: projects.wait_running(self.owner, project["id"]))
        await insist(
            lambda: projects.wait_for(self.owner, project["id"], lambda now: now["ready"] and now["pending"] == 0, 120)
        )
        return str(project["id"])

    def _sabotage(self, case: Case, mark: Path) -> None:
        victim = self.system.parts[case.victim]
        pid = 0 if case.victim == case.service else victim.process.pid
        settings = {"CRASH_STEP": str(case.step), "CRASH_PID": str(pid), "CRASH_MARK": str(mark)}
        self._replace(case.service, settings)
        mark.with_name(ARMED).touch()

    def _replace(self, name: str, crash: dict[str, str] | None) -> None:
        """Start the service anew, with the saboteur when `crash` is given."""
        service = self.system.services[name]
        service.stop()
        if crash is None:
            service.start()
            return
        command = module("tests.crash.saboteur", f"services.{name}", settings={**self.system.settings, **crash})
        service.process.start(command)
        service.wait_ready()

    def _revive(self, case: Case, mark: Path) -> bool:
        """Wait until the victim is dead, then start it as it always was. False when the step was never reached."""
        victim = self.system.parts[case.victim]
        end = time.monotonic() + 60
        while victim.process.alive:
            if time.monotonic() > end:
                return mark.exists()
            time.sleep(0.02)
        victim.start()
        return mark.exists()


async def insist(call: Callable[[], Any], seconds: float = 60) -> Any:
    """Call again while the system is down."""
    end = time.monotonic() + seconds
    while True:
        try:
            return await call()
        except Exception:
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.3)
