"""The DICOM files that come with pydicom, each opened in the labeling page: it is shown, or the page says why not."""

import random
from collections import defaultdict

import pytest
from playwright.async_api import Page, expect

from services.ingest.probes.window import UnreadableError
from tests.e2e.drawing import Board, drawing_project
from tests.e2e.world import World
from tests.ingest import dicom_table
from tests.ingest.dicom_files import FILES, FOLDER, probed, told

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    # What pydicom says of the damaged ones.
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

SEED = 20261121
KINDS = 5
UNDECODABLE = "JPEG2000-embedded-sequence-delimiter.dcm"
"""Its header is right, its pixels are not: the one kind of which only the labeling page can say so."""
DECODED_MS = 60_000


def sample() -> list[str]:
    """One file of each of a few ways of storing pixels, one without any, and the one that can't be decoded."""
    dicom_table.prepare()
    ways = defaultdict(list)
    for name in set(FILES) - {UNDECODABLE}:
        how, what = dicom_table.facts(name)
        ways[how if what else ""].append(name)
    ways[""] = [name for name in ways[""] if name.endswith(".dcm")]
    chance = random.Random(SEED)
    chosen = chance.sample(sorted(how for how in ways if how), KINDS)
    return [UNDECODABLE, *(chance.choice(sorted(ways[how])) for how in ["", *chosen])]


def _is_left_out(name: str) -> bool:
    """What the look into a file's header refuses is no item."""
    try:
        probed((FOLDER / name).read_bytes())
    except UnreadableError:
        return True
    return False


async def _look(board: Board, reason: str) -> str:
    """The picture or the reason is there; the name that the page gives the picture."""
    frame = board.page.locator("[data-picture=failed]" if reason else "[data-picture=ready]")
    await expect(frame).to_be_visible(timeout=DECODED_MS)
    if reason:
        await expect(board.page.get_by_role("alert").filter(has_text="can't be shown")).to_contain_text(reason)
    return await board.stage.get_attribute("aria-label") or ""


async def _left_out(page: Page, project: str, count: int) -> None:
    await page.goto(f"/projects/{project}")
    files = "file" if count == 1 else "files"
    await expect(page.get_by_text(f"{count} {files} could not be read")).to_be_visible()


async def _open_all(world: World, names: list[str]) -> None:
    files = {f"{place:03}.dcm": name for place, name in enumerate(names)}
    reasons = {file: told(FOLDER / name) for file, name in files.items() if not _is_left_out(name)}
    content = {file: (FOLDER / name).read_bytes() for file, name in files.items()}
    project = (await drawing_project(world, "image_box", content))["id"]
    context = await world.context(await world.person("owner"))
    board = Board(await context.new_page())
    await board.page.goto(f"/projects/{project}/label")
    await board.page.get_by_role("button", name="Start labeling").click()
    opened: set[str] = set()
    while not await board.done.is_visible():
        await expect(board.stage).to_be_visible()
        file = await board.stage.get_attribute("aria-label") or ""
        assert await _look(board, reasons[file]) == file
        opened.add(file)
        await board.press("s")
        await expect(board.page.get_by_role("img", name=file)).to_have_count(0)
        await expect(board.stage.or_(board.done).first).to_be_visible()
    assert opened == set(reasons)
    await _left_out(board.page, project, len(files) - len(reasons))


async def test_a_few_kinds(world: World) -> None:
    """See the module."""
    await _open_all(world, sample())


@pytest.mark.proof
@pytest.mark.timeout(900)
async def test_all(world: World) -> None:
    """See the module."""
    dicom_table.prepare()
    await _open_all(world, FILES)
