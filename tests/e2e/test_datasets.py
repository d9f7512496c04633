"""From a bucket somewhere to a project: data store, data set, wizard; and files from this computer as a data set."""

import io
import secrets

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

from tests.e2e import data, pictures
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


def _bucket(world: World) -> str:
    """With three pictures in a folder."""
    s3, bucket = data.s3_of(world), f"foreign-{secrets.token_hex(4)}"
    s3.make_bucket(bucket)
    for number in range(3):
        content = pictures.png(number)
        s3.put_object(bucket, f"scans/march/{pictures.name_of(number)}", io.BytesIO(content), len(content))
    return bucket


async def _register(page: Page, world: World, name: str, bucket: str) -> None:
    """First with a wrong key: the dialog says so and stays."""
    body = data.store_body(world, name, bucket)
    await page.goto("/datasets/stores")
    await page.get_by_role("button", name="Register data store").click()
    for field, value in (("Name", name), ("Address", body["endpoint"]), ("Bucket", bucket)):
        await page.get_by_role("textbox", name=field, exact=True).fill(value)
    await page.get_by_role("textbox", name="Access key").fill(body["access_key"])
    await page.get_by_role("textbox", name="Secret key").fill("wrong")
    await page.get_by_role("button", name="Test and save").click()
    await expect(page.get_by_text("The secret key does not belong to the access key.")).to_be_visible()
    await page.get_by_role("textbox", name="Secret key").fill(body["secret_key"])
    await page.get_by_role("button", name="Test and save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("cell", name=name).first).to_be_visible()


async def test_a_project_of_a_bucket_somewhere(world: World) -> None:
    bucket, name = _bucket(world), f"store-{secrets.token_hex(3)}"
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    await _register(page, world, name, bucket)

    await page.get_by_role("tab", name="Data sets").click()
    await page.get_by_role("link", name="Create data set").click()
    await page.get_by_role("textbox", name="Name").fill(f"Scans {name}")
    await page.get_by_role("combobox", name="Data store").click()
    await page.get_by_role("option", name=name).click()
    await page.get_by_role("button", name="Browse").click()
    await page.get_by_role("button", name="Folder scans").click()
    await page.get_by_role("button", name="Folder march").click()
    await page.get_by_role("button", name="Use this folder").click()
    await expect(page.get_by_text("3 images", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Create data set").click()
    await expect(page.get_by_role("img", name="Sample scans/march/")).to_have_count(3)

    await page.get_by_role("button", name="Edit").click()
    await page.get_by_role("textbox", name="Description").fill("Of the scanner on the second floor")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_text("Of the scanner on the second floor")).to_be_visible()

    await page.get_by_role("link", name="New project of it").click()
    await page.get_by_label("Project name").fill(f"Project {name}")
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("combobox", name="Data set")).to_have_value(f"Scans {name}")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_label("Label 1", exact=True).fill("thing")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Create project").click()
    await expect(page.get_by_role("heading", name=f"Project {name}")).to_be_visible()
    project = await world.owner.call("GET", f"/projects/{page.url.rpartition('/')[2]}")
    source = project["source"]
    assert (source["datastore"], source["prefix"], source["dataset_version"]) == (name, "scans/march/", 1)

    await expect(page.get_by_text("Running")).to_be_visible()
    await page.get_by_role("tab", name="Details").click()
    regularly = page.get_by_role("switch", name="Look for new files regularly")
    await expect(regularly).not_to_be_checked()
    for is_on in (True, False):
        async with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
            # Clicked, not checked: the switch turns once the server has it.
            await regularly.click(force=True)
        assert (await world.owner.call("GET", f"/projects/{project['id']}"))["refresh_regularly"] is is_on
        await page.reload()
        await expect(regularly).to_be_checked(checked=is_on)


async def test_files_of_this_computer_become_a_data_set(world: World) -> None:
    name = f"Own {secrets.token_hex(4)}"
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    await page.goto("/datasets/new")
    await page.get_by_role("textbox", name="Name").fill(name)
    await page.get_by_text("On this computer").click()
    await _choose(page, range(2))
    await page.get_by_role("button", name="Upload 2 files").click()
    await expect(page.get_by_text("2 images", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Create data set").click()
    await expect(page.get_by_role("img", name="Sample own-")).to_have_count(2)

    await page.get_by_role("button", name="Add files").click()
    await _choose(page.get_by_role("dialog"), range(1, 3))
    await page.get_by_role("button", name="Upload 2 files").click()
    await expect(page.get_by_text("1 file was there already and was kept")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("img", name="Sample own-")).to_have_count(3)


async def _choose(page: Page | Locator, numbers: range) -> None:
    files = [(pictures.name_of(number), pictures.png(number)) for number in numbers]
    chosen = [FilePayload(name=name, mimeType="image/png", buffer=content) for name, content in files]
    await page.get_by_label("Choose files").set_input_files(chosen)
