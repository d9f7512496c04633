"""Second thoughts: going back, undoing, skipping, switching the layout, and what Submit demands."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bench import projects
from bench.client import Person, label_ids
from tests.e2e.pictures import LABELS, truth_of
from tests.e2e.workbench import Workbench
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Desk:
    """One labeler at a fresh project of 16 pictures."""

    def __init__(self, world: World, person: Person, project: dict[str, str], bench: Workbench) -> None:
        self.world, self.person, self.project, self.bench = world, person, project, bench
        self.page = bench.page

    async def counts(self, labeled: int, skipped: int = 0) -> None:
        """Wait for the dashboard to say so."""
        await projects.wait_for(
            self.world.owner, self.project["id"], lambda now: (now["labeled"], now["skipped"]) == (labeled, skipped), 15
        )


@pytest_asyncio.fixture(loop_scope="package")
async def desk(world: World) -> AsyncIterator[Desk]:
    """See the class."""
    project, person = await world.project(16), await world.person()
    context = await world.context(person)
    bench = await world.labeling(await context.new_page(), project["id"])
    yield Desk(world, person, project, bench)
    await world.tidy()


async def test_back_shows_the_last_item_and_corrects_it(desk: Desk) -> None:
    bench, page = desk.bench, desk.page
    names = await bench.names()
    wrong = {name: LABELS[(LABELS.index(truth_of(name)) + 1) % 3] for name in names}
    await bench.label_page_by_keys(wrong)
    await page.keyboard.press("Control+Enter")
    following = await bench.turn(names)
    await page.keyboard.press("b")
    await expect(page.get_by_text("What you did before")).to_be_visible()
    (last,) = await bench.shown()
    assert last in names
    await expect(bench.chip(last, wrong[last])).to_be_visible()
    await bench.press_label(truth_of(last))
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Change saved")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(bench.tiles).to_have_count(4)
    assert await bench.names() == following
    done = await desk.person.call("GET", f"/projects/{desk.project['id']}/done")
    ids = label_ids(await desk.person.call("GET", f"/projects/{desk.project['id']}"))
    now = {item["name"]: item["answers"][0]["labels"] for item in done["items"]}
    assert now == {name: [ids[wrong[name]]] for name in names} | {last: [ids[truth_of(last)]]}


async def test_back_by_key_once_nothing_is_left(world: World) -> None:
    project, context = await world.project(4), await world.context(await world.person())
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    await bench.label_page_by_keys({name: truth_of(name) for name in names})
    await bench.page.keyboard.press("Control+Enter")
    await expect(bench.done).to_be_visible()
    await expect(bench.page.get_by_role("button", name="What you did before B")).to_be_visible()
    await bench.page.keyboard.press("b")
    await expect(bench.done).to_have_count(0)
    (last,) = await bench.shown()
    await expect(bench.chip(last, truth_of(last))).to_be_visible()
    await bench.page.keyboard.press("Escape")
    await expect(bench.done).to_be_visible()


async def test_undo_and_redo(desk: Desk) -> None:
    bench, page = desk.bench, desk.page
    first, *_ = await bench.names()
    await page.keyboard.press("Space")
    await bench.press_label("cat")
    await bench.press_label("dog")
    await expect(bench.chip(first, "dog")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(bench.chip(first, "cat")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(bench.hint).to_have_text("4 images have no label yet")
    await page.keyboard.press("Control+Shift+z")
    await expect(bench.chip(first, "cat")).to_be_visible()
    await expect(bench.chip(first, "dog")).to_have_count(0)


async def test_skip_goes_to_the_selected_images(desk: Desk) -> None:
    bench, page = desk.bench, desk.page
    names = await bench.names()
    for name in names[:2]:
        await bench.tile(name).click()
    await page.keyboard.press("s")
    for name in names[:2]:
        await expect(page.get_by_role("button", name=f"Do not skip {name}")).to_be_visible()
    for name in names[2:]:
        await bench.choose(name, truth_of(name))
    await bench.submit.click()
    await bench.turn(names)
    await desk.counts(labeled=2, skipped=2)


async def test_skip_without_a_selection_skips_the_page_and_asks_when_labels_would_be_lost(desk: Desk) -> None:
    bench, page = desk.bench, desk.page
    names = await bench.names()
    await page.keyboard.press("s")
    names = await bench.turn(names)
    await desk.counts(labeled=0, skipped=4)
    await bench.choose(names[0], "cat")
    await page.keyboard.press("Escape")
    await page.keyboard.press("s")
    await expect(page.get_by_role("dialog", name="Skip the whole page?")).to_be_visible()
    await page.get_by_role("button", name="Cancel").click()
    await expect(bench.chip(names[0], "cat")).to_be_visible()


async def test_switching_the_layout_asks_when_labels_would_be_lost(desk: Desk) -> None:
    bench, page = desk.bench, desk.page
    await bench.layout("Six images", 6)
    first, *_ = names = await bench.names()
    await bench.choose(first, "owl")
    asked = page.get_by_role("dialog", name="Switch the layout?")
    await page.get_by_role("radio", name="Nine images").click()
    await expect(asked).to_be_visible()
    await asked.get_by_role("button", name="Cancel").click()
    await expect(bench.chip(first, "owl")).to_be_visible()
    await expect(bench.tiles).to_have_count(6)
    await page.get_by_role("radio", name="Nine images").click()
    await asked.get_by_role("button", name="Switch and drop").click()
    await expect(bench.tiles).to_have_count(9)
    assert set(await bench.names()) > set(names)
    await expect(bench.chip(first, "owl")).to_have_count(0)
    await expect(bench.hint).to_have_text("9 images have no label yet")


async def test_submit_says_what_is_missing(desk: Desk) -> None:
    bench, page = desk.bench, desk.page
    names = await bench.names()
    for left, name in zip(("4 images have", "3 images have", "2 images have", "1 image has"), names, strict=True):
        await expect(bench.hint).to_have_text(f"{left} no label yet")
        await expect(bench.submit).to_be_disabled()
        await page.keyboard.press("Control+Enter")
        assert await bench.names() == names
        await bench.choose(name, truth_of(name))
    await expect(bench.hint).to_have_text("All done: submit")
    await page.keyboard.press("Control+Enter")
    assert not set(await bench.turn(names)) & set(names)


async def test_a_label_without_a_selected_image_says_what_to_do(desk: Desk) -> None:
    await desk.bench.press_label("cat")
    await expect(desk.page.get_by_text("Select an image first")).to_be_visible()
    await expect(desk.bench.hint).to_have_text("4 images have no label yet")
