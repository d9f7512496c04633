"""`client.labeling`: labeling by a script, as a person who labels."""

import secrets
from collections.abc import Sequence
from typing import Final

from labelbus.methods import D, Noun, method, pages
from labelbus.models.base import Page
from labelbus.models.items import (
    Alive,
    Back,
    Claim,
    ClaimedPage,
    ClaimItems,
    DoneItem,
    GivenLabel,
    Heartbeat,
    OwnLabel,
    Release,
    Released,
    Submit,
    Submitted,
)
from labelbus.paging import every
from labelbus.routes import Route
from labelbus.steps import Flow, Pages

_CLAIM: Final = Route("POST", "/projects/{project}/claim", ClaimedPage, body=Claim)
_HEARTBEAT: Final = Route("POST", "/projects/{project}/heartbeat", Alive, body=Heartbeat)
_RELEASE: Final = Route("POST", "/projects/{project}/release", Released, body=Release)
_SUBMIT: Final = Route("POST", "/projects/{project}/submit", Submitted, body=Submit)
_CLAIM_ITEMS: Final = Route("POST", "/projects/{project}/claim-items", ClaimedPage, body=ClaimItems)
_BACK: Final = Route("POST", "/projects/{project}/back", Submitted, body=Back)
_DONE: Final = Route("GET", "/projects/{project}/done", Page[DoneItem], query=("cursor", "limit"))
_OWN: Final = Route("GET", "/projects/{project}/items/{item}/label", OwnLabel)

_MOST_DONE: Final = 100


class Labeling(Noun[D]):
    """Pages of items, claimed, labeled, submitted.

    Each page is its own among the clients of the same person, so that threads and programs never get each other's.
    """

    @method
    def claim(self, project: str, size: int = 9, *, token: str = "") -> Flow[ClaimedPage]:
        """Claim a page of up to `size` items. They are yours until `until`; `heartbeat` prolongs that."""
        token = token or secrets.token_urlsafe(24)
        claim = Claim(token=token, client=token, size=size)
        return _CLAIM.call(self.server, body=claim, project=project)

    @method
    def claim_items(self, project: str, items: Sequence[str], *, token: str = "") -> Flow[ClaimedPage]:
        """Claim named items again whose page was lost; those that others have meanwhile are not in the answer."""
        token = token or secrets.token_urlsafe(24)
        return _CLAIM_ITEMS.call(
            self.server, body=ClaimItems(token=token, client=token, items=list(items)), project=project
        )

    @method
    def heartbeat(self, project: str, page: ClaimedPage) -> Flow[int]:
        """Keep a page; answers until when it is yours then, 0 when it is lost."""
        beat = Heartbeat(client=page.token, tokens=[page.token])
        return (yield from _HEARTBEAT.call(self.server, body=beat, project=project)).alive.get(page.token, 0)

    @method
    def release(self, project: str, page: ClaimedPage) -> Flow[int]:
        """Give back what was not submitted; answers how many items that were."""
        given = Release(client=page.token, tokens=[page.token])
        return (yield from _RELEASE.call(self.server, body=given, project=project)).released

    @method
    def submit(
        self, project: str, page: ClaimedPage, labels: Sequence[GivenLabel], *, key: str = ""
    ) -> Flow[Submitted]:
        """Submit labels or skips of a page; one result an item. The same `key` gets the same answer for 24 hours."""
        given = Submit(token=page.token, key=key or secrets.token_urlsafe(24), items=list(labels))
        return _SUBMIT.call(self.server, body=given, project=project)

    @method
    def back(self, project: str, labels: Sequence[GivenLabel], *, key: str = "") -> Flow[Submitted]:
        """Replace your own earlier labels or skips, each at the `version` that it has; one result an item."""
        given = Back(key=key or secrets.token_urlsafe(24), items=list(labels))
        return _BACK.call(self.server, body=given, project=project)

    @pages
    def done(self, project: str) -> Pages[DoneItem]:
        """What you labeled or skipped, newest first."""
        return every(lambda cursor: _DONE.call(self.server, {"cursor": cursor, "limit": _MOST_DONE}, project=project))

    @method
    def own(self, item: str) -> Flow[OwnLabel]:
        """Your whole label of an item, by its id, `<project>/<hash>`."""
        project, _, rest = item.partition("/")
        return _OWN.call(self.server, project=project, item=rest)
