"""`python -m bench.masks`: 200 areas on 4,000 x 3,000 and a window on 3,000 x 3,000 pixels, in a real Chromium."""

import asyncio
import io
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright
from pydicom import uid
from pydicom.dataset import Dataset, FileMetaDataset

from bench import projects
from bench.browser import ARGUMENTS, cookies, program
from bench.client import Person
from bench.figures import Figure, as_table, p50, p95
from bench.uploads import upload
from deploy.local.system import System

LABELS = ["bone", "vessel", "lesion"]
AREAS, COLUMNS = 200, 20
PICTURE = (4_000, 3_000)
SCAN = 3_000
DRAGS = 120
# From a move of the pointer until the frame that shows it is done.
_STROKES = """() => {
    window.strokes_ms = [];
    addEventListener("pointermove", (event) => {
        if (event.buttons !== 1) return;
        const began = performance.now();
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.strokes_ms.push(performance.now() - began);
            port2.postMessage(0);
        });
    }, { capture: true });
}"""
# From the key until the next picture is named on the page, and the longest that the page was not free meanwhile.
_SUBMIT = """() => {
    window.submit = { longest_ms: 0 };
    new PerformanceObserver((list) => {
        const longest = Math.max(...list.getEntries().map((one) => one.duration));
        window.submit.longest_ms = Math.max(window.submit.longest_ms, longest);
    }).observe({ entryTypes: ["longtask"] });
    addEventListener("keydown", (event) => {
        if (!event.ctrlKey || event.key !== "Enter") return;
        const began = performance.now();
        const name = () => document.querySelector("[role=img]:has(canvas)")?.getAttribute("aria-label");
        const before = name();
        const look = () => requestAnimationFrame(() => {
            if (name() && name() !== before) window.submit.next_ms = performance.now() - began;
            else look();
        });
        look();
    }, { capture: true });
}"""
_FRAMES = """() => {
    window.frames_ms = [];
    let last = performance.now();
    const turn = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(turn); };
    requestAnimationFrame(turn);
}"""


def main() -> int:
    """Run on a system of its own and print the table. The exit status is 1 when a budget was missed."""
    with tempfile.TemporaryDirectory(prefix="labelbus-masks-") as folder, System(Path(folder)) as system:
        figures = asyncio.run(measure(system.url, system.token, system.stack.bucket))
    print(as_table(figures))
    return 0 if all(figure.met is not False for figure in figures) else 1


async def measure(url: str, token: str, bucket: str) -> list[Figure]:
    """Everything that needs a running system."""
    owner = Person.with_token(url, token)
    person = await Person.invited(owner, "painter")
    pictures = {f"{number}.jpg": _photo() for number in range(2)}
    painted = await _project(owner, bucket, "image_mask", pictures)
    looked_at = await _project(owner, bucket, "image_box", {"scan.dcm": _scan()})
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        figures = [*await _paint(browser, person, painted), *await _window(browser, person, looked_at)]
        await browser.close()
    for each in (owner, person):
        await each.close()
    return figures


def _photo() -> bytes:
    """Noise that compresses like a photograph."""
    coarse = np.random.default_rng(1).integers(0, 255, (PICTURE[1] // 8, PICTURE[0] // 8, 3), np.uint8)
    target = io.BytesIO()
    Image.fromarray(coarse).resize(PICTURE, Image.Resampling.BICUBIC).save(target, "JPEG", quality=85)
    return target.getvalue()


def _scan() -> bytes:
    y, x = np.mgrid[:SCAN, :SCAN]
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = uid.SecondaryCaptureImageStorage, uid.generate_uid()
    made.Rows = made.Columns = SCAN
    made.SamplesPerPixel, made.PhotometricInterpretation, made.PixelRepresentation = 1, "MONOCHROME2", 0
    made.BitsAllocated = made.BitsStored = 16
    made.HighBit, made.WindowCenter, made.WindowWidth = 15, 30_000, 40_000
    made.PixelData = ((x * 17 + y * 23) % 65_536).astype("<u2").tobytes()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
    target = io.BytesIO()
    made.save_as(target, enforce_file_format=True)
    return target.getvalue()


async def _project(owner: Person, bucket: str, task: str, files: dict[str, bytes]) -> dict[str, Any]:
    prefix = f"{task}-{time.time_ns()}/"
    await upload(owner, bucket, {prefix + name: data for name, data in files.items()})
    project = await projects.create(owner, prefix.rstrip("/"), prefix, LABELS, task=task)
    await projects.wait_running(owner, project["id"])
    await projects.wait_for(owner, project["id"], lambda now: now["ready"] and now["pending"] == 0)
    return project


async def _enter(browser: Browser, person: Person, project: dict[str, Any]) -> Page:
    context = await browser.new_context(base_url=person.url, viewport={"width": 1366, "height": 768})
    await context.add_cookies(cookies(person))
    page = await context.new_page()
    page.set_default_timeout(120_000)
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    await page.locator("[role=img] canvas").first.wait_for()
    await page.wait_for_load_state("networkidle")
    return page


async def _paint(browser: Browser, person: Person, project: dict[str, Any]) -> list[Figure]:
    page = await _enter(browser, person, project)
    before = _renderers_mb()
    await page.evaluate(_STROKES)
    await page.evaluate(_SUBMIT)
    await _areas(page)
    strokes: list[float] = await page.evaluate("strokes_ms")
    grown = _renderers_mb() - before
    await page.keyboard.press("Control+Enter")
    began = time.perf_counter()
    await page.wait_for_function("submit.next_ms")
    await page.get_by_text("Saved ").first.wait_for()
    saved = time.perf_counter() - began
    submit: dict[str, float] = await page.evaluate("submit")
    await page.context.close()
    note = f"p95 {p95(strokes):.0f} ms, {len(strokes)} moves, {AREAS} areas on {PICTURE[0]:,} x {PICTURE[1]:,}"
    return [
        Figure("stroke painted after the pointer moved, median", p50(strokes), "ms", 16.7, note=note),
        Figure("next picture after Submit of 200 areas", submit["next_ms"], "ms", 100),
        Figure("longest time the page was busy while painting and submitting", submit["longest_ms"], "ms"),
        Figure("mask encoded, sent and stored", saved * 1_000, "ms"),
        Figure("memory of the page that 200 areas took", grown, "MB"),
    ]


async def _areas(page: Page) -> None:
    """Two hundred scribbles side by side, in turns of the three labels."""
    box = await page.locator("[role=img]:has(canvas)").bounding_box()
    if box is None:
        raise RuntimeError("there is no picture to paint on")
    scale = min(box["width"] / PICTURE[0], box["height"] / PICTURE[1])
    left = box["x"] + (box["width"] - PICTURE[0] * scale) / 2
    top = box["y"] + (box["height"] - PICTURE[1] * scale) / 2
    wide, high = PICTURE[0] * scale / COLUMNS, PICTURE[1] * scale / (AREAS // COLUMNS)
    for number in range(AREAS):
        x, y = left + number % COLUMNS * wide, top + number // COLUMNS * high
        await page.keyboard.press(str(number % len(LABELS) + 1))
        await page.mouse.move(x + 4, y + 4)
        await page.mouse.down()
        for step in range(1, 7):
            await page.mouse.move(x + (wide - 4 if step % 2 else 4), y + 4 + (high - 8) * step / 6, steps=3)
        await page.mouse.up()


async def _window(browser: Browser, person: Person, project: dict[str, Any]) -> list[Figure]:
    page = await _enter(browser, person, project)
    await page.locator("[data-window]").wait_for()
    await page.keyboard.press("w")
    await page.mouse.move(600, 300)
    await page.mouse.down()
    await page.evaluate(_FRAMES)
    for step in range(DRAGS):
        await page.mouse.move(500 + step * 2 % 200, 250 + step % 100)
    await page.mouse.up()
    frames: list[float] = await page.evaluate("frames_ms.slice(1)")
    await page.context.close()
    note = f"p95 {p95(frames):.1f} ms, {len(frames)} frames, {SCAN:,} x {SCAN:,} of 16 bits"
    return [Figure("frame while the window is dragged, median", p50(frames), "ms", 17, note=note)]


def _renderers_mb() -> float:
    """Memory of all pages of the browsers that this process started."""
    children = psutil.Process().children(recursive=True)
    sizes = [child.memory_info().rss for child in children if "--type=renderer" in child.cmdline()]
    return sum(sizes) / 1e6


if __name__ == "__main__":
    sys.exit(main())
