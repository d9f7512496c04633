"""`client.session`."""

from typing import Final

from labelbus.methods import D, Noun, method
from labelbus.models.people import MeChange, PasswordChange
from labelbus.models.session import Person, Session
from labelbus.routes import Route
from labelbus.steps import Flow

_READ: Final = Route("GET", "/session", Session)
_CHANGE: Final = Route("PATCH", "/me", Person, body=MeChange, repeatable=False)


class Sessions(Noun[D]):
    """Whom the token belongs to."""

    @method
    def get(self) -> Flow[Session]:
        """Who you are and what you may do. Shows that address and token are right."""
        return _READ.call(self.server)

    @method
    def rename(self, name: str) -> Flow[Person]:
        """Change your own name."""
        return _CHANGE.call(self.server, body=MeChange(name=name))

    @method
    def set_password(self, old: str, new: str) -> Flow[Person]:
        """Change your own password; your sessions in browsers end, your tokens stay good."""
        return _CHANGE.call(self.server, body=MeChange(password=PasswordChange(old=old, new=new)))
