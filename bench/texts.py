"""`python -m bench.texts`: long texts in a real Chromium: scrolling among 2,000 entities, tagging one more, 50 MB.

The same text with one node for each letter run and all of it in the document is measured beside it.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from bench import projects
from bench.browser import ARGUMENTS, cookies, program
from bench.client import Person, label_ids
from bench.figures import Figure, as_table, p50, p95
from bench.uploads import upload
from deploy.local.system import System

LABELS = ["person", "place", "organisation"]
WORDS = "Ada Lovelace wrote to Charles Babbage in London about the engine, and 😀 nobody at the Royal Society replied. "
ENTITIES = 2_000
SHORT, LONG = 200_000, 48_000_000
"""Code points; in UTF-8 the long one is just below 50 MB."""
_NOTCHES = 120
# Time between frames while the wheel turns, as the page itself sees it.
_WATCH = """() => {
    window.frames_ms = [];
    let last = performance.now();
    const turn = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(turn); };
    requestAnimationFrame(turn);
}"""
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
    """Run on a system of its own and print the table. The exit status is 1 when a budget was missed."""
    with tempfile.TemporaryDirectory(prefix="labelbus-texts-") as folder, System(Path(folder)) as system:
        figures = asyncio.run(measure(system.url, system.token, system.stack.bucket))
    print(as_table(figures))
    return 0 if all(figure.met is not False for figure in figures) else 1


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


async def measure(url: str, token: str, bucket: str) -> list[Figure]:
    """Everything that needs a running system."""
    owner = Person.with_token(url, token)
    person = await Person.invited(owner, "reader")
    text = text_of(SHORT)
    short = await _project(owner, bucket, "texts-short", {"a.txt": text, "b.txt": text})
    long = await _project(owner, bucket, "texts-long", {"long.txt": text_of(LONG).replace("\n", " ")})
    await _label(person, short, spans_of(text))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        figures = [
            *await _scroll(browser, person, short),
            *await _compare(browser, text),
            *await _open(browser, person, long),
        ]
        await browser.close()
    for each in (owner, person):
        await each.close()
    return figures


async def _project(owner: Person, bucket: str, name: str, files: dict[str, str]) -> dict[str, Any]:
    prefix = f"{name}-{time.time_ns()}/"
    await upload(owner, bucket, {prefix + file: text.encode() for file, text in files.items()})
    project = await projects.create(owner, prefix.rstrip("/"), prefix, LABELS, task="text_entities")
    await projects.wait_running(owner, project["id"])
    await projects.wait_for(owner, project["id"], lambda now: now["ready"] and now["pending"] == 0)
    return project


async def _label(person: Person, project: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    """One item over the API; going back to it shows all of its entities."""
    label = next(iter(label_ids(project).values()))
    page = await person.claim(project["id"], 1)
    regions = [{"id": f"r{at}", "label": label, "shape": "span", "points": span} for at, span in enumerate(spans)]
    item = {"id": page["items"][0]["id"], "version": page["items"][0]["version"], "regions": regions}
    answer = await person.submit(project["id"], page["token"], [item])
    if answer["results"][0]["result"] != "saved":
        raise RuntimeError(answer)


async def _enter(browser: Browser, person: Person, project: dict[str, Any]) -> Page:
    context = await browser.new_context(base_url=person.url, viewport={"width": 1366, "height": 768})
    await context.add_cookies(cookies(person))
    page = await context.new_page()
    page.set_default_timeout(120_000)
    await page.goto(f"/projects/{project['id']}/label")
    await page.get_by_role("button", name="Start labeling").click()
    await page.wait_for_selector("[data-row]")
    return page


async def _frames(page: Page) -> list[float]:
    await page.evaluate(_WATCH)
    for _ in range(_NOTCHES):
        await page.mouse.wheel(0, 100)
    frames: list[float] = await page.evaluate("frames_ms.slice(1)")
    return frames


async def _scroll(browser: Browser, person: Person, project: dict[str, Any]) -> list[Figure]:
    page = await _enter(browser, person, project)
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


async def _open(browser: Browser, person: Person, project: dict[str, Any]) -> list[Figure]:
    began = time.perf_counter()
    page = await _enter(browser, person, project)
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
