"""Members of projects: who may do what in one project, on top of the roles of the deployment."""

from services.gateway.audit.service import Audit
from services.gateway.members.permissions import DEPLOYMENT, Role
from services.gateway.members.schemas import Member, MemberView
from services.gateway.members.store import MembersStore
from services.gateway.people.store import PeopleStore
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.service import Sessions
from services.kit.problems import Refused
from services.kit.store import Session, Store


class Members:
    """Roles in projects."""

    def __init__(
        self, store: Store, members: MembersStore, people: PeopleStore, sessions: Sessions, audit: Audit
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._members = members
        self._people = people
        self._sessions = sessions
        self._audit = audit

    async def of_project(self, project: str) -> list[MemberView]:
        """Everybody who has a role in the project, by name.

        A role of the deployment comes first where somebody has both.
        """
        own = await self._members.of_scope(project)
        inherited = await self._members.of_scope(DEPLOYMENT)
        people = await self._people.some([*own, *inherited])
        views = [
            MemberView(
                id=person.id,
                name=person.name,
                email=person.email,
                role=inherited.get(person.id) or own[person.id],
                inherited=person.id in inherited,
            )
            for person in people
            if not person.disabled
        ]
        return sorted(views, key=lambda view: (view.name.casefold(), view.id))

    async def put(self, who: Identity, project: str, person: str, role: Role) -> None:
        """Give a role in the project."""
        if await self._people.get(person) is None:
            raise Refused(404, "person_unknown", "There is no such person.")

        async def write(session: Session) -> None:
            await self._members.put(session, Member(subject=person, scope=project, role=role))
            await self._audit.record(session, who, "member.added", target=person, project=project, role=role)

        await self._store.transact(write)
        self._sessions.forget(person)

    async def delete(self, who: Identity, project: str, person: str) -> None:
        """Take the role in the project away."""

        async def write(session: Session) -> None:
            if not await self._members.delete(session, project, person):
                raise Refused(404, "member_unknown", "This person has no role of their own in this project.")
            await self._audit.record(session, who, "member.removed", target=person, project=project)

        await self._store.transact(write)
        self._sessions.forget(person)
