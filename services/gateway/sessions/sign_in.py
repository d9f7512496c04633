"""Signing in by password or one-time link, and out.

Every way takes the same time whether or not there is such an account.
"""

from dataclasses import dataclass

from services.contracts.problems import FieldProblem
from services.gateway import metrics
from services.gateway.audit.service import Audit
from services.gateway.people.links import Links
from services.gateway.people.schemas import Person
from services.gateway.people.service import email_taken
from services.gateway.people.store import PeopleStore
from services.gateway.sessions.identity import Identity
from services.gateway.sessions.passwords import Passwords
from services.gateway.sessions.schemas import LinkSignIn, SignIn
from services.gateway.sessions.service import Sessions
from services.gateway.sessions.throttle import Throttle
from services.kit import clock
from services.kit.problems import Refused
from services.kit.store import DuplicateKeyError, Session, Store


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that was just opened: its secret and whose it is."""

    secret: str
    identity: Identity


class Door:
    """Lets people in and out."""

    def __init__(
        self,
        store: Store,
        people: PeopleStore,
        sessions: Sessions,
        links: Links,
        passwords: Passwords,
        throttle: Throttle,
        audit: Audit,
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._people = people
        self._sessions = sessions
        self._links = links
        self._passwords = passwords
        self._throttle = throttle
        self._audit = audit

    async def by_password(self, body: SignIn, address: str) -> Entered:
        """Open a session for a local account."""
        await self._throttle.enter(body.email, address)
        person = await self._people.by_email(body.email)
        right = await self._passwords.matches(person.password if person else "", body.password)
        if person is None or not right or person.disabled:
            await self._audit.record(None, Identity("", "", "", address=address), "session.refused", target=_id(person))
            metrics.SIGN_INS.labels("refused").inc()
            raise _failed()
        await self._throttle.succeed(body.email, address)
        return await self._enter(person, address, "session.opened")

    async def by_link(self, body: LinkSignIn, address: str) -> Entered:
        """Use a one-time link up: sets the password, and the e-mail of the first owner."""
        now = clock.now()
        id_ = await self._links.person_of(body.token, now)
        person = await self._people.get(id_) if id_ else None
        if person is None or person.disabled:
            raise _link_over()
        _require_complete(body, person)
        changed = person.model_copy(
            update={
                "email": person.email or body.email,
                "name": body.name or (person.name if person.email else (body.email or "").partition("@")[0]),
                "password": await self._passwords.hash(body.password or ""),
            }
        )
        try:
            return await self._enter(changed, address, "session.opened_by_link", link=body.token)
        except DuplicateKeyError:
            raise email_taken() from None

    async def _enter(self, person: Person, address: str, action: str, link: str = "") -> Entered:
        now = clock.now()
        identity = Identity(person=person.id, name=person.name, email=person.email, address=address)

        async def write(session: Session) -> str:
            if link:
                await self._redeem(session, person, link)
            await self._people.signed_in(session, person.id, now)
            await self._audit.record(session, identity, action, target=person.id)
            return await self._sessions.open(session, person.id, now)

        secret = await self._store.transact(write)
        entered = await self._sessions.by_cookie(secret, address)
        if entered is None:  # switched off in this moment
            raise _failed()
        metrics.SIGN_INS.labels("accepted").inc()
        return Entered(secret, entered)

    async def _redeem(self, session: Session, person: Person, link: str) -> None:
        if not await self._links.take(session, link):
            raise _link_over()
        fresh = await self._people.get(person.id, session)
        if fresh is None or fresh.disabled:
            raise _link_over()
        update = {"email": person.email, "name": person.name, "password": person.password}
        await self._people.replace(session, fresh.model_copy(update=update))
        await self._sessions.end_all(session, person.id)

    async def leave(self, who: Identity) -> None:
        """End the session; an API token has none."""

        async def write(session: Session) -> None:
            await self._sessions.end(session, who.session)
            await self._audit.record(session, who, "session.closed", target=who.person)

        if who.session:
            await self._store.transact(write)
        self._sessions.forget(who.person)


def _link_over() -> Refused:
    detail = "This link was used already or is older than 24 hours. Ask an owner for a new one."
    return Refused(410, "link_invalid", detail)


def _failed() -> Refused:
    return Refused(401, "sign_in_failed", "E-mail or password is wrong.")


def _id(person: Person | None) -> str:
    return person.id if person else ""


def _require_complete(body: LinkSignIn, person: Person) -> None:
    missing = []
    if not person.email and body.email is None:
        missing.append(FieldProblem(field="email", message="is needed: it is what you sign in with from now on"))
    if body.password is None:
        missing.append(FieldProblem(field="password", message="is needed: it is what you sign in with from now on"))
    if missing:
        names = " and ".join(problem.field for problem in missing)
        raise Refused(422, "link_incomplete", f"The link is good. Send it again with {names}.", missing)
