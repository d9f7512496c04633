"""A file of labels becomes prelabels: through the dialog of the owner to the labeling page, and what came of them."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.canvases import png
from tests.e2e.drawing import LABELS, Board, drawing_project
from tests.e2e.events import labels_of
from tests.e2e.shots import shoot
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


def _coco(*boxes: tuple[str, str, Sequence[float]]) -> bytes:
    names = sorted({name for name, _, _ in boxes})
    images = [{"id": number, "file_name": name, "width": 0.0, "height": 0.0} for number, name in enumerate(names)]
    labels = [*LABELS, "lynx"]
    categories = [{"id": number, "name": name} for number, name in enumerate(labels, 1)]
    annotations = [
        {"id": number, "image_id": names.index(name), "category_id": labels.index(label) + 1, "bbox": list(box)}
        for number, (name, label, box) in enumerate(boxes, 1)
    ]
    return json.dumps({"images": images, "categories": categories, "annotations": annotations}).encode()


FILE = _coco(
    ("0.png", "cat", (0.25, 0.25, 0.5, 0.5)),
    ("1.png", "dog", (0.1, 0.1, 0.2, 0.2)),
    ("1.png", "owl", (0.5, 0.5, 0, 0.25)),
    ("2.png", "lynx", (0.1, 0.1, 0.2, 0.2)),
    ("9.png", "cat", (0.1, 0.1, 0.2, 0.2)),
)


async def _chosen(page: Page, project: str) -> Locator:
    """The dialog, with the file in it."""
    await page.goto(f"/projects/{project}")
    await page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog", name="Import labels")
    await dialog.get_by_label("File").set_input_files(
        {"name": "boxes.json", "mimeType": "application/json", "buffer": FILE}
    )
    return dialog


async def _import(page: Page, project: str) -> None:
    dialog = await _chosen(page, project)
    await expect(dialog.get_by_role("combobox", name="Format")).to_have_value("COCO JSON")
    await shoot(page, "import-file")
    await dialog.get_by_role("button", name="Check the file").dblclick()
    agree = dialog.get_by_role("button", name="Add 2 prelabels")
    await expect(agree).to_be_visible()
    await expect(dialog.get_by_text("The project has no label 'lynx'.")).to_be_visible()
    await expect(dialog.get_by_text("The project has no item '9.png'.")).to_be_visible()
    await shoot(page, "import-report")
    await agree.dblclick()
    await expect(dialog.get_by_text("2 items have a suggestion now")).to_be_visible()
    await shoot(page, "import-result")
    await dialog.get_by_role("button", name="Close").last.click()


async def test_prelabels_come_from_a_file_and_are_checked(world: World) -> None:
    project = await drawing_project(world, "image_box", {f"{number}.png": png() for number in range(3)})
    owner = await (await world.context(await world.person("owner"))).new_page()
    await _import(owner, project["id"])
    asked = await world.owner.call("GET", f"/projects/{project['id']}/imports")
    assert [job["state"] for job in asked] == ["succeeded"], "a double click asks once"

    context = await world.context(await world.person())
    board = Board(await context.new_page())
    seen = await board.opened(project["id"])
    await expect(board.page.get_by_text("Tasks prelabeled")).to_be_visible()
    for _ in range(2):
        if seen == "1.png":
            await expect(board.rows).to_have_count(2)
            await shoot(board.page, "labeling-prelabeled")
            await expect(board.submit).to_be_disabled()
            await expect(board.missing).to_contain_text("A box has no width or height")
            await board.rows.nth(1).get_by_role("button", name="Delete").click()
        await expect(board.rows).to_have_count(1)
        await expect(board.submit).to_be_enabled()
        await board.turn(seen)
        seen = await board.name()
    assert seen == "2.png"
    await expect(board.page.get_by_text("Tasks prelabeled")).to_have_count(0)
    await expect(board.rows).to_have_count(0)
    await board.saved()
    _require(await labels_of(world, project["id"], {"0.png": 1, "1.png": 1}))

    dialog = await _chosen(owner, project["id"])
    await dialog.get_by_role("button", name="Check the file").click()
    await expect(dialog.get_by_text("2 of them have a label already")).to_be_visible()
    await expect(dialog.get_by_role("button", name="Add 0 prelabels")).to_be_disabled()
    await shoot(owner, "import-already")
    await dialog.get_by_role("button", name="Discard").click()


def _require(labels: dict[str, dict[str, Any]]) -> None:
    uses = {name: item["prelabel"] for name, item in labels.items()}
    assert {name: use["outcome"] for name, use in uses.items()} == {
        "0.png": "OUTCOME_ACCEPTED",
        "1.png": "OUTCOME_CHANGED",
    }
    assert all(use["run"].startswith("import:i") and use["confidence"] == 1 for use in uses.values())
    assert [region["points"] for region in labels["0.png"]["regions"]] == [[100, 75, 300, 225]]
    assert [region["points"] for region in labels["1.png"]["regions"]] == [[40, 30, 120, 90]]


TEXT = "Anna met Bob."
KINDS: dict[str, Any] = {
    "image_multi_class": "cat",
    "image_multi_label": ["cat", "owl"],
    "image_polygon": [{"label": "cat", "polygon": [[0.25, 0.25, 0.75, 0.25, 0.5, 0.75]]}],
    "image_mask": [],
    "text_multi_class": "dog",
    "text_multi_label": ["cat", "dog"],
    "text_entities": [{"label": "owl", "offsetStart": 0, "offsetEnd": 4}],
}


def _mask(name: str) -> dict[str, Any]:
    """The left quarter of a picture of 400 by 300."""
    mask = {"size": [300, 400], "counts": [0, 30_000, 90_000]}
    return {
        "images": [{"id": 1, "file_name": name}],
        "categories": [{"id": 1, "name": "cat"}],
        "annotations": [{"image_id": 1, "category_id": 1, "segmentation": mask, "iscrowd": 1}],
    }


@pytest.mark.proof
@pytest.mark.parametrize("task", list(KINDS))
async def test_prelabels_of_every_kind_are_the_draft(world: World, task: str) -> None:
    name = "a.txt" if task.startswith("text") else "a.png"
    project = await drawing_project(world, task, {name: TEXT.encode() if name == "a.txt" else png()})
    file = _mask(name) if task == "image_mask" else {"image_url": name, "label": KINDS[task]}
    http, path = world.owner.http, f"/api/v1/projects/{project['id']}"
    sent = await http.put(f"{path}/import-files", params={"name": "a.json"}, content=json.dumps(file).encode())
    place = {key: sent.json()[key] for key in ("datastore", "key")}
    job = (await http.post(f"{path}/imports", json={**place, "mode": "prelabels"})).json()
    job = await _state(world, job["id"], "checked")
    assert (job["matched"], job["problems"]) == (1, []), job
    await http.post(f"/api/v1/imports/{job['id']}/apply")
    await _state(world, job["id"], "succeeded")
    context = await world.context(await world.person())
    page = await context.new_page()
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    await expect(page.get_by_text("Tasks prelabeled")).to_be_visible()
    await expect(page.get_by_role("button", name="Submit")).to_be_enabled()
    await shoot(page, f"prelabeled-{task}")
    await page.get_by_role("button", name="Submit").click()
    label = (await labels_of(world, project["id"], {name: 1}))[name]
    assert label["prelabel"]["outcome"] == "OUTCOME_ACCEPTED"


async def _state(world: World, job: str, state: str) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while True:
            found: dict[str, Any] = (await world.owner.http.get(f"/api/v1/imports/{job}")).json()
            if found["state"] == state:
                return found
            assert found["state"] not in ("failed", "canceled"), found
            await asyncio.sleep(0.05)
