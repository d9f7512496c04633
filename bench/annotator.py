"""`python -m bench.annotator`: 5,000 polygons of 30 points in a real Chromium, and the next page after Submit.

The same picture with one SVG node for each polygon is measured beside it.
"""

import io
import sys

from PIL import Image
from playwright.async_api import Browser, Page

from bench.client import label_ids
from bench.figures import Figure, p50, p95
from bench.frames import watched
from bench.stand import Stand, report

LABELS = ["cell", "nucleus", "dirt"]
WIDTH, HEIGHT = 4_000, 3_000
STEPS = 90
"""Moves of the pointer or turns of the wheel in one measurement."""
HALF_WAY = 30
"""Moves before the pointer turns back."""
NOTCH, NOTCHES = 60, 20
"""How far one turn of the wheel goes, and how many go in before as many go out."""
BOX = ((500, 300), (560, 340))
"""Corners on the screen."""
TURNS = 12
THINKING_MS = 1_500
# 5,000 stars of 30 corners each on a grid: more points than a label may have, so they come as a draft.
_POLYGONS = """
const polygons = (labels) => Array.from({ length: 5000 }, (_, at) => {
    const [x, y] = [(at % 80) * 50 + 25, Math.floor(at / 80) * 47 + 24];
    const points = Array.from({ length: 30 }, (_, corner) => {
        const [angle, radius] = [corner * Math.PI / 15, corner % 2 ? 21 : 15];
        const place = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
        return place.map((value) => Math.round(value * 100) / 100);
    }).flat();
    return { id: `p${at}`, label: labels[at % labels.length], shape: "polygon", points };
});
"""
_DRAFT = f"""async ([user, labels]) => {{
    {_POLYGONS}
    const place = Object.keys(sessionStorage).find((key) => key.startsWith("labelbus.page."));
    const [item] = JSON.parse(sessionStorage.getItem(place)).items;
    const {{ id, version }} = item;
    const draft = {{ id: `${{user}} ${{id}} ${{version}}`, user, item: id, version, updatedAt: Date.now(),
        labels: [], skip: false, regions: polygons(labels), mask: null }};
    const database = await new Promise((resolve) => {{
        const request = indexedDB.open("labelbus");
        request.onsuccess = () => resolve(request.result);
    }});
    await new Promise((resolve) => {{
        const change = database.transaction("drafts", "readwrite");
        change.objectStore("drafts").put(draft);
        change.oncomplete = resolve;
    }});
    database.close();
}}"""
_SVG = f"""(labels) => {{
    {_POLYGONS}
    const nodes = polygons(labels).map(({{ points }}) => `<polygon points="${{points.join(" ")}}"/>`).join("");
    document.body.innerHTML = `<svg width="1020" height="600" style="background:#345">
        <g id="all" fill="#0072b255" stroke="#0072b2" stroke-width="2">${{nodes}}</g></svg>`;
    const all = document.getElementById("all");
    let [x, y, scale, last] = [0, 0, 0.25, null];
    const show = () => all.setAttribute("transform", `translate(${{x}} ${{y}}) scale(${{scale}})`);
    addEventListener("pointermove", (event) => {{
        if (last && event.buttons) {{ x += event.clientX - last[0]; y += event.clientY - last[1]; show(); }}
        last = [event.clientX, event.clientY];
    }});
    addEventListener("wheel", (event) => {{ scale *= Math.exp(-event.deltaY * 0.0016); show(); }});
    show();
}}"""
# What a moving pointer costs until the region below it is known, without drawing.
_HITS = """() => {
    const stage = document.querySelector("[data-view]");
    const { left, top, width, height } = stage.getBoundingClientRect();
    return Array.from({ length: 300 }, (_, at) => {
        const place = { clientX: left + (at * 37) % width, clientY: top + (at * 23) % height, bubbles: true };
        const began = performance.now();
        stage.dispatchEvent(new PointerEvent("pointermove", { pointerType: "mouse", ...place }));
        return performance.now() - began;
    });
}"""
# What the dearest of the frames after a key costs: reading a pixel waits until all of a canvas is drawn. Frames
# themselves come every 16.7 ms, so their distance would tell too little.
_REDRAW = """(key) => new Promise((resolve) => {
    const canvases = [...document.querySelectorAll("[data-view] canvas")].map((canvas) => canvas.getContext("2d"));
    const costs = [];
    const turn = (began) => {
        for (const canvas of canvases) canvas.getImageData(0, 0, 1, 1);
        costs.push(performance.now() - began);
        if (costs.length < 12) requestAnimationFrame(turn);
        else resolve(Math.max(...costs));
    };
    dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    requestAnimationFrame(turn);
})"""
_NEXT = """() => {
    window.turns = [];
    const name = () => document.querySelector("[data-picture=ready] > [role=img]")?.getAttribute("aria-label");
    addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !event.ctrlKey) return;
        const [began, before] = [performance.now(), name()];
        const there = () => window.turns.push(performance.now() - began);
        const look = () => requestAnimationFrame(name() && name() !== before ? there : look);
        look();
    }, true);
}"""


def main() -> int:
    """Run on a system of its own and print the table."""
    return report("annotator", measure)


async def measure(stand: Stand) -> list[Figure]:
    """Everything that needs a running system."""
    return [*await _polygons(stand), *await _svg(stand.browser), *await _next(stand)]


def _pictures(count: int) -> dict[str, bytes]:
    target = io.BytesIO()
    Image.effect_noise((WIDTH, HEIGHT), 40).convert("RGB").save(target, "JPEG")
    return {f"{number}.jpg": target.getvalue() for number in range(count)}


async def _pan(page: Page) -> list[float]:
    """Frame times while the picture is dragged to and fro."""
    await page.mouse.move(600, 350)
    await page.mouse.down()
    async with watched(page) as frames:
        for step in range(STEPS):
            away = HALF_WAY - abs(step % (2 * HALF_WAY) - HALF_WAY)
            await page.mouse.move(600 - 9 * away, 350 - 5 * away)
    await page.mouse.up()
    return frames


async def _zoom(page: Page) -> list[float]:
    """Frame times while the wheel turns."""
    await page.mouse.move(600, 350)
    async with watched(page) as frames:
        for step in range(STEPS):
            await page.mouse.wheel(0, -NOTCH if step // NOTCHES % 2 == 0 else NOTCH)
    return frames


def _figure(name: str, values: list[float], budget: float | None = None) -> Figure:
    return Figure(name, p50(values), "ms", budget, note=f"p95 {p95(values):.1f} ms")


async def _polygons(stand: Stand) -> list[Figure]:
    project = await stand.project("polygons", _pictures(1), LABELS, "image_polygon")
    page = await stand.enter(project, "[data-picture=ready]")
    await page.evaluate(_DRAFT, [stand.person.id, list(label_ids(project).values())])
    await page.reload()
    await page.get_by_text("5,000 regions").wait_for()
    redraws = [await page.evaluate(_REDRAW, "v") for _ in range(TURNS)][1::2]
    zooms = await _zoom(page)
    for _ in range(3):
        await page.keyboard.press("+")
    await page.wait_for_function("() => document.querySelector('canvas') !== null")
    await page.keyboard.down(" ")
    pans = await _pan(page)
    await page.keyboard.up(" ")
    await page.keyboard.press("m")
    hits = await page.evaluate(_HITS)
    await page.context.close()
    return [
        _figure("frame while panning 5,000 polygons, median", pans, 17.5),
        _figure("frame while zooming 5,000 polygons, median", zooms),
        _figure("all 5,000 polygons drawn anew, median", redraws, 30),
        _figure("which of 5,000 polygons is under the pointer, median", hits, 1),
    ]


async def _svg(browser: Browser) -> list[Figure]:
    """The same picture as others draw it: a node a shape."""
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    await page.evaluate(_SVG, LABELS)
    zooms, pans = await _zoom(page), await _pan(page)
    await context.close()
    return [_figure("panning the same as SVG nodes", pans), _figure("zooming the same as SVG nodes", zooms)]


async def _next(stand: Stand) -> list[Figure]:
    project = await stand.project("boxes", _pictures(TURNS + 3), LABELS, "image_box")
    page = await stand.enter(project, "[data-picture=ready]")
    await page.evaluate(_NEXT)
    await page.keyboard.press("1")
    for turn in range(1, TURNS + 1):
        await page.mouse.move(*BOX[0])
        await page.mouse.down()
        await page.mouse.move(*BOX[1])
        await page.mouse.up()
        await page.wait_for_timeout(THINKING_MS)
        await page.keyboard.press("Control+Enter")
        await page.wait_for_function("(turn) => window.turns.length === turn", arg=turn)
    turns: list[float] = await page.evaluate("window.turns")
    await page.context.close()
    return [_figure("next image of boxes painted after Submit, median", turns, 100)]


if __name__ == "__main__":
    sys.exit(main())
