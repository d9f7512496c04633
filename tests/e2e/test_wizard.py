"""A project of every task type out of the wizard."""

import secrets

import pytest
from playwright.async_api import Page, expect

from tests.e2e import pictures
from tests.e2e.texts import letters
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")
TASKS = {
    "image_multi_class": "One label for each image",
    "image_multi_label": "Several labels for each image",
    "image_box": "Bounding boxes",
    "image_polygon": "Polygons",
    "image_mask": "Semantic segmentation",
    "text_multi_class": "One label for each text",
    "text_multi_label": "Several labels for each text",
    "text_entities": "Named entities",
}
EMPTY = "Images without any region may be submitted"


async def _files(world: World, media: str) -> str:
    """Two files of the media and one of another kind; the folder that they are in."""
    prefix = f"wizard-{secrets.token_hex(4)}/"
    files = {"other.csv": b"a,b\n"}
    files |= letters(2) if media == "text" else {pictures.name_of(number): pictures.png(number) for number in range(2)}
    await world.upload({prefix + name: data for name, data in files.items()})
    return prefix


async def _details(page: Page, name: str, task: str) -> None:
    await page.get_by_label("Project name").fill(name)
    media = page.get_by_role("radiogroup", name="Media")
    await media.get_by_role("radio", name="Text" if task.startswith("text") else "Images").check()
    cards = page.get_by_role("radiogroup", name="Task").get_by_role("radio")
    await expect(cards).to_have_count(3 if task.startswith("text") else 5)
    await page.get_by_role("radio", name=TASKS[task]).click()
    asked = page.get_by_role("switch", name=EMPTY)
    if task in ("image_box", "image_polygon", "image_mask"):
        await asked.check(force=True)
    else:
        await expect(asked).to_have_count(0)


@pytest.mark.parametrize("task", TASKS)
async def test_a_project_of_each_task_type(world: World, task: str) -> None:
    media = task.partition("_")[0]
    prefix, name = await _files(world, media), f"Wizard {task} {secrets.token_hex(3)}"
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    following = page.get_by_role("button", name="Next")
    await page.goto("/projects/new")
    await _details(page, name, task)
    await following.click()
    await page.get_by_role("textbox", name="Folder").fill(prefix)
    await expect(page.get_by_text(f"2 {media}s", exact=True)).to_be_visible()
    await expect(page.get_by_text("1 file of another kind is left out")).to_be_visible()
    await following.click()
    await page.get_by_label("Label 1", exact=True).fill("thing")
    await following.click()
    await following.click()
    await expect(page.get_by_text(TASKS[task], exact=False)).to_be_visible()
    await page.get_by_role("button", name="Create project").click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    project = await world.owner.call("GET", f"/projects/{page.url.rpartition('/')[2]}")
    assert (project["name"], project["task_type"], project["source"]["prefix"]) == (name, task, prefix)
    assert project["allow_empty"] is (task in ("image_box", "image_polygon", "image_mask"))
    await _exports(page, project["export_formats"])


async def _exports(page: Page, formats: list[str]) -> None:
    """Only what the project's labels can be written as is offered."""
    await page.get_by_role("tab", name="Exports").click()
    await page.get_by_role("button", name="New export").click()
    offered = page.get_by_role("dialog").get_by_role("radiogroup", name="Format").get_by_role("radio")
    await expect(offered).to_have_count(len(formats))
    await expect(page.get_by_role("dialog").get_by_role("radio", name="JSON Lines (MLTable)")).to_be_visible()
