"""`python -m bench.stopwatch [FILE]`: what labeling one item takes, by hands as fast as people's. A Markdown table."""

import argparse
import io
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Page

from bench import projects
from bench.hands import HUMAN, Hands, Place
from bench.stand import Stand, run

SIZE = (1200, 800)
ITEMS = 3
BOXES = [(x, y, x + 140, y + 210) for y in (120, 450) for x in range(60, 1000, 220)]
POLYGONS: list[list[Place]] = [
    [(x, 300), (x + 120, 140), (x + 240, 300), (x + 240, 480), (x + 120, 600), (x, 480)] for x in (100, 460, 820)
]
TEXT = "On Monday Ada Lovelace flew from London to New York for the Analytical Society and met Charles Babbage."
SPANS = [("Ada Lovelace", 1), ("London", 2), ("New York", 2), ("Analytical Society", 3), ("Charles Babbage", 1)]

_SHOWN = {"image_box": "[data-picture=ready]", "image_polygon": "[data-picture=ready]", "text_entities": "[data-at]"}
"""What says that an item is there."""


@dataclass(frozen=True)
class Task:
    """One row of the table. `work` labels the item that is shown, up to its submission."""

    name: str
    type: str
    files: dict[str, bytes]
    labels: list[str]
    work: Callable[[Hands], Awaitable[None]]


def main() -> int:
    """Measure and print; write to FILE if one is given."""
    parser = argparse.ArgumentParser(prog="python -m bench.stopwatch", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    file: Path | None = parser.parse_args().file
    lines = ["| item | actions | seconds | of these, the page |", "|---|---|---|---|", *run(_measure)]
    print("\n".join(lines))
    if file is not None:
        head, mark, _ = file.read_text().partition("<!-- stopwatch -->")
        file.write_text(f"{head}{mark}\n" + "\n".join(lines) + "\n")
    return 0


def tasks() -> list[Task]:
    """A picture with ten boxes, one with three polygons, a text with five entities."""
    picture = _picture()
    pictures = {f"{number}.png": picture + bytes(number) for number in range(ITEMS)}
    texts = {f"{number}.txt": TEXT.encode() for number in range(ITEMS)}
    return [
        Task("picture with ten boxes of one class", "image_box", pictures, ["Cell"], _ten_boxes),
        Task("picture with three polygons of six corners", "image_polygon", pictures, ["Leaf"], _three_polygons),
        Task("text with five entities, three classes", "text_entities", texts, ["Person", "Place", "Group"], _entities),
    ]


def _picture() -> bytes:
    image = Image.new("RGB", SIZE, (238, 240, 236))
    draw = ImageDraw.Draw(image)
    for box in BOXES:
        draw.ellipse(box, fill=(196, 110, 120))
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


async def _ten_boxes(hands: Hands) -> None:
    await hands.key("1")
    for box in BOXES:
        await hands.box(box)


async def _three_polygons(hands: Hands) -> None:
    await hands.key("1")
    for points in POLYGONS:
        await hands.polygon(points)


async def _entities(hands: Hands) -> None:
    for words, label in SPANS:
        await hands.key(str(label))
        start = TEXT.index(words)
        if " " in words:
            await hands.span(start, start + len(words))
        else:
            await hands.word(start, start + len(words))


async def _measure(stand: Stand) -> list[str]:
    return [await _row(stand, task) for task in tasks()]


async def _row(stand: Stand, task: Task) -> str:
    project = await stand.project(task.type, task.files, task.labels, task.type)
    page = await stand.enter(project, _SHOWN[task.type])
    turns = [await _turn(page, task) for _ in task.files]
    await projects.wait_for(stand.owner, project["id"], lambda counts: counts["labeled"] == len(task.files), 60)
    await page.context.close()
    seconds, waited = (statistics.median(column) for column in list(zip(*turns, strict=True))[1:])
    return f"| {task.name} | {turns[0][0]} | {seconds:.1f} | {waited:.2f} s |"


async def _turn(page: Page, task: Task) -> tuple[int, float, float]:
    """Actions, seconds, and the part of the seconds that is not the hands'."""
    await page.locator(_SHOWN[task.type]).first.wait_for()
    hands = Hands(page, HUMAN)
    began = time.perf_counter()
    await task.work(hands)
    await hands.key("Control+Enter")
    seconds = time.perf_counter() - began
    return hands.actions, seconds, seconds - hands.seconds


if __name__ == "__main__":
    sys.exit(main())
