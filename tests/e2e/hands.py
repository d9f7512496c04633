"""Pen and fingers, sent as the browser gets them from the system: Playwright itself has a mouse and a tap only."""

from playwright.async_api import CDPSession

from tests.e2e.drawing import Board, Place

_STEPS = 6


class Hands:
    """On one picture."""

    def __init__(self, board: Board, session: CDPSession) -> None:
        """See `on`."""
        self._board, self._session = board, session

    @classmethod
    async def on(cls, board: Board) -> "Hands":
        """Needs a browser profile with touch."""
        return cls(board, await board.page.context.new_cdp_session(board.page))

    async def touch_with_pen(self, at: Place) -> None:
        """Down and up at a place of the picture."""
        x, y = await self._board.screen(at)
        pen = {"x": x, "y": y, "button": "left", "clickCount": 1, "pointerType": "pen", "force": 0.7}
        await self._session.send("Input.dispatchMouseEvent", {**pen, "type": "mousePressed", "buttons": 1})
        await self._session.send("Input.dispatchMouseEvent", {**pen, "type": "mouseReleased", "buttons": 0})

    async def pinch(self, middle: Place, before: float, after: float, along: float) -> None:
        """Two fingers around a place of the picture go from so many screen pixels apart to so many, and right."""
        x, y = await self._board.screen(middle)
        for step in range(_STEPS + 1):
            part = step / _STEPS
            center, reach = x + along * part, (before + (after - before) * part) / 2
            fingers = [{"x": center - reach, "y": y, "id": 0}, {"x": center + reach, "y": y, "id": 1}]
            await self._touch("touchMove" if step else "touchStart", fingers)
        await self._touch("touchEnd", [])
        # What was sent is dealt with before the next frame.
        await self._board.page.evaluate("() => new Promise(requestAnimationFrame)")

    async def _touch(self, kind: str, fingers: list[dict[str, float]]) -> None:
        await self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
