"""Rows of a table: from the wizard's preview to what labelers see of them, and entities in one column."""

import secrets

import pytest
from playwright.async_api import Page, expect

from bench import projects
from tests.e2e import pictures
from tests.e2e.events import labels_of, spans_of
from tests.e2e.reading import ReadingRoom
from tests.e2e.texts import ENTITIES
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")
TABLE = 'id;title;body\r\n1;First 🐈;"of two\r\nlines"\r\n2;Second;ragged;row\r\n3;Third;last\r\n'
NOTE = "😀 Angela Merkel met\r\nEmmanuel Macron, in Paris."


async def _choose(page: Page, name: str, prefix: str) -> None:
    """Through the steps of a text project up to the rows."""
    following = page.get_by_role("button", name="Next")
    await page.goto("/projects/new")
    await page.get_by_label("Project name").fill(name)
    await page.get_by_role("radiogroup", name="Media").get_by_role("radio", name="Text").check()
    await page.get_by_role("radio", name="One label for each text").click()
    await following.click()
    await page.get_by_role("radio", name="Tables: each row is a text").check()
    await page.get_by_role("textbox", name="Folder").fill(prefix)
    await expect(page.get_by_text("1 table", exact=True)).to_be_visible()
    await following.click()


async def test_a_table_from_the_wizard_to_the_labelers(world: World) -> None:
    prefix, name = f"tables-{secrets.token_hex(4)}/", f"Rows {secrets.token_hex(3)}"
    await world.upload({f"{prefix}rows.csv": TABLE.encode("utf-16")})
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    following = page.get_by_role("button", name="Next")
    await _choose(page, name, prefix)
    await expect(page.get_by_label("Delimiter").first).to_have_value("Detected: Semicolon")
    await expect(page.get_by_label("Encoding").first).to_have_value("Detected: UTF-16")
    preview = page.get_by_role("table", name="First rows")
    await expect(preview.get_by_role("cell", name="of two lines")).to_be_visible()
    await expect(page.get_by_text("Row 2: it has 4 fields; the table has 3 columns.")).to_be_visible()
    await page.get_by_role("checkbox", name="id").uncheck()
    await following.click()
    await page.get_by_label("Label 1", exact=True).fill("thing")
    await following.click()
    await following.click()
    await expect(page.get_by_text("title, body", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Create project").click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    project = page.url.rpartition("/")[2]
    source = (await world.owner.call("GET", f"/projects/{project}"))["source"]
    table = {"delimiter": "", "encoding": "", "header": True, "columns": ["title", "body"]}
    assert (source["kind"], source["table"]) == ("table", table)
    await projects.wait_running(world.owner, project)
    await projects.wait_for(world.owner, project, lambda now: now["ready"] and now["total"] == 2)
    await page.goto(f"/projects/{project}/label")
    await page.get_by_role("button", name="Start labeling").click()
    room, seen = ReadingRoom(page), {}
    for _ in range(2):
        row = page.get_by_role("region", name="Text rows.csv · ")
        await expect(row.locator("dt")).to_have_text(["title", "body"])
        name = await room.name.inner_text()
        seen[name] = await row.locator("dd").all_inner_texts()
        await room.press("1", "Control+Enter")
        await expect(room.name.filter(has_text=name)).to_have_count(0)
    await expect(room.done).to_be_visible()
    assert seen == {"rows.csv · 1": ["First 🐈", "of two\r\nlines"], "rows.csv · 3": ["Third", "last"]}


CSV = "image_url,label\r\n./images/0.png,thing\r\n./images/1.png,thing\r\n"
JSONL = "".join(f'{{"image_url": "./images/{number}.png", "label": "thing"}}\n' for number in range(2))


@pytest.mark.parametrize(
    ("name", "text"),
    [pytest.param("list.csv", CSV, id="csv"), pytest.param("list.jsonl", JSONL, id="jsonl", marks=pytest.mark.proof)],
)
async def test_a_list_of_images_with_their_labels(world: World, name: str, text: str) -> None:
    prefix = f"lists-{secrets.token_hex(4)}/"
    files = {f"{prefix}images/{number}.png": pictures.png(number) for number in range(2)}
    await world.upload({**files, f"{prefix}{name}": text.encode()})
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    following = page.get_by_role("button", name="Next")
    await page.goto("/projects/new")
    await page.get_by_label("Project name").fill(f"List {prefix}")
    await following.click()
    await page.get_by_role("radio", name="Lists: each row names an image").check()
    await page.get_by_role("textbox", name="Folder").fill(prefix)
    await expect(page.get_by_text("1 manifest", exact=True)).to_be_visible()
    await following.click()
    await expect(page.get_by_role("combobox", name="Column with the address of the file")).to_have_value("image_url")
    await page.get_by_role("combobox", name="Column with labels").click()
    await page.get_by_role("option", name="label", exact=True).click()
    await page.get_by_role("radio", name="Final labels").check()
    await following.click()
    await page.get_by_label("Label 1", exact=True).fill("thing")
    await following.click()
    await following.click()
    await page.get_by_role("button", name="Create project").dblclick()
    await expect(page.get_by_role("heading", name=f"List {prefix}")).to_be_visible()
    project = page.url.rpartition("/")[2]
    await page.get_by_role("button", name="Import", exact=True).click()
    await expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    [job] = await world.owner.call("GET", f"/projects/{project}/imports")
    assert (job["mode"], job["matched"], job["unmatched"]) == ("labels", 2, 0)
    await page.get_by_role("button", name="Add 2 labels").dblclick()
    await expect(page.get_by_text("2 items are labeled now")).to_be_visible()


async def test_entities_of_a_column_are_cut_out_of_it(world: World) -> None:
    prefix = f"tables-{secrets.token_hex(4)}/"
    quoted = NOTE.replace('"', '""')
    await world.upload({f"{prefix}{secrets.token_hex(4)}.csv": f'id,note\r\n7,"{quoted}"\r\n'.encode()})
    body = {
        "name": f"Notes {prefix}",
        "task_type": "text_entities",
        "labels": [{"name": each} for each in ENTITIES],
        "source": {
            "datastore": world.system.stack.bucket,
            "prefix": prefix,
            "kind": "table",
            "table": {"header": True, "columns": ["note"]},
        },
    }
    project = await world.owner.call("POST", "/projects", json=body)
    await projects.wait_running(world.owner, project["id"])
    context = await world.context(await world.person())
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    room = ReadingRoom(page)
    name = await room.shown()
    await expect(room.sheet.get_by_text("note", exact=True)).to_be_visible()
    await room.label("person").click()
    await room.drag("Emmanuel Macron")
    await room.label("place").click()
    await room.double_click("Paris")
    await room.expect_tagged("Emmanuel Macron, person", "Paris, place")
    await room.submit.click()
    await expect(room.done).to_be_visible()
    file = name.partition(" · ")[0]
    item = (await labels_of(world, project["id"], {file: 1}))[file]
    names = {label["id"]: label["name"] for label in project["label_sets"][0]["labels"]}
    cut = [(label, NOTE[start:end]) for label, start, end in spans_of(item, names)]
    assert cut == [("person", "Emmanuel Macron"), ("place", "Paris")]
