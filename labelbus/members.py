"""`client.members`."""

from collections.abc import Sequence
from typing import Final

from labelbus.methods import D, Noun, method
from labelbus.models.people import Member, MemberRole, Role
from labelbus.routes import Route
from labelbus.steps import Flow

_LIST: Final = Route("GET", "/projects/{project}/members", list[Member])
_PUT: Final = Route("PUT", "/projects/{project}/members/{person}", type(None), body=MemberRole)
_DELETE: Final = Route("DELETE", "/projects/{project}/members/{person}", type(None), repeatable=False)


class Members(Noun[D]):
    """Who has which role in a project, on top of those of the whole deployment."""

    @method
    def list(self, project: str) -> Flow[Sequence[Member]]:
        """Everybody who has a role in the project, by name."""
        return _LIST.call(self.server, project=project)

    @method
    def put(self, project: str, person: str, role: Role) -> Flow[None]:
        """Give a person a role in the project, in place of the one before."""
        return _PUT.call(self.server, body=MemberRole(role=role), project=project, person=person)

    @method
    def delete(self, project: str, person: str) -> Flow[None]:
        """Take a person's own role in the project away."""
        return _DELETE.call(self.server, project=project, person=person)
