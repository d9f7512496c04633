"""People: inviting, changing, switching off. The last owner who can sign in always stays."""

from services.contracts.ids import name_key, new_id
from services.gateway import cursors
from services.gateway.audit.service import Audit
from services.gateway.members.permissions import DEPLOYMENT, Role
from services.gateway.members.schemas import Member
from services.gateway.members.store import MembersStore
from services.gateway.people.links import Links
from services.gateway.people.schemas import (
    Invitation,
    MeChange,
    NewPerson,
    PeopleList,
    Person,
    PersonChange,
    PersonView,
)
from services.gateway.people.store import PeopleStore
from services.gateway.refusals import wrong
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.passwords import Passwords
from services.gateway.sessions.service import Sessions
from services.kit import clock
from services.kit.problems import Refused
from services.kit.store import DuplicateKeyError, Session, Store


class People:
    """What owners do with people, and people with themselves."""

    def __init__(
        self,
        store: Store,
        people: PeopleStore,
        members: MembersStore,
        sessions: Sessions,
        links: Links,
        passwords: Passwords,
        audit: Audit,
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._people = people
        self._members = members
        self._sessions = sessions
        self._links = links
        self._passwords = passwords
        self._audit = audit

    async def page(self, cursor: str, limit: int) -> PeopleList:
        """People by name."""
        place = cursors.decode(cursor, str, str)
        people = await self._people.page((str(place[0]), str(place[1])) if place else None, limit)
        roles = await self._members.deployment_roles([person.id for person in people])
        full = len(people) == limit
        return PeopleList(
            items=[PersonView.of(person, roles.get(person.id)) for person in people],
            cursor=cursors.encode([name_key(people[-1].name), people[-1].id]) if full else "",
        )

    async def invite(self, who: Identity, new: NewPerson) -> Invitation:
        """Add a person with a one-time link to hand over."""
        person = Person(id=new_id("u"), email=new.email, name=new.name, created_at=clock.now())

        async def write(session: Session) -> str:
            await self._people.insert(session, person)
            if new.role is not None:
                await self._members.put(session, Member(subject=person.id, scope=DEPLOYMENT, role=new.role))
            await self._audit.record(session, who, "person.invited", target=person.id, role=new.role or "")
            return await self._links.make(session, person.id, person.name)

        try:
            link = await self._store.transact(write)
        except DuplicateKeyError:
            raise email_taken() from None
        return Invitation(person=PersonView.of(person, new.role), link=link)

    async def renew_link(self, who: Identity, id_: str) -> Invitation:
        """A new one-time link, for who let the first one expire or forgot the password."""
        person = await self._get(id_)

        async def write(session: Session) -> str:
            await self._audit.record(session, who, "person.link_made", target=id_)
            return await self._links.make(session, id_, person.name)

        link = await self._store.transact(write)
        roles = await self._members.deployment_roles([id_])
        return Invitation(person=PersonView.of(person, roles.get(id_)), link=link)

    async def change(self, who: Identity, id_: str, change: PersonChange) -> PersonView:
        """Give another role, switch off or on. Switched off people are signed out at once."""
        given = change.model_fields_set
        roles = await self._members.deployment_roles([id_])
        role = change.role if "role" in given else roles.get(id_)

        async def write(session: Session) -> Person:
            person = await self._get(id_, session)
            if "disabled" in given:
                person = person.model_copy(update={"disabled": change.disabled})
                await self._people.replace(session, person)
            if "role" in given:
                await self._put_role(session, id_, role)
            await self._require_owner(session, "role" if "role" in given else "disabled")
            if person.disabled:
                await self._sessions.end_all(session, id_)
            facts = {name: str(getattr(change, name)) for name in sorted(given)}
            await self._audit.record(session, who, "person.changed", target=id_, **facts)
            return person

        person = await self._store.transact(write)
        self._sessions.forget(id_)
        return PersonView.of(person, role)

    async def _put_role(self, session: Session, person: str, role: Role | None) -> None:
        if role is None:
            await self._members.delete(session, DEPLOYMENT, person)
        else:
            await self._members.put(session, Member(subject=person, scope=DEPLOYMENT, role=role))

    async def _require_owner(self, session: Session, field: str) -> None:
        await self._people.touch_owners(session)
        if not await self._people.enabled(await self._members.owners(session), session):
            message = "can't be changed of the last owner; make somebody else an owner first"
            raise wrong(field, message, "last_owner", 409)

    async def change_me(self, who: Identity, change: MeChange) -> None:
        """Another name or password. A new password ends all other sessions."""
        hashed = None
        if change.password is not None:
            person = await self._get(who.person)
            if not await self._passwords.matches(person.password, change.password.old):
                raise wrong("password.old", "is not your password", "wrong_password")
            hashed = await self._passwords.hash(change.password.new)

        async def write(session: Session) -> None:
            person = await self._get(who.person, session)
            update = {"name": change.name or person.name, "password": hashed or person.password}
            await self._people.replace(session, person.model_copy(update=update))
            if hashed is not None:
                await self._sessions.end_all(session, who.person, but=who.session)
                await self._audit.record(session, who, "person.password_changed", target=who.person)

        await self._store.transact(write)
        self._sessions.forget(who.person)

    async def _get(self, id_: str, session: Session | None = None) -> Person:
        person = await self._people.get(id_, session)
        if person is None:
            raise Refused(404, "person_unknown", "There is no such person.")
        return person


def email_taken() -> Refused:
    """The refusal of an e-mail that somebody else has."""
    return wrong("email", "is the address of somebody else here", "email_taken", 409)
