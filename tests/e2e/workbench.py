"""The labeling page as a person sees and uses it. Nothing here knows what is right."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.pictures import LABELS

_NAMES = """() => [...document.querySelectorAll("[data-tile], [role=img][aria-label$='.png']")]
    .map((tile) => tile.getAttribute("aria-label").split(", ")[0])"""
# A new page is there when it shows other images than before, or when nothing is left.
_TURNED = f"""(before) => {{
    const now = ({_NAMES})();
    return now.length === 0 || !now.some((name) => before.includes(name));
}}"""


class Workbench:
    """Hands and eyes on one labeling page."""

    def __init__(self, page: Page) -> None:
        """`page` shows the labeling page or is about to."""
        self.page = page
        self.tiles = page.locator("[data-tile]")
        self.done = page.get_by_role("heading", name="All done")
        self.nothing_left = page.get_by_role("heading", name="All done").or_(
            page.get_by_role("heading", name="Nothing left for you right now")
        )
        self.submit = page.get_by_role("button", name="Submit")
        self.hint = page.locator("#submit-hint")

    async def shown(self) -> list[str]:
        """Wait for images or for the news that none are left; the names of the images."""
        images = self.tiles.or_(self.page.locator("[role=img][aria-label$='.png']"))
        await expect(images.or_(self.nothing_left).first).to_be_visible()
        return await self.names()

    async def names(self) -> list[str]:
        """File names of the images, in their places."""
        names: list[str] = await self.page.evaluate(_NAMES)
        return names

    def tile(self, name: str) -> Locator:
        """One image."""
        return self.page.locator(f"[data-tile][aria-label^='{name},']")

    def chip(self, name: str, label: str) -> Locator:
        """The X of a label that is on an image."""
        return self.page.get_by_role("button", name=f"Remove {label} from {name}")

    async def selected(self) -> int:
        """How many images are selected."""
        return await self.page.locator("[data-tile][data-selected]").count()

    async def choose(self, name: str, *labels: str) -> None:
        """By mouse: select the image alone, click the labels."""
        for label in labels:
            await self.tile(name).locator("button[aria-pressed]").click()
            await self.label(label).click()

    def label(self, name: str) -> Locator:
        """The row of a label in the panel."""
        return self.page.get_by_role("complementary", name="Labels").get_by_title(name, exact=True)

    async def press_label(self, label: str) -> None:
        """By keyboard."""
        await self.page.keyboard.press(str(LABELS.index(label) + 1))

    async def layout(self, name: str, count: int) -> None:
        """By mouse: switch the layout of a page without work on it."""
        await self.page.get_by_role("radio", name=name).click()
        await expect(self.tiles).to_have_count(count)

    async def label_page_by_keys(self, answers: dict[str, str]) -> None:
        """Walk over the images of the page and press the key of each one's label."""
        for place, name in enumerate(await self.names()):
            if place > 0:
                await self.page.keyboard.press("ArrowRight")
            await self.page.keyboard.press("Space")
            await self.press_label(answers[name])

    async def turn(self, before: list[str]) -> list[str]:
        """Wait until the page with the images `before` is gone; what is there instead."""
        await self.page.wait_for_function(_TURNED, arg=before)
        return await self.shown()

    async def saved(self) -> None:
        """Wait until the server has everything."""
        await expect(self.page.get_by_text("Saved ", exact=False).first).to_be_visible()
