"""A picture whose header is good and whose pixels are damaged says so wherever it is shown."""

import pytest
from playwright.async_api import expect

from tests.e2e.pictures import png
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize("task", ["", "image_box"])
async def test_a_picture_that_cannot_be_decoded_says_why(world: World, task: str) -> None:
    project = await world.over("Damaged", {"a.png": png(0)[:-40]}, ["cat", "dog"], task)
    context = await world.context(await world.person())
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    said = page.get_by_role("alert").filter(has_text="This image can't be shown.")
    await expect(said).to_contain_text("decoded")
    await expect(said.get_by_role("button", name="Retry")).to_be_visible()
