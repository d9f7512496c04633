"""How long a labeler waits for the next page, inside a real Chromium: from the key until its images are painted."""

import os
import shutil

from playwright._impl._api_structures import SetCookieParam
from playwright.async_api import Page, async_playwright

from bench.client import Person
from bench.figures import Figure, p50, p95

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
"""The same engine without what draws windows, for tests: half the CPU a page load. Measured are people's browsers."""
TURNS = 15
THINKING_MS = 1_500
"""People look at a page for longer than this; meanwhile the next one is fetched."""
# The frame after the one that holds the new images has begun: they are on the screen.
_WATCH = """
window.turns = [];
addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.key !== "Enter") return;
  const began = performance.now();
  const first = () => document.querySelector("[data-tile]")?.getAttribute("aria-label").split(",")[0];
  const before = first();
  const look = () => {
    const tiles = [...document.querySelectorAll("[data-tile]")];
    const there = tiles.length > 0 && first() !== before && tiles.every((tile) => tile.querySelector("img")?.complete);
    requestAnimationFrame(there ? () => window.turns.push(performance.now() - began) : look);
  };
  look();
}, true);
"""


def program(*preferred: str) -> str | None:
    """The Chromium of this machine: the first of LABELBUS_CHROMIUM, what is preferred, and the usual names."""
    names = (os.environ.get("LABELBUS_CHROMIUM", ""), *preferred, *NAMES)
    return next((found for name in names if name and (found := shutil.which(name))), None)


def cookies(person: Person) -> list[SetCookieParam]:
    """The person's session, for a browser."""
    names = ("labelbus_session", "labelbus_csrf")
    return [{"name": name, "value": person.http.cookies[name], "url": person.url} for name in names]


async def next_page(person: Person, project: str) -> list[Figure]:
    """Submit pages of four by keyboard. Nothing without a Chromium."""
    path = program()
    if path is None:
        return []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        context = await browser.new_context(base_url=person.url, viewport={"width": 1366, "height": 768})
        await context.add_init_script(_WATCH)
        await context.add_cookies(cookies(person))
        waits = await _turns(await context.new_page(), project)
        await browser.close()
    note = f"p95 {p95(waits):.0f} ms, {len(waits)} pages of 4 in Chromium"
    return [Figure("next page painted after Submit, median", p50(waits), "ms", 100, note=note)]


async def _turns(page: Page, project: str) -> list[float]:
    await page.goto(f"/projects/{project}/instructions")
    await page.get_by_role("button", name="Start labeling").click()
    await page.locator("[data-tile] img").first.wait_for()
    for turn in range(1, TURNS + 1):
        await page.keyboard.press("a")
        await page.keyboard.press("1")
        await page.wait_for_timeout(THINKING_MS)
        await page.keyboard.press("Control+Enter")
        await page.wait_for_function("(turn) => window.turns.length === turn", arg=turn)
    waits: list[float] = await page.evaluate("window.turns")
    return waits
