"""`client.refreshes`."""

from collections.abc import Callable, Sequence
from typing import Final

from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, method
from labelbus.models.refreshes import Message, Refresh
from labelbus.routes import Route
from labelbus.steps import Flow
from labelbus.waiting import until

_LIST: Final = Route("GET", "/projects/{project}/refreshes", list[Refresh])
_REQUEST: Final = Route("POST", "/projects/{project}/refreshes", Refresh)
_MESSAGES: Final = Route("GET", "/projects/{project}/messages", list[Message])
ENDED: Final = ("succeeded", "failed", "canceled")
"""States of a job that nothing follows."""


class Refreshes(Noun[D]):
    """Scans of the data of a project."""

    @method
    def list(self, project: str) -> Flow[Sequence[Refresh]]:
        """The newest 100 refreshes, newest first."""
        return _LIST.call(self.server, project=project)

    @method
    def request(self, project: str) -> Flow[Refresh]:
        """Look for new files now; while a refresh is under way, that one is answered."""
        return _REQUEST.call(self.server, project=project)

    @method
    def messages(self, project: str) -> Flow[Sequence[Message]]:
        """What the scans have to say about the data, newest first."""
        return _MESSAGES.call(self.server, project=project)

    @method
    def wait(
        self,
        refresh: Refresh,
        *,
        timeout_s: float | None = 600,
        progress: Callable[[Refresh], None] | None = None,
    ) -> Flow[Refresh]:
        """Wait until a refresh has ended. Raises LabelbusError `refresh_failed` or `timeout`."""

        def look() -> Flow[Refresh]:
            found = yield from _LIST.call(self.server, project=refresh.project)
            return next((each for each in found if each.id == refresh.id), refresh)

        seen = yield from until(look, lambda now: now.state in ENDED, timeout_s, progress)
        if seen.state != "succeeded":
            raise LabelbusError(f"The refresh {seen.state}; messages of the project say why.", code="refresh_failed")
        return seen
