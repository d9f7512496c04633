"""Several labels for each image: what choosing a label does to a mixed selection."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.coco import labels_by_file
from tests.e2e.workbench import Workbench
from tests.e2e.world import World, exported

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def _label(bench: Workbench, names: list[str], label: str) -> None:
    for name in names:
        await bench.tile(name).click()
    await bench.press_label(label)
    assert await bench.selected() == 0


async def test_a_label_is_added_where_it_is_missing_and_removed_where_all_have_it(world: World, tmp_path: Path) -> None:
    project = await world.project(4, multi=True)
    context = await world.context(await world.person())
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    one, two, *rest = names
    await _label(bench, [one], "cat")
    await _label(bench, [one, two], "cat")
    await expect(bench.chip(one, "cat")).to_be_visible()
    await expect(bench.chip(two, "cat")).to_be_visible()
    await _label(bench, [one, two], "cat")
    await expect(bench.hint).to_have_text("4 images have no label yet")
    await _label(bench, names, "owl")
    await _label(bench, [one], "dog")
    await bench.chip(two, "owl").click()
    await expect(bench.hint).to_have_text("1 image has no label yet")
    await _label(bench, [two], "cat")
    await bench.page.keyboard.press("Control+Enter")
    await expect(bench.done).to_be_visible()
    found = labels_by_file(await exported(world, project["id"], tmp_path))
    assert {name: sorted(labels) for name, labels in found.items()} == {
        one: ["dog", "owl"],
        two: ["cat"],
        **{name: ["owl"] for name in rest},
    }
