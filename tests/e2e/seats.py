"""A fresh browser at a new picture, of a project and a labeler that tests share: to make these takes seconds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bench.client import Person
from tests.e2e.canvases import png
from tests.e2e.drawing import Board, Region, drawing_project, regions_of
from tests.e2e.world import World

_PICTURES = 90
"""What a test opened or only fetched ahead stays leased to its browser: there must be enough for all."""


@dataclass
class Seat:
    """The labeler at one picture, 400 by 300."""

    world: World
    person: Person
    project: dict[str, Any]
    board: Board
    name: str

    async def submit(self) -> None:
        """Submit, and wait until the server has it."""
        await self.board.turn(self.name)
        await self.board.saved()

    async def regions(self) -> list[Region]:
        """What the server holds of the picture."""
        return await regions_of(self.person, self.project["id"], self.name)

    async def held(self) -> list[Region]:
        """Submit, and what the server holds then."""
        await self.submit()
        return await self.regions()


@asynccontextmanager
async def seated(world: World, task: str, **options: Any) -> AsyncIterator[Seat]:
    """The labeling page of the shared project of a task, just opened. `options`: of the browser's profile."""
    project, person = world.shared.get(task) or await _share(world, task)
    context = await world.context(person, **options)
    board = Board(await context.new_page())
    yield Seat(world, person, project, board, await board.opened(project["id"]))
    await world.tidy()


async def _share(world: World, task: str) -> tuple[dict[str, Any], Person]:
    picture = png()
    files = {f"{number:02}.png": picture for number in range(_PICTURES)}
    world.shared[task] = await drawing_project(world, task, files), await world.person()
    return world.shared[task]
