"""`python -m bench.drawn FOLDER FILE`: boxes and entities of real data, drawn through the page, exported, compared.

FOLDER holds images and `truth.coco.json` (boxes in whole pixels); FILE is CoNLL, a token, a tab and a tag a line. The
exit status is 1 unless every exported row equals the truth.
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from bench import projects
from bench.client import Person
from bench.hands import Hands
from bench.stand import Stand, run

Mark = tuple[str, tuple[int, ...]]
"""Name of the label; x0, y0, x1, y1 in pixels, or start and end in code points."""

_SHOWN = {"image_box": "[data-picture=ready] [role=img]", "text_entities": '[role="textbox"][aria-label]'}
"""What names the item that is shown."""


@dataclass(frozen=True)
class Truth:
    """Items by file name: their bytes, their picture's size (none of a text), and what is marked on them."""

    task: str
    labels: list[str]
    files: dict[str, bytes]
    sizes: dict[str, tuple[int, int]]
    marks: dict[str, list[Mark]]


def main() -> int:
    """Everything on a fresh local stack."""
    parser = argparse.ArgumentParser(prog="python -m bench.drawn", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--items", type=int, default=100, help="of each kind")
    given = parser.parse_args()
    truths = [boxes(given.folder, given.items), entities(given.file, given.items)]

    async def trials(stand: Stand) -> list[bool]:
        return [await _trial(stand, truth) for truth in truths]

    return 0 if all(run(trials)) else 1


def boxes(folder: Path, most: int) -> Truth:
    """The first pictures with boxes, without those boxes that have no inside."""
    coco = json.loads((folder / "truth.coco.json").read_text())
    names = {each["id"]: each["name"] for each in coco["categories"]}
    marks: dict[int, list[Mark]] = {}
    for each in coco["annotations"]:
        x, y, width, height = map(int, each["bbox"])
        if width == 0 or height == 0:
            # No hand draws a box without an inside; some data sets hold a few by mistake.
            continue
        marks.setdefault(each["image_id"], []).append((names[each["category_id"]], (x, y, x + width, y + height)))
    images = [each for each in coco["images"] if each["id"] in marks][:most]
    files = {Path(each["file_name"]).name: each for each in images}
    return Truth(
        "image_box",
        list(names.values()),
        {name: (folder / each["file_name"]).read_bytes() for name, each in files.items()},
        {name: (each["width"], each["height"]) for name, each in files.items()},
        {name: marks[each["id"]] for name, each in files.items()},
    )


def entities(file: Path, most: int) -> Truth:
    """The first texts with entities; tokens are put together with blanks."""
    texts: dict[str, bytes] = {}
    marks: dict[str, list[Mark]] = {}
    for number, block in enumerate(file.read_text().split("\n\t\n")):
        rows = [row.split("\t") for row in block.split("\n") if row.strip()]
        found = _spans(rows)
        if found and len(texts) < most:
            name = f"{number:05d}.txt"
            texts[name] = " ".join(token for token, _ in rows).encode()
            marks[name] = found
    labels = sorted({label for each in marks.values() for label, _ in each})
    return Truth("text_entities", labels, texts, {}, marks)


def _spans(rows: list[list[str]]) -> list[Mark]:
    found: list[Mark] = []
    place = 0
    for token, tag in rows:
        end = place + len(token)
        if tag.startswith("B-"):
            found.append((tag[2:], (place, end)))
        elif tag.startswith("I-") and found:
            label, (start, _) = found[-1]
            found[-1] = (label, (start, end))
        place = end + 1
    return found


async def _trial(stand: Stand, truth: Truth) -> bool:
    project = await stand.project(truth.task, truth.files, truth.labels, truth.task)
    page = await stand.enter(project, _SHOWN[truth.task])
    began = time.perf_counter()
    await _label(page, truth)
    await projects.wait_for(stand.owner, project["id"], lambda counts: counts["labeled"] == len(truth.files), 60)
    seconds = time.perf_counter() - began
    await page.context.close()
    wrong = _wrong(await _exported(stand.owner, project["id"]), truth)
    count = sum(map(len, truth.marks.values()))
    print(f"{truth.task}: {len(truth.files)} items, {count} marks drawn in {seconds:.0f} s, {len(wrong)} rows differ")
    for line in wrong[:5]:
        print(f"  {line}")
    return not wrong


async def _label(page: Page, truth: Truth) -> None:
    hands = Hands(page)
    before = ""
    for _ in truth.files:
        name = await _next(page, truth, before)
        if truth.task == "image_box":
            await hands.key("r")
        for label, points in truth.marks[name]:
            if truth.task == "image_box":
                # Nothing is selected, so a press near the edge of the last box begins a new one.
                await hands.key("Escape")
            await hands.key(str(truth.labels.index(label) + 1))
            if truth.task == "image_box":
                await hands.box((points[0], points[1], points[2], points[3]))
            else:
                await hands.span(*_units(truth.files[name], points), exactly=True)
        await hands.key("Control+Enter")
        before = name


async def _next(page: Page, truth: Truth, before: str) -> str:
    """File name of the item that is shown, once it is another one than `before`."""
    shown = page.locator(_SHOWN[truth.task])
    while True:
        label = await shown.first.get_attribute("aria-label", timeout=15_000) or ""
        name = next((name for name in truth.files if name in label), "")
        if name and name != before:
            return name
        await asyncio.sleep(0.01)


def _units(text: bytes, points: tuple[int, ...]) -> tuple[int, int]:
    """From code points to the UTF-16 units of the browser."""
    start, end = (len(text.decode()[:point].encode("utf-16-le")) // 2 for point in points)
    return start, end


async def _exported(owner: Person, project: str) -> list[dict[str, Any]]:
    job = await projects.export(owner, project, "jsonl")
    response = await owner.http.get(f"/api/v1/exports/{job['id']}/download")
    response.raise_for_status()
    return [json.loads(line) for line in response.text.splitlines()]


def _wrong(rows: list[dict[str, Any]], truth: Truth) -> list[str]:
    """What differs from the truth. A box is compared in whole pixels, as the truth is."""
    found = {row["image_url"].rpartition("/")[2]: sorted(_marks(row, truth)) for row in rows}
    return [
        f"{name}: {found.get(name)} is not {sorted(marks)}"
        for name, marks in truth.marks.items()
        if found.get(name) != sorted(marks)
    ]


def _marks(row: dict[str, Any], truth: Truth) -> list[Mark]:
    if not truth.sizes:
        return [(each["label"], (each["offsetStart"], each["offsetEnd"])) for each in row["label"]]
    width, height = row["image_details"]["width"], row["image_details"]["height"]
    scale = {"topX": width, "topY": height, "bottomX": width, "bottomY": height}
    return [(each["label"], tuple(round(each[side] * size) for side, size in scale.items())) for each in row["label"]]


if __name__ == "__main__":
    sys.exit(main())
