"""`client.tokens`."""

from collections.abc import Sequence
from typing import Final

from labelbus.methods import D, Noun, method
from labelbus.models.people import CreatedToken, NewToken, Token
from labelbus.models.people import Tokens as Listed
from labelbus.routes import Route
from labelbus.steps import Flow

_LIST: Final = Route("GET", "/tokens", Listed)
_CREATE: Final = Route("POST", "/tokens", CreatedToken, body=NewToken, repeatable=False)
_DELETE: Final = Route("DELETE", "/tokens/{token}", type(None), repeatable=False)


class Tokens(Noun[D]):
    """Your own API tokens."""

    @method
    def list(self) -> Flow[Sequence[Token]]:
        """All of them, newest first, without their secrets."""
        return (yield from _LIST.call(self.server)).items

    @method
    def create(self, name: str) -> Flow[CreatedToken]:
        """Make one; its secret is in this answer only."""
        return _CREATE.call(self.server, body=NewToken(name=name))

    @method
    def delete(self, token: str) -> Flow[None]:
        """Take one back, by its id."""
        return _DELETE.call(self.server, token=token)
