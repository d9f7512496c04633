"""`client.labeling`: labeling by a script, as a person who labels."""

import secrets
from collections.abc import Sequence
from typing import Final

from labelbus.methods import D, Noun, method
from labelbus.models.items import (
    Alive,
    Claim,
    ClaimedPage,
    GivenLabel,
    Heartbeat,
    OwnLabel,
    Release,
    Released,
    Submit,
    Submitted,
)
from labelbus.routes import Route
from labelbus.steps import Flow

_CLAIM: Final = Route("POST", "/projects/{project}/claim", ClaimedPage, body=Claim)
_HEARTBEAT: Final = Route("POST", "/projects/{project}/heartbeat", Alive, body=Heartbeat)
_RELEASE: Final = Route("POST", "/projects/{project}/release", Released, body=Release)
_SUBMIT: Final = Route("POST", "/projects/{project}/submit", Submitted, body=Submit)
_OWN: Final = Route("GET", "/projects/{project}/items/{item}/label", OwnLabel)
_CLIENT: Final = f"python-{secrets.token_urlsafe(12)}"
"""Names this program among the browsers of the same person."""


class Labeling(Noun[D]):
    """Pages of items, claimed, labeled, submitted."""

    @method
    def claim(self, project: str, size: int = 9, *, token: str = "") -> Flow[ClaimedPage]:
        """Claim a page of up to `size` items. They are yours until `until`; `heartbeat` prolongs that."""
        claim = Claim(token=token or secrets.token_urlsafe(24), client=_CLIENT, size=size)
        return _CLAIM.call(self.server, body=claim, project=project)

    @method
    def heartbeat(self, project: str, pages: Sequence[ClaimedPage]) -> Flow[Alive]:
        """Keep pages, four at most. One whose token is not in the answer is lost."""
        beat = Heartbeat(client=_CLIENT, tokens=[page.token for page in pages])
        return _HEARTBEAT.call(self.server, body=beat, project=project)

    @method
    def release(self, project: str, page: ClaimedPage) -> Flow[int]:
        """Give back what was not submitted; answers how many items that were."""
        given = Release(client=_CLIENT, tokens=[page.token])
        return (yield from _RELEASE.call(self.server, body=given, project=project)).released

    @method
    def submit(
        self, project: str, page: ClaimedPage, labels: Sequence[GivenLabel], *, key: str = ""
    ) -> Flow[Submitted]:
        """Submit labels or skips of a page; one result an item. The same `key` gets the same answer for 24 hours."""
        given = Submit(token=page.token, key=key or secrets.token_urlsafe(24), items=list(labels))
        return _SUBMIT.call(self.server, body=given, project=project)

    @method
    def own(self, item: str) -> Flow[OwnLabel]:
        """Your whole label of an item, by its id, `<project>/<hash>`."""
        project, _, rest = item.partition("/")
        return _OWN.call(self.server, project=project, item=rest)
