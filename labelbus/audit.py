"""`client.audit`."""

from typing import Final

from labelbus.methods import D, Noun, pages
from labelbus.models.base import Page
from labelbus.models.people import AuditEntry
from labelbus.paging import LIMIT, every
from labelbus.routes import Route
from labelbus.steps import Pages

_LIST: Final = Route("GET", "/audit", Page[AuditEntry], query=("cursor", "limit"))


class Audit(Noun[D]):
    """Privileged acts, exports and sign-ins."""

    @pages
    def list(self) -> Pages[AuditEntry]:
        """All entries, newest first."""
        return every(lambda cursor: _LIST.call(self.server, {"cursor": cursor, "limit": LIMIT}))
