"""`client.session`."""

from typing import Final

from labelbus.methods import D, Noun, method
from labelbus.models.session import Session
from labelbus.routes import Route
from labelbus.steps import Flow

_READ: Final = Route("GET", "/session", Session)


class Sessions(Noun[D]):
    """Whom the token belongs to."""

    @method
    def get(self) -> Flow[Session]:
        """Who you are and what you may do. Shows that address and token are right."""
        return _READ.call(self.server)
