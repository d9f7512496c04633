"""What an owner does to a project while others look at it or work on it."""

import pytest
from playwright.async_api import expect

from bench import projects
from tests.e2e.pictures import truth_of
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_pause_keeps_the_draft_and_a_start_lets_it_be_submitted(world: World) -> None:
    project = await world.project(8)
    context = await world.context(await world.person())
    bench = await world.labeling(await context.new_page(), project["id"])
    names = await bench.names()
    for name in names[:3]:
        await bench.choose(name, truth_of(name))
    banner = bench.page.get_by_text("The project is paused.", exact=False)
    await world.owner.call("POST", f"/projects/{project['id']}/pause")
    await expect(banner).to_be_visible()
    for name in names[:3]:
        await expect(bench.chip(name, truth_of(name))).to_be_visible()
    await bench.choose(names[3], truth_of(names[3]))
    await expect(bench.submit).to_be_disabled()
    await world.owner.call("POST", f"/projects/{project['id']}/start")
    await expect(banner).to_have_count(0)
    await bench.submit.click()
    await bench.turn(names)
    await projects.wait_for(world.owner, project["id"], lambda now: now["labeled"] == 4, 15)


async def test_a_project_is_deleted_only_by_its_typed_name(world: World) -> None:
    project = await world.project(4)
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/details")
    await page.get_by_role("button", name="Delete project").click()
    asked = page.get_by_role("dialog")
    erase = asked.get_by_role("button", name="Delete project")
    await expect(asked.get_by_text("the history of 4 items", exact=False)).to_be_visible()
    await asked.get_by_label("Type the name of the project").fill(project["name"].lower())
    await expect(erase).to_be_disabled()
    await asked.get_by_label("Type the name of the project").fill(project["name"])
    await erase.click()
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()
    await expect(page.get_by_role("link", name=project["name"])).to_have_count(0)


async def test_a_labeler_sees_no_rail_and_no_figures(world: World) -> None:
    project = await world.project(4)
    context = await world.context(await world.person())
    page = await context.new_page()
    await page.goto("/projects")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=project["name"]))
    await expect(row.get_by_role("link", name="Label data")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Main")).to_have_count(0)
    await expect(page.get_by_role("link", name="New project")).to_have_count(0)
    await row.get_by_role("link", name=project["name"]).click()
    await expect(page.get_by_role("heading", name="Instructions")).to_be_visible()
    await page.goto(f"/projects/{project['id']}")
    await expect(page.get_by_role("heading", name="Instructions")).to_be_visible()
