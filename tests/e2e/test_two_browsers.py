"""Two people label one project by mouse only, at once: no image is ever on both screens."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, Response, expect

from bench import projects
from tests.e2e.coco import labels_by_file
from tests.e2e.pictures import LABELS, name_of, truth_of
from tests.e2e.workbench import Workbench
from tests.e2e.world import World, exported

pytestmark = pytest.mark.asyncio(loop_scope="package")
COUNT = 36


class Claims:
    """Every item that one browser was ever given."""

    def __init__(self, page: Page) -> None:
        self.items: list[str] = []
        page.on("response", self._note)

    async def _note(self, response: Response) -> None:
        if response.url.endswith(("/claim", "/claim-items")) and response.ok:
            self.items += [item["id"] for item in (await response.json())["items"]]


async def _label_by_mouse(bench: Workbench) -> int:
    """Until nothing is left; how many images this browser labeled."""
    labeled = 0
    while names := await bench.names():
        for label in LABELS:
            here = [name for name in names if truth_of(name) == label]
            for name in here:
                await bench.tile(name).click()
            if here:
                await bench.label(label).click()
        await bench.submit.click()
        labeled += len(names)
        await bench.turn(names)
    return labeled


async def test_two_people_by_mouse_never_see_the_same_image(world: World, tmp_path: Path) -> None:
    project = await world.project(COUNT)
    pages = [await (await world.context(await world.person())).new_page() for _ in range(2)]
    claims = [Claims(page) for page in pages]
    benches = await asyncio.gather(*(world.labeling(page, project["id"]) for page in pages))
    labeled = await asyncio.gather(*(_label_by_mouse(bench) for bench in benches))

    assert sum(labeled) == COUNT
    assert min(labeled) > 0
    assert not set(claims[0].items) & set(claims[1].items)
    assert len(set(claims[0].items) | set(claims[1].items)) == COUNT
    await projects.wait_for(world.owner, project["id"], lambda now: now["labeled"] == COUNT, 10)
    for bench in benches:
        await expect(bench.done).to_be_visible()
    right = {name_of(number): [truth_of(name_of(number))] for number in range(COUNT)}
    assert labels_by_file(await exported(world, project["id"], tmp_path)) == right
