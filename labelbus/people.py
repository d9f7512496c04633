"""`client.people`."""

from typing import Final

from labelbus.methods import D, Noun, method, pages
from labelbus.models.base import Page
from labelbus.models.people import Invitation, NewPerson, PersonChange, PersonRow, Role
from labelbus.paging import LIMIT, every
from labelbus.routes import Route
from labelbus.steps import Flow, Pages

_LIST: Final = Route("GET", "/people", Page[PersonRow], query=("cursor", "limit"))
_INVITE: Final = Route("POST", "/people", Invitation, body=NewPerson, repeatable=False)
_LINK: Final = Route("POST", "/people/{person}/link", Invitation)
_CHANGE: Final = Route("PATCH", "/people/{person}", PersonRow, body=PersonChange)


class People(Noun[D]):
    """Who has an account, and their roles in the whole deployment."""

    @pages
    def list(self) -> Pages[PersonRow]:
        """Everybody, by name."""
        return every(lambda cursor: _LIST.call(self.server, {"cursor": cursor, "limit": LIMIT}))

    @method
    def invite(self, email: str, name: str, role: Role | None = "labeler") -> Flow[Invitation]:
        """Add a person, and hand them the link of the answer. Without a role they see only projects they are put in."""
        return _INVITE.call(self.server, body=NewPerson(email=email, name=name, role=role))

    @method
    def renew_link(self, person: str) -> Flow[Invitation]:
        """Make a new link for a person; an earlier one stops working."""
        return _LINK.call(self.server, person=person)

    @method
    def set_role(self, person: str, role: Role | None) -> Flow[PersonRow]:
        """Give a role in the whole deployment, or take it away. Raises LabelbusError for the last owner."""
        return _CHANGE.call(self.server, body=PersonChange(role=role), person=person)

    @method
    def disable(self, person: str) -> Flow[PersonRow]:
        """Switch a person off: their sessions and tokens stop working, their labels stay."""
        return _CHANGE.call(self.server, body=PersonChange(disabled=True), person=person)

    @method
    def enable(self, person: str) -> Flow[PersonRow]:
        """Switch a person on again."""
        return _CHANGE.call(self.server, body=PersonChange(disabled=False), person=person)
