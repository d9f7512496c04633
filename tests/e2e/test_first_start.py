"""From the one-time link of an empty deployment to a file of labels, in the UI alone."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bench.client import PASSWORD
from deploy.local.stack import Stack
from deploy.local.system import System
from tests.e2e import pictures
from tests.e2e.coco import labels_by_file
from tests.e2e.workbench import Workbench
from tests.e2e.world import SIZE

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(180)]
COUNT = 18
NAME = "Animals at first sight"


class FirstStart:
    """A deployment that nobody has signed in to, and the link that its log holds."""

    def __init__(self, root: Path, stack: Stack) -> None:
        settings = {"LABELBUS_TOPIC_PREFIX": "first-", "LABELBUS_DATABASE_PREFIX": "first-"}
        self.link = ""
        self.system = System(root, settings, stack, on_line=self._read)

    def _read(self, service: str, line: str) -> None:
        if service == "gateway" and '"first_owner"' in line:
            self.link = json.loads(line)["link"]


@pytest_asyncio.fixture(loop_scope="package")
async def visitor(stack: Stack, browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """A browser that has opened the one-time link."""
    first = FirstStart(tmp_path / "system", stack)
    with first.system:
        context = await browser.new_context(base_url=first.system.url, viewport=SIZE, accept_downloads=True)
        context.set_default_timeout(15_000)
        page = await context.new_page()
        await page.goto(first.link)
        yield page
        await context.close()


async def _sign_up(page: Page) -> None:
    await page.get_by_label("Your name").fill("First Owner")
    await page.get_by_label("E-mail").fill("owner@example.org")
    await page.get_by_label("New password").fill(PASSWORD)
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_role("heading", name="Create your first project")).to_be_visible()


def _fill(folder: Path) -> Path:
    folder.mkdir()
    for number in range(COUNT):
        (folder / pictures.name_of(number)).write_bytes(pictures.png(number))
    (folder / "notes.txt").write_text("no image")
    return folder


async def _upload_folder(page: Page, folder: Path) -> None:
    await page.get_by_text("Upload from this computer").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Choose a folder").click()
    await (await chooser.value).set_files(folder)
    await expect(page.get_by_text("1 file is no image and is left out")).to_be_visible()
    await page.get_by_role("button", name=f"Upload {COUNT} files").click()
    await expect(page.get_by_text(f"{COUNT} images", exact=True)).to_be_visible()
    await _wait_for_files_chosen_later(page, folder)


async def _wait_for_files_chosen_later(page: Page, folder: Path) -> None:
    """Next does not leave files behind that were chosen after an upload."""
    await page.get_by_role("button", name="Upload more").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Choose files").click()
    await (await chooser.value).set_files(folder / pictures.name_of(0))
    await expect(page.get_by_role("button", name="Upload 1 file")).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_text("Upload the chosen file first, or clear it.")).to_be_visible()
    await page.get_by_role("button", name="Clear").click()


async def _create_project(page: Page, folder: Path) -> None:
    following = page.get_by_role("button", name="Next")
    await page.get_by_role("link", name="Create").click()
    await page.get_by_label("Project name").fill(NAME)
    await following.click()
    await _upload_folder(page, folder)
    await following.click()
    await page.get_by_label("Label 1", exact=True).click()
    for place, label in enumerate(pictures.LABELS, 1):
        if place > 1:
            await page.keyboard.press("Enter")
        await expect(page.get_by_label(f"Label {place}", exact=True)).to_be_focused()
        await page.keyboard.type(label)
    await following.click()
    await page.get_by_label("Text (optional)", exact=True).fill("Read the word on the card.")
    await following.click()
    await page.get_by_role("button", name="Create project").click()


async def _label_all_by_keyboard(page: Page) -> None:
    bench = Workbench(page)
    labeled = 0
    while names := await bench.shown():
        await bench.label_page_by_keys({name: pictures.truth_of(name) for name in names})
        await page.keyboard.press("Control+Enter")
        labeled += len(names)
        await bench.turn(names)
    assert labeled == COUNT
    await expect(bench.done).to_be_visible()


async def _export(page: Page, folder: Path) -> Path:
    await page.get_by_role("link", name="To the projects").first.click()
    await page.get_by_role("link", name=NAME).click()
    await expect(page.get_by_role("img", name=f"{COUNT} labeled, 0 skipped")).to_be_visible()
    await page.get_by_role("tab", name="Exports").click()
    await page.get_by_role("button", name="New export").click()
    await page.get_by_role("button", name="Export", exact=True).click()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download", exact=True).click()
    file = await download.value
    assert file.suggested_filename.startswith(f"{NAME}-coco-")
    assert file.suggested_filename.endswith(".json")
    target = folder / file.suggested_filename
    await file.save_as(target)
    return target


async def test_from_the_first_link_to_a_file_of_labels(visitor: Page, tmp_path: Path) -> None:
    page = visitor
    await _sign_up(page)
    await _create_project(page, _fill(tmp_path / "cards"))
    await expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    await expect(page.get_by_text("Running")).to_be_visible()
    await page.get_by_role("link", name="Label data").click()
    await expect(page.get_by_text("Read the word on the card.")).to_be_visible()
    await page.keyboard.press("Enter")
    await _label_all_by_keyboard(page)
    names = [pictures.name_of(number) for number in range(COUNT)]
    assert labels_by_file(await _export(page, tmp_path)) == {name: [pictures.truth_of(name)] for name in names}
