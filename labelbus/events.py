"""`client.events`."""

from collections.abc import Iterator
from typing import Final

import httpx

from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, pages
from labelbus.models.events import Event, Hint
from labelbus.routes import Route, open_body
from labelbus.steps import Found, Pages, Send, Stream, read, sleep

_FOLLOW: Final = Route("GET", "/events", Hint, query=("project",))
_OPEN: Final = Event(kind="open")
_ENDED: Final = "session"


class Events(Noun[D]):
    """Hints as they happen, over server-sent events."""

    @pages
    def follow(self, project: str = "") -> Pages[Event]:
        """Hints of all that you may see, or of one project, until you stop.

        A connection that is lost is opened again; each begins with an event `open`. Raises LabelbusError when that
        fails for too long, or when your token is no longer good.
        """
        params = {"project": project} if project else {}
        step = Send(_FOLLOW.method, _FOLLOW.path, params, {"Accept": "text/event-stream"}, stream=True)
        pauses = self.server.pauses()
        while True:
            error = LabelbusError("Labelbus has closed the connection.", code="unreachable", retryable=True)
            try:
                stream = yield from open_body(step)
                yield Found([_OPEN])
                pauses = self.server.pauses()
                yield from _hints(stream)
            except httpx.TransportError as lost:
                error = self.server.silent(lost)
            except LabelbusError as refused:
                error = refused
            if not error.retryable or (pause := next(pauses)) is None:
                raise error
            yield from sleep(pause)


def _hints(stream: Stream) -> Pages[Event]:
    rest = b""
    while chunk := (yield from read(stream)):
        *told, rest = (rest + chunk).split(b"\n\n")
        yield Found([event for each in told for event in _parsed(each.decode(errors="replace"))])


def _parsed(told: str) -> Iterator[Event]:
    """One event; none of a comment, or when our session is over: who opens the next connection is told why."""
    fields = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line and not line.startswith(":"))
    if fields.get("event", _ENDED) != _ENDED:
        hint = Hint.model_validate_json(fields.get("data") or "{}")
        yield Event(kind=fields["event"], **hint.model_dump())
