"""`python -m bench.masks`: 200 areas on 4,000 x 3,000 and a window on 3,000 x 3,000 pixels, in a real Chromium."""

import contextlib
import io
import sys
import time

import numpy as np
import psutil
from PIL import Image
from playwright.async_api import Page

from bench.figures import Figure, p50, p95
from bench.frames import watched
from bench.hands import Hands
from bench.scans import dicom
from bench.stand import Stand, report

LABELS = ["bone", "vessel", "lesion"]
AREAS, COLUMNS = 200, 20
PICTURE = (4_000, 3_000)
SCAN = 3_000
DRAGS = 120
SHOWN = "[data-picture=ready]"
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
        const name = () => document.querySelector("[data-picture=ready] > [role=img]")?.getAttribute("aria-label");
        const before = name();
        const look = () => requestAnimationFrame(() => {
            if (name() && name() !== before) window.submit.next_ms = performance.now() - began;
            else look();
        });
        look();
    }, { capture: true });
}"""


def main() -> int:
    """Run on a system of its own and print the table."""
    return report("masks", measure)


async def measure(stand: Stand) -> list[Figure]:
    """Everything that needs a running system."""
    return [*await _paint(stand), *await _window(stand)]


def _photo() -> bytes:
    """Noise that compresses like a photograph."""
    coarse = np.random.default_rng(1).integers(0, 255, (PICTURE[1] // 8, PICTURE[0] // 8, 3), np.uint8)
    target = io.BytesIO()
    Image.fromarray(coarse).resize(PICTURE, Image.Resampling.BICUBIC).save(target, "JPEG", quality=85)
    return target.getvalue()


def _scan() -> bytes:
    y, x = np.mgrid[:SCAN, :SCAN]
    return dicom(((x * 17 + y * 23) % 65_536).astype("<u2"), WindowCenter=30_000, WindowWidth=40_000)


async def _paint(stand: Stand) -> list[Figure]:
    pictures = {f"{number}.jpg": _photo() for number in range(2)}
    page = await stand.enter(await stand.project("masks", pictures, LABELS, "image_mask"), SHOWN)
    before = _renderers_mb()
    await page.evaluate(_STROKES)
    await page.evaluate(_SUBMIT)
    await _areas(page)
    strokes: list[float] = await page.evaluate("strokes_ms")
    grown = _renderers_mb() - before
    began = time.perf_counter()
    await page.keyboard.press("Control+Enter")
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
    (left, top), (right, bottom) = await Hands(page).places([(0, 0), PICTURE])
    wide, high = (right - left) / COLUMNS, (bottom - top) / (AREAS // COLUMNS)
    for number in range(AREAS):
        x, y = left + number % COLUMNS * wide, top + number // COLUMNS * high
        await page.keyboard.press(str(number % len(LABELS) + 1))
        await page.mouse.move(x + 4, y + 4)
        await page.mouse.down()
        for step in range(1, 7):
            await page.mouse.move(x + (wide - 4 if step % 2 else 4), y + 4 + (high - 8) * step / 6, steps=3)
        await page.mouse.up()


async def _window(stand: Stand) -> list[Figure]:
    page = await stand.enter(await stand.project("scans", {"scan.dcm": _scan()}, LABELS, "image_box"), SHOWN)
    await page.locator("[data-window]").wait_for()
    await page.keyboard.press("w")
    await page.mouse.move(600, 300)
    await page.mouse.down()
    async with watched(page) as frames:
        for step in range(DRAGS):
            await page.mouse.move(500 + step * 2 % 200, 250 + step % 100)
    await page.mouse.up()
    await page.context.close()
    note = f"p95 {p95(frames):.1f} ms, {len(frames)} frames, {SCAN:,} x {SCAN:,} of 16 bits"
    return [Figure("frame while the window is dragged, median", p50(frames), "ms", 17, note=note)]


def _renderers_mb() -> float:
    """Memory of all pages of the browsers that this process started."""
    size = 0
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
            size += child.memory_info().rss if "--type=renderer" in child.cmdline() else 0
    return size / 1e6


if __name__ == "__main__":
    sys.exit(main())
