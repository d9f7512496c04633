"""An export out of the browser: what is asked for, the notice when it is ready, its page, code that reads it."""

import zipfile
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bench.client import answer, label_ids
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def _labeled(world: World) -> dict[str, str]:
    """A project of three images: two are cats, one is a dog."""
    project = await world.project(3)
    person, ids = await world.person(), label_ids(project)
    page = await person.claim(project["id"], 3)
    names = ["cat", "cat", "dog"]
    items = [answer(item, ids[name]) for item, name in zip(page["items"], names, strict=True)]
    await person.submit(project["id"], page["token"], items)
    return {"id": project["id"], "name": project["name"]}


async def _ask_for_cats(page: Page) -> None:
    await page.get_by_role("button", name="New export").click()
    await page.get_by_role("dialog").get_by_role("radio", name="CSV", exact=True).check()
    await page.get_by_text("Only some", exact=True).click()
    await page.get_by_role("combobox", name="With one of these labels").click()
    await page.get_by_role("option", name="cat").click()
    await page.keyboard.press("Escape")
    await page.get_by_role("switch", name="With the images").check(force=True)


async def test_some_items_with_their_images(world: World, tmp_path: Path) -> None:
    project = await _labeled(world)
    context = await world.context(await world.person("owner"))
    await context.grant_permissions(["clipboard-write"])
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/exports")
    await _ask_for_cats(page)
    await expect(page.get_by_role("switch", name="Only what has changed since the last export")).to_have_count(0)
    await page.get_by_role("button", name="Export", exact=True).dblclick()

    told = page.get_by_role("alert").filter(has_text=f"CSV of {project['name']} is ready")
    await expect(told).to_be_visible()
    async with page.expect_download() as downloading:
        await told.get_by_role("link", name="Download file").click()
    file = tmp_path / "export.zip"
    await (await downloading.value).save_as(file)
    names = zipfile.ZipFile(file).namelist()
    assert len(await world.owner.call("GET", f"/projects/{project['id']}/exports")) == 1, "a double click asks once"
    assert sorted(name.partition("/")[0] for name in names) == ["images", "images", "labels.csv"]

    await page.reload()
    await page.get_by_role("button", name="Notifications").click()
    await page.get_by_role("link", name=f"CSV of {project['name']} is ready").click()
    await expect(page.get_by_text("with cat", exact=True)).to_be_visible()
    await expect(page.get_by_text("with the images", exact=True)).to_be_visible()
    await expect(page.locator("pre")).to_contain_text("pandas.read_csv")
    await page.get_by_role("button", name="Copy code").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()

    await page.get_by_role("link", name="All exports").click()
    await _ask_for_cats(page)
    await page.get_by_role("switch", name="Only what has changed since the last export").check(force=True)
    await page.get_by_role("button", name="Export", exact=True).click()
    later = page.get_by_role("row").filter(has_text="CSV").first
    await expect(later.get_by_role("cell").nth(3)).to_have_text("0")
    await expect(later.get_by_text("Ready")).to_be_visible()
