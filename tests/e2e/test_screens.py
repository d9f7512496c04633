"""A walk over all screens, light and dark: axe finds nothing serious; `make pictures` also photographs them."""

import os
from collections.abc import Mapping
from typing import Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bench.client import Person
from deploy.local.service import CHECKOUT
from tests.e2e import screens, showcase
from tests.e2e.showcase import Showcase
from tests.e2e.world import SIZE, World

PHOTOGRAPH = os.environ.get("LABELBUS_PICTURES") == "1"
COUNT = 1_797 if PHOTOGRAPH else 60
ALBUM = CHECKOUT / ".labelbus" / "pictures"
README = {
    "labeling-light", "projects-light", "dashboard-dark", "wizard-light", "exports-dark", "labeling-boxes-dark",
    "labeling-polygons-light", "labeling-dicom-dark", "labeling-entities-light", "labeling-masks-light",
}  # fmt: skip
LARGE = (1920, 1080)
AXE = CHECKOUT / "services/gateway/web/node_modules/axe-core/axe.min.js"
_SETTLED = """() => document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(900 if PHOTOGRAPH else 180)]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility checker."""
    if not AXE.exists():
        pytest.fail("axe-core is not installed: run `make install`.")
    return AXE.read_text()


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def show(world: World) -> Showcase:
    """Something to look at."""
    return await showcase.prepare(world, COUNT)


async def _problems(page: Page, axe: str, scheme: Scheme) -> list[str]:
    """What axe finds serious or critical, a line each. Dark differs from light in its colours only."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(axe)
    options = {"resultTypes": ["violations"]} | ({"runOnly": ["color-contrast"]} if scheme == "dark" else {})
    found: dict[str, Any] = await page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['impact']} {one['id']}: {one['help']}: {node['html'][:160]} {node['failureSummary'][-160:]!r}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]


async def _photograph(page: Page, name: str) -> None:
    for width, height in (LARGE, (SIZE["width"], SIZE["height"])):
        await page.set_viewport_size({"width": width, "height": height})
        await page.wait_for_function(_SETTLED)
        await page.screenshot(path=ALBUM / f"{name}-{width}.png")
    if name in README:
        await page.screenshot(path=CHECKOUT / "docs" / "pictures" / f"{name}.png")


async def _walk(
    world: World, show: Showcase, person: Person | None, ways: Mapping[str, screens.Way], axe: str
) -> list[str]:
    context = await world.context(person, color_scheme="light")
    page = await context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    problems: list[str] = []
    for name, way in ways.items():
        await way(page, show)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await expect(page.locator(f"html[data-mantine-color-scheme={scheme}]")).to_have_count(1)
            await page.wait_for_function(_SETTLED)
            problems += [f"{name} {scheme}: {problem}" for problem in await _problems(page, axe, scheme)]
            if PHOTOGRAPH:
                await _photograph(page, f"{name}-{scheme}")
    return problems


@pytest.mark.parametrize("role", ["nobody", "owner", "labeler"])
async def test_no_screen_has_a_serious_problem(world: World, show: Showcase, axe: str, role: str) -> None:
    person = {"nobody": None, "owner": show.owner, "labeler": show.labeler}[role]
    problems = await _walk(world, show, person, screens.OF[role], axe)
    assert not problems, "\n".join(problems)
