"""`python -m bench.texts`: long texts in a real Chromium: scrolling among 2,000 entities, tagging one more, 50 MB.

The same text with one node for each letter run and all of it in the document is measured beside it.
"""

import asyncio
import sys
import time
from typing import Any

from playwright.async_api import Browser, Page

from bench.client import Person, label_ids
from bench.figures import Figure, p50, p95
from bench.frames import watched
from bench.stand import Stand, report

LABELS = ["person", "place", "organisation"]
WORDS = "Ada Lovelace wrote to Charles Babbage in London about the engine, and 😀 nobody at the Royal Society replied. "
ENTITIES = 2_000
SHORT, LONG = 200_000, 48_000_000
"""Code points; in UTF-8 the long one is just below 50 MB."""
_NOTCHES = 120
# From the key until the frame that shows one entity more has begun.
_TAG = """() => new Promise((resolve) => {
    const count = () => document.querySelectorAll("mark").length;
    const before = count();
    addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        const began = performance.now();
        const look = () => requestAnimationFrame(count() > before ? () => resolve(performance.now() - began) : look);
        look();
    }, { capture: true, once: true });
})"""
_PLAIN = """([text, spans]) => {
    document.body.innerHTML = "<div id=all style='height: 600px; overflow: auto; white-space: pre-wrap'></div>";
    const all = document.getElementById("all");
    let at = 0;
    for (const [start, end] of spans) {
        all.append(text.slice(at, start));
        const mark = document.createElement("mark");
        mark.textContent = text.slice(start, end);
        all.append(mark);
        at = end;
    }
    all.append(text.slice(at));
}"""


def main() -> int:
    """Run on a system of its own and print the table."""
    return report("texts", measure)


def text_of(length: int) -> str:
    """A text of so many code points, with a blank line now and then."""
    paragraph = WORDS * 8 + "\n\n"
    return (paragraph * (length // len(paragraph) + 1))[:length]


def spans_of(text: str) -> list[tuple[int, int]]:
    """Entities all over the text, by code points."""
    found: list[tuple[int, int]] = []
    at = 0
    while len(found) < ENTITIES and (at := text.find("Ada Lovelace", at)) >= 0:
        found += [(at, at + 12), (at + 22, at + 37)]
        at += 90
    return found[:ENTITIES]


async def measure(stand: Stand) -> list[Figure]:
    """Everything that needs a running system."""
    text = text_of(SHORT)
    return [*await _scroll(stand, text), *await _compare(stand.browser, text), *await _open(stand)]


async def _project(stand: Stand, name: str, files: dict[str, str]) -> dict[str, Any]:
    return await stand.project(name, {file: text.encode() for file, text in files.items()}, LABELS, "text_entities")


async def _label(person: Person, project: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    """One item over the API; going back to it shows all of its entities."""
    label = next(iter(label_ids(project).values()))
    page = await person.claim(project["id"], 1)
    regions = [{"id": f"r{at}", "label": label, "shape": "span", "points": span} for at, span in enumerate(spans)]
    item = {"id": page["items"][0]["id"], "version": page["items"][0]["version"], "regions": regions}
    answer = await person.submit(project["id"], page["token"], [item])
    if answer["results"][0]["result"] != "saved":
        raise RuntimeError(answer)


async def _frames(page: Page) -> list[float]:
    async with watched(page) as frames:
        for _ in range(_NOTCHES):
            await page.mouse.wheel(0, 100)
    return frames


async def _scroll(stand: Stand, text: str) -> list[Figure]:
    project = await _project(stand, "texts-short", {"a.txt": text, "b.txt": text})
    await _label(stand.person, project, spans_of(text))
    page = await stand.enter(project, "[data-row]")
    await page.keyboard.press("b")
    await page.wait_for_selector("mark")
    await page.mouse.move(600, 400)
    frames = await _frames(page)
    nodes = await page.evaluate("document.querySelectorAll('[data-text] *').length")
    await page.get_by_role("textbox", name="Text ").focus()
    await page.keyboard.press("Control+End")
    waits = []
    for _ in range(12):
        await page.keyboard.press("1")
        await page.keyboard.press("Control+ArrowLeft")
        await page.keyboard.press("Control+ArrowLeft")
        await page.keyboard.press("Control+Shift+ArrowLeft")
        waiting = asyncio.ensure_future(page.evaluate(_TAG))
        await page.wait_for_function("true")
        await page.keyboard.press("Enter")
        waits.append(float(await waiting))
        await page.keyboard.press("Escape")
    await page.context.close()
    note = f"p95 {p95(frames):.0f} ms, {nodes} nodes in the document"
    return [
        Figure("frame while scrolling 200 kB with 2,000 entities, median", p50(frames), "ms", 17.5, note=note),
        Figure(
            "one entity more among 2,000, key to paint, median", p50(waits), "ms", 50, note=f"p95 {p95(waits):.0f} ms"
        ),
    ]


async def _compare(browser: Browser, text: str) -> list[Figure]:
    """All of the text in the document at once, a node for each entity."""
    units = text.encode("utf-16-le")
    at = [len(text[:start].encode("utf-16-le")) // 2 for span in spans_of(text) for start in span]
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    await page.evaluate(_PLAIN, [units.decode("utf-16-le"), list(zip(at[::2], at[1::2], strict=True))])
    await page.mouse.move(600, 300)
    frames = await _frames(page)
    await context.close()
    return [Figure("the same with all of it in the document", p50(frames), "ms", note=f"p95 {p95(frames):.0f} ms")]


async def _open(stand: Stand) -> list[Figure]:
    project = await _project(stand, "texts-long", {"long.txt": text_of(LONG).replace("\n", " ")})
    began = time.perf_counter()
    page = await stand.enter(project, "[data-row]")
    opened = time.perf_counter() - began
    await page.mouse.move(600, 400)
    frames = await _frames(page)
    began = time.perf_counter()
    await page.get_by_role("textbox", name="Text ").focus()
    await page.keyboard.press("Control+End")
    await page.wait_for_function("document.querySelector('[data-row=\"0\"]') === null")
    jump = (time.perf_counter() - began) * 1000
    await page.context.close()
    note = f"scrolling at p50 {p50(frames):.0f} ms a frame"
    return [
        Figure("one line of 50 MB, sign-in to text on screen", opened, "s", note=note),
        Figure("to the end of 50 MB", jump, "ms"),
    ]


if __name__ == "__main__":
    sys.exit(main())
