"""Pictures of a page in light and dark, where they are asked for."""

import os

from playwright.async_api import Page

from deploy.local.service import CHECKOUT

_ALBUM = CHECKOUT / ".labelbus" / "pictures"


async def shoot(page: Page, name: str) -> None:
    """Photograph the page under this name, if `LABELBUS_PICTURES=1`."""
    if os.environ.get("LABELBUS_PICTURES") != "1":
        return
    for scheme in ("dark", "light"):
        await page.emulate_media(color_scheme=scheme)
        await page.screenshot(path=_ALBUM / f"{name}-{scheme}.png")
