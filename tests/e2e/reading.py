"""The labeling page of texts as a person sees and uses it. Nothing here knows what is right."""

from playwright.async_api import Locator, Page, expect

# Where words stand on the screen: a box around the first ones after a place of the shown text.
_BOX = """(words) => {
    const range = document.createRange();
    const ends = [];
    for (const row of document.querySelectorAll("[data-row]")) {
        const pieces = [...row.querySelectorAll("[data-at]")].map((piece) => piece.firstChild).filter(Boolean);
        const at = pieces.map((node) => node.nodeValue).join("").indexOf(words);
        if (at < 0) continue;
        let before = 0;
        for (const node of pieces) {
            const next = before + node.nodeValue.length;
            if (at >= before && at < next) range.setStart(node, at - before);
            if (at + words.length > before && at + words.length <= next) range.setEnd(node, at + words.length - before);
            before = next;
        }
        const boxes = [...range.getClientRects()];
        const [first] = boxes;
        const left = Math.min(...boxes.map((one) => one.left));
        const right = Math.max(...boxes.map((one) => one.right));
        const rtl = /[\\u0590-\\u08ff]/.test(words);
        return { left, right, middle: first.top + first.height / 2, rtl };
    }
    return null;
}"""


class ReadingRoom:
    """Hands and eyes on one labeling page of a text project."""

    def __init__(self, page: Page) -> None:
        """`page` shows the labeling page or is about to."""
        self.page = page
        self.sheet = page.locator("[data-text]")
        self.text = page.get_by_role("textbox", name="Text ", exact=False)
        self.submit = page.get_by_role("button", name="Submit")
        self.done = page.get_by_role("heading", name="All done")
        self.hint = self.sheet.get_by_role("status")

    async def shown(self) -> str:
        """Wait for a text or for the news that none is left; the name of its file."""
        await expect(self.page.locator("[data-row]").first.or_(self.done)).to_be_visible()
        return "" if await self.done.is_visible() else await self.name.inner_text()

    @property
    def name(self) -> Locator:
        """Where the file's name stands."""
        return self.sheet.locator("[title]").first

    async def turn(self, before: str) -> str:
        """Wait until the text `before` is gone; the name of the one that is there instead."""
        await expect(self.name.filter(has_text=before)).to_have_count(0)
        return await self.shown()

    def label(self, name: str) -> Locator:
        """The row of a label in the panel."""
        return self.page.get_by_role("complementary", name="Labels").get_by_title(name, exact=True).first

    async def edges(self, words: str) -> tuple[float, float, float]:
        """Where words begin and end on the screen, and how high."""
        box = await self.page.evaluate(_BOX, words)
        assert box, f"{words!r} is not on the screen"
        return (box["right"], box["left"], box["middle"]) if box["rtl"] else (box["left"], box["right"], box["middle"])

    async def double_click(self, word: str) -> None:
        """In the middle of a word."""
        start, end, height = await self.edges(word)
        await self.page.mouse.dblclick((start + end) / 2, height)

    async def drag(self, words: str) -> None:
        """From just inside the first letter to just inside the last one."""
        start, end, height = await self.edges(words)
        inward = 2 if start < end else -2
        await self.page.mouse.move(start + inward, height)
        await self.page.mouse.down()
        await self.page.mouse.move((start + end) / 2, height, steps=3)
        await self.page.mouse.move(end - inward, height, steps=3)
        await self.page.mouse.up()

    async def click(self, words: str) -> None:
        """One click in the middle."""
        start, end, height = await self.edges(words)
        await self.page.mouse.click((start + end) / 2, height)

    async def press(self, *keys: str) -> None:
        """Keys one after another."""
        for key in keys:
            await self.page.keyboard.press(key)

    def entities(self) -> Locator:
        """Rows of the list of entities."""
        return self.page.get_by_role("region", name="Entities").get_by_role("button", name="Select ")

    async def expect_tagged(self, *entities: str) -> None:
        """Wait until exactly these are tagged, "words, label" each, in the order of the text."""
        await expect(self.entities()).to_have_count(len(entities))
        for place, entity in enumerate(entities):
            await expect(self.entities().nth(place)).to_have_attribute("aria-label", f"Select {entity}")
