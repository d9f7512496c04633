"""Work that was not submitted outlives what happens to a page: a reload, a crash, a sign-in that ends."""

import asyncio

import pytest
from playwright.async_api import Dialog, Page, expect

from bench import projects
from bench.client import PASSWORD, Person
from tests.e2e.pictures import truth_of
from tests.e2e.workbench import Workbench
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def _leave(dialog: Dialog) -> None:
    await dialog.accept()


async def _finish(bench: Workbench, names: list[str]) -> None:
    """Label `names` as they should be and submit."""
    for name in names:
        await bench.choose(name, truth_of(name))
    await bench.submit.click()


async def _labeled(world: World, project: str, count: int) -> None:
    await projects.wait_for(world.owner, project, lambda now: now["labeled"] == count, 15)


async def test_a_reload_in_the_middle_of_a_page(world: World) -> None:
    project = await world.project(8)
    context = await world.context(await world.person())
    page = await context.new_page()
    page.on("dialog", _leave)
    bench = await world.labeling(page, project["id"])
    names = await bench.names()
    for name in names[:2]:
        await bench.choose(name, truth_of(name))
    await page.reload()
    assert sorted(await bench.shown()) == sorted(names)
    for name in names[:2]:
        await expect(bench.chip(name, truth_of(name))).to_be_visible()
    await expect(page.get_by_text("The drafts of 2 items are back.")).to_be_visible()
    await _finish(bench, names[2:])
    assert not set(await bench.turn(names)) & set(names)
    await _labeled(world, project["id"], 4)


async def _crash(page: Page) -> None:
    """End the page's process, as when memory runs out."""
    session = await page.context.new_cdp_session(page)
    async with page.expect_event("crash"):
        crash = asyncio.ensure_future(session.send("Page.crash"))
    crash.cancel()


async def test_a_crash_of_the_page(world: World) -> None:
    project = await world.project(4)
    context = await world.context(await world.person())
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    for name in names[:3]:
        await bench.choose(name, truth_of(name))
    await expect(bench.hint).to_have_text("1 image has no label yet")
    await _crash(bench.page)
    # Nobody is at the old page any more: a pause gives its images back at once, as time would.
    for change in ("pause", "start"):
        await world.owner.call("POST", f"/projects/{project['id']}/{change}")
    bench = Workbench(await context.new_page())
    await bench.page.goto(f"/projects/{project['id']}/label")
    await expect(bench.tiles).to_have_count(4)
    for name in names[:3]:
        await expect(bench.chip(name, truth_of(name))).to_be_visible()
    await _finish(bench, names[3:])
    await expect(bench.done).to_be_visible()
    await _labeled(world, project["id"], 4)


async def test_a_tab_that_is_closed(world: World) -> None:
    project = await world.project(8)
    context = await world.context(await world.person())
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    for name in names[:2]:
        await bench.choose(name, truth_of(name))
    await expect(bench.hint).to_have_text("2 images have no label yet")
    await bench.page.close()
    bench = Workbench(await context.new_page())
    await bench.page.goto(f"/projects/{project['id']}/label")
    assert sorted(await bench.shown()) == sorted(names)
    for name in names[:2]:
        await expect(bench.chip(name, truth_of(name))).to_be_visible()
    await expect(bench.page.get_by_text("The drafts of 2 items are back.")).to_be_visible()


async def test_another_tab_holds_what_is_left(world: World) -> None:
    project = await world.project(4)
    context = await world.context(await world.person())
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    await bench.choose(names[0], truth_of(names[0]))
    other = Workbench(await context.new_page())
    await other.page.goto(f"/projects/{project['id']}/label")
    await expect(other.page.get_by_role("heading", name="Another tab of yours holds 4 items")).to_be_visible()
    await bench.page.close()
    assert sorted(await other.shown()) == sorted(names)
    await expect(other.chip(names[0], truth_of(names[0]))).to_be_visible()
    await _finish(other, names[1:])
    await expect(other.done).to_be_visible()
    await _labeled(world, project["id"], 4)


async def _sign_in_again(page: Page, person: Person) -> None:
    asked = page.get_by_role("dialog", name="Sign in again")
    await asked.get_by_label("E-mail").fill(f"{person.name}@example.org")
    await asked.get_by_label("Password", exact=True).fill(PASSWORD)
    await asked.get_by_role("button", name="Sign in").click()
    await expect(asked).to_have_count(0)


async def test_a_sign_in_that_ends(world: World) -> None:
    project, person = await world.project(8), await world.person()
    context = await world.context(person)
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    for name in names:
        await bench.choose(name, truth_of(name))
    await person.call("DELETE", "/session")
    await bench.submit.click()
    following = await bench.turn(names)
    await _sign_in_again(bench.page, person)
    await _labeled(world, project["id"], 4)
    assert await bench.names() == following
    await _finish(bench, following)
    await expect(bench.done).to_be_visible()
    await _labeled(world, project["id"], 8)
