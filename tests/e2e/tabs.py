"""What can be reached without a mouse."""

import pytest
from playwright.async_api import Locator

_STOPS = 60
"""More than a page has."""


async def tab_to(control: Locator) -> None:
    """By the Tab key alone. Fails if that never leads there."""
    for _ in range(_STOPS):
        await control.page.keyboard.press("Tab")
        if await control.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {control}")
