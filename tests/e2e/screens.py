"""How one gets to each screen; each function leaves the page when there is nothing more to come."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e import data_screens, desks
from tests.e2e.showcase import NAME, PREFIX, Showcase, number_of
from tests.e2e.workbench import Workbench

Way = Callable[[Page, Showcase], Awaitable[None]]


async def sign_in(page: Page, _show: Showcase) -> None:
    """For somebody without a session."""
    await page.goto("/sign-in")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()


async def projects(page: Page, _show: Showcase) -> None:
    """The list."""
    await page.goto("/projects")
    await expect(page.get_by_role("link", name=NAME)).to_be_visible()


async def account_menu(page: Page, show: Showcase) -> None:
    """Theme, language, sign out."""
    await projects(page, show)
    await page.get_by_role("button", name="Account menu").click()
    await expect(page.get_by_role("menuitem", name="Sign out")).to_be_visible()


async def wizard_details(page: Page, _show: Showcase) -> None:
    """Name and task."""
    await page.goto("/projects/new")
    await page.get_by_label("Project name").fill("Digits of the new scanner")


async def wizard(page: Page, _show: Showcase) -> None:
    """The look into the bucket; this and the following steps go on with the draft of the step before."""
    await page.goto("/projects/new?step=data")
    async with page.expect_response(lambda one: one.url.endswith("/check") and PREFIX in (one.request.post_data or "")):
        await page.get_by_role("textbox", name="Folder").fill(PREFIX)
    await expect(page.get_by_role("img", name=f"Sample {PREFIX}").first).to_be_visible()
    await expect(page.get_by_text(" images", exact=False).first).to_be_visible()


async def wizard_labels(page: Page, _show: Showcase) -> None:
    """Classes."""
    await page.goto("/projects/new?step=labels")
    for place, name in enumerate(("Zero", "One"), 1):
        await page.get_by_label(f"Label {place}", exact=True).fill(name)


async def wizard_instructions(page: Page, _show: Showcase) -> None:
    """What labelers must know."""
    await page.goto("/projects/new?step=instructions")
    await page.get_by_label("Text (optional)", exact=True).fill("Which digit is it? Skip what nobody could tell.")


async def wizard_review(page: Page, _show: Showcase) -> None:
    """Before Create."""
    await page.goto("/projects/new?step=review")
    await expect(page.get_by_text("Which digit is it?", exact=False)).to_be_visible()


async def dashboard(page: Page, show: Showcase) -> None:
    """Figures."""
    await page.goto(f"/projects/{show.project['id']}")
    await expect(page.get_by_text("Labeler A")).to_be_visible()


async def import_file(page: Page, show: Showcase) -> None:
    """A file of labels is asked for; what follows goes on with it."""
    await dashboard(page, show)
    await page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog", name="Import labels")
    rows = b'{"file": "none.png", "label": "Zero"}\n{"file": "other.png"}\n7\n'
    await dialog.get_by_label("File").set_input_files(
        {"name": "labels.jsonl", "mimeType": "application/jsonl", "buffer": rows}
    )
    await expect(dialog.get_by_role("combobox", name="Item")).to_have_value("file")


async def import_report(page: Page, _show: Showcase) -> None:
    """What of the file can be taken, before anything is written."""
    await page.get_by_role("button", name="Check the file").click()
    await expect(page.get_by_text("No label of the file can be taken.")).to_be_visible()


async def details(page: Page, show: Showcase) -> None:
    """Settings of a project."""
    await page.goto(f"/projects/{show.project['id']}/details")
    await expect(page.get_by_text("Last refresh", exact=False)).to_be_visible()


async def deletion(page: Page, show: Showcase) -> None:
    """The question before a project is deleted."""
    await details(page, show)
    await page.get_by_role("button", name="Delete project").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def exports(page: Page, show: Showcase) -> None:
    """Two of them."""
    await page.goto(f"/projects/{show.project['id']}/exports")
    await expect(page.get_by_role("link", name="Download")).to_have_count(2)


async def export_dialog(page: Page, show: Showcase) -> None:
    """A new one."""
    await exports(page, show)
    await page.get_by_role("button", name="New export").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def export_page(page: Page, show: Showcase) -> None:
    """One of them, with the code that reads it."""
    await exports(page, show)
    await page.get_by_role("table").get_by_role("link").first.click()
    await expect(page.get_by_role("heading", name="Read it with Python")).to_be_visible()


async def members(page: Page, show: Showcase) -> None:
    """Of one project."""
    await page.goto(f"/projects/{show.project['id']}/members")
    await expect(page.get_by_text("Labeler A")).to_be_visible()


async def member_dialog(page: Page, show: Showcase) -> None:
    """A new one."""
    await members(page, show)
    await page.get_by_role("button", name="Add member").click()
    await expect(page.get_by_role("combobox", name="Person")).to_be_visible()


async def messages(page: Page, show: Showcase) -> None:
    """None."""
    await page.goto(f"/projects/{show.project['id']}/messages")
    await expect(page.get_by_role("heading", name="No messages")).to_be_visible()


async def people(page: Page, _show: Showcase) -> None:
    """Of the whole workspace."""
    await page.goto("/people")
    await expect(page.get_by_text("Labeler A")).to_be_visible()


async def settings(page: Page, _show: Showcase) -> None:
    """One's own."""
    await page.goto("/settings")
    await expect(page.get_by_role("heading", name="API tokens")).to_be_visible()


async def instructions(page: Page, show: Showcase) -> None:
    """Before the first image."""
    await page.goto(f"/projects/{show.project['id']}/instructions")
    await expect(page.get_by_role("button", name="Start labeling")).to_be_visible()


async def labeling(page: Page, show: Showcase) -> None:
    """Nine at a time, some of them done."""
    await instructions(page, show)
    await page.get_by_role("button", name="Start labeling").click()
    bench = Workbench(page)
    names = await bench.shown()
    if len(names) != 9:
        await bench.layout("Nine images", 9)
        names = await bench.names()
    for place in (0, 1, 2, 4):
        await bench.choose(names[place], str(show.truth[number_of(names[place])]))
    await bench.tile(names[5]).click()
    await bench.tile(names[6]).click()
    await page.mouse.move(20, 400)
    await expect(bench.hint).to_have_text("5 images have no label yet")


async def labeling_one(page: Page, show: Showcase) -> None:
    """One image."""
    await labeling(page, show)
    await page.get_by_role("radio", name="One image").click()
    await page.get_by_role("button", name="Switch and drop").click()
    await expect(page.get_by_role("img", name=".png")).to_be_visible()


async def labeling_back(page: Page, show: Showcase) -> None:
    """What was done before."""
    await instructions(page, show)
    await page.get_by_role("button", name="Start labeling").click()
    await Workbench(page).shown()
    await page.keyboard.press("b")
    await expect(page.get_by_text("What you did before")).to_be_visible()


async def shortcuts(page: Page, show: Showcase) -> None:
    """All keys."""
    await labeling_back(page, show)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


async def all_done(page: Page, show: Showcase) -> None:
    """Nothing left."""
    await page.goto(f"/projects/{show.done['id']}/instructions")
    await page.get_by_role("button", name="Start labeling").click()
    await expect(page.get_by_role("heading", name="All done")).to_be_visible()


def _named(*ways: Way) -> dict[str, Way]:
    return {way.__name__.replace("_", "-"): way for way in ways}


OF: dict[str, dict[str, Way]] = {
    "nobody": _named(sign_in),
    "owner": _named(
        projects, account_menu, wizard_details, wizard, wizard_labels, wizard_instructions, wizard_review, dashboard,
        import_file, import_report, details, deletion, exports,
        export_dialog, export_page, members, member_dialog, messages,
        people, settings, data_screens.datasets, data_screens.dataset, data_screens.dataset_new,
        data_screens.dataset_browser, data_screens.datastores, data_screens.datastore_test,
        data_screens.datastore_new, data_screens.wizard_dataset,
    ),
    "labeler": _named(
        instructions, labeling, labeling_one, labeling_back, shortcuts, all_done,
        desks.labeling_boxes, desks.labeling_polygons, desks.labeling_masks, desks.labeling_dicom,
        desks.labeling_text, desks.labeling_entities,
    ),
}  # fmt: skip
"""The screens of each role by name."""
