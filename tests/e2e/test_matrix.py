"""A place on the screen is the same pixel of the picture at every zoom, pixel ratio and EXIF orientation."""

from itertools import product

import pytest

from bench import projects
from bench.client import Person
from tests.e2e.canvases import photo
from tests.e2e.drawing import Board, Region, drawing_project, near, regions_of
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")
ZOOMS = (0.25, 1.0, 4.0)
ORIENTATIONS = range(1, 9)
RATIOS = (1, 2)
FULL = list(product(ZOOMS, ORIENTATIONS))
MIDDLE = (1500, 1000)


def _pairwise(ratio: int) -> list[tuple[float, int]]:
    """Half of all for one ratio, the other half for the other: every two of zoom, ratio and orientation meet."""
    return [(zoom, turned) for zoom, turned in FULL if (ZOOMS.index(zoom) + turned) % len(RATIOS) == ratio - 1]


def _truth(zoom: float) -> Region:
    """A box of the same size on every screen."""
    x, y = MIDDLE
    return "cat", [x - 60 / zoom, y - 40 / zoom, x + 80 / zoom, y + 50 / zoom]


async def _draw(board: Board, zoom: float) -> None:
    _, (left, top, right, bottom) = _truth(zoom)
    await board.label("cat")
    await board.zoom(zoom)
    await board.drag((left, top), (right, bottom))


async def _compare(person: Person, project: str, zooms: dict[str, float]) -> None:
    for name, zoom in zooms.items():
        found = await regions_of(person, project, name)
        assert near(found, [_truth(zoom)], 1 / zoom), name


async def _draw_all(world: World, ratio: int, cells: list[tuple[float, int]]) -> None:
    zooms = {f"{zoom}-{turned}.jpg": zoom for zoom, turned in cells}
    photos = {turned: photo(3000, 2000, turned) for turned in ORIENTATIONS}
    files = {f"{zoom}-{turned}.jpg": photos[turned] for zoom, turned in cells}
    project = (await drawing_project(world, "image_box", files))["id"]
    person = await world.person()
    context = await world.context(person, viewport={"width": 1000, "height": 640}, device_scale_factor=ratio)
    board = Board(await context.new_page())
    name = await board.opened(project)
    drawn: set[str] = set()
    while name:
        await _draw(board, zooms[name])
        drawn.add(name)
        name = await board.turn(name)
    assert drawn == set(files)
    await projects.wait_for(world.owner, project, lambda now: now["labeled"] == len(files), 30)
    await _compare(person, project, zooms)


@pytest.mark.parametrize("ratio", RATIOS)
async def test_pairwise(world: World, ratio: int) -> None:
    """See the module."""
    await _draw_all(world, ratio, _pairwise(ratio))


@pytest.mark.proof
@pytest.mark.parametrize("ratio", RATIOS)
async def test_in_full(world: World, ratio: int) -> None:
    """See the module."""
    await _draw_all(world, ratio, FULL)
