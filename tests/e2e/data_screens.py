"""How one gets to the screens of data sets and data stores; each function leaves the page when nothing more comes."""

from playwright.async_api import Page, expect

from tests.e2e.data import DATASET, STORE
from tests.e2e.showcase import PREFIX, Showcase


async def datasets(page: Page, _show: Showcase) -> None:
    """The list."""
    await page.goto("/datasets")
    await expect(page.get_by_role("link", name=DATASET)).to_be_visible()


async def dataset(page: Page, show: Showcase) -> None:
    """One, with its versions."""
    await page.goto(f"/datasets/{show.dataset['id']}")
    await expect(page.get_by_role("button", name="Version 1")).to_be_visible()
    await expect(page.get_by_role("img", name=f"Sample {PREFIX}").first).to_be_visible()


async def dataset_new(page: Page, _show: Showcase) -> None:
    """Making one, with the look at what is there."""
    await page.goto("/datasets/new")
    await page.get_by_role("textbox", name="Name").fill("Digits of April")
    await page.get_by_role("textbox", name="Folder").fill(PREFIX)
    await expect(page.get_by_role("img", name=f"Sample {PREFIX}").first).to_be_visible()


async def dataset_browser(page: Page, _show: Showcase) -> None:
    """The look into the bucket, over the form of the step before."""
    await page.get_by_role("button", name="Browse").click()
    await expect(page.get_by_text("0000.png")).to_be_visible()


async def datastores(page: Page, _show: Showcase) -> None:
    """What data may come from."""
    await page.goto("/datasets/stores")
    await expect(page.get_by_text(STORE)).to_be_visible()


async def datastore_test(page: Page, _show: Showcase) -> None:
    """What its connection has, over the list of the step before."""
    await page.get_by_role("button", name=f"Actions: {STORE}").click()
    await page.get_by_role("menuitem", name="Test connection").click()
    await expect(page.get_by_text("Everything works")).to_be_visible()


async def datastore_new(page: Page, _show: Showcase) -> None:
    """Registering one that is not there, over the list of the step before."""
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Register data store").click()
    for field, value in (("Name", "hospital"), ("Address", "http://127.0.0.1:9"), ("Bucket", "scans")):
        await page.get_by_role("textbox", name=field, exact=True).fill(value)
    await page.get_by_role("button", name="More settings").click()
    await page.get_by_role("button", name="Test and save").click()
    await expect(page.get_by_text("Nothing listens at this address.")).to_be_visible()


async def wizard_dataset(page: Page, show: Showcase) -> None:
    """A project of a data set."""
    await page.goto(f"/projects/new?step=data&dataset={show.dataset['id']}&version=1")
    await expect(page.get_by_role("combobox", name="Data set")).to_have_value(DATASET)
    await expect(page.get_by_role("img", name=f"Sample {PREFIX}").first).to_be_visible()
