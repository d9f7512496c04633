"""Sessions on the real store: what is cached, what ends them, what keeps them alive."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from pydantic import SecretStr

from services.gateway.members.permissions import DEPLOYMENT, Role
from services.gateway.members.schemas import Member
from services.gateway.members.store import MembersStore
from services.gateway.people.schemas import Person
from services.gateway.people.store import PeopleStore
from services.gateway.sessions.service import Sessions
from services.gateway.sessions.store import SessionsStore
from services.gateway.settings import GatewaySettings
from services.gateway.tokens.store import TokensStore
from services.kit import clock
from services.kit.store import Session, Store

PERSON = Person(id="u1", email="a@example.org", name="Ada", created_at=clock.now())


@pytest.fixture
def settings(mongo_url: str, prefix: str) -> GatewaySettings:
    return GatewaySettings(
        mongo_url=mongo_url,
        database_prefix=prefix,
        internal_key=SecretStr("k" * 32),
        gateway_session_idle_s=600,
        gateway_session_max_s=3_600,
    )


@pytest.fixture
async def store(settings: GatewaySettings) -> AsyncIterator[Store]:
    store = Store(settings, "gateway")
    yield store
    await store.drop()
    await store.close()


def process(store: Store, settings: GatewaySettings) -> Sessions:
    """The sessions as one process of the gateway knows them."""
    return Sessions(SessionsStore(store), TokensStore(store), PeopleStore(store), MembersStore(store), settings)


async def opened(store: Store, sessions: Sessions, age: timedelta = timedelta()) -> str:
    async def write(session: Session) -> str:
        await PeopleStore(store).insert(session, PERSON)
        return await sessions.open(session, PERSON.id, clock.now() - age)

    return await store.transact(write)


async def test_an_end_counts_at_once_here(store: Store, settings: GatewaySettings) -> None:
    sessions = process(store, settings)
    secret = await opened(store, sessions)
    identity = await sessions.by_cookie(secret, "here")
    assert identity is not None
    await store.transact(lambda session: sessions.end(session, identity.session))
    assert await sessions.by_cookie(secret, "here") is not None  # known for two seconds, unless
    sessions.forget(PERSON.id)
    assert await sessions.by_cookie(secret, "here") is None


async def test_a_role_counts_once_it_is_forgotten(store: Store, settings: GatewaySettings) -> None:
    sessions = process(store, settings)
    secret = await opened(store, sessions)
    identity = await sessions.by_cookie(secret, "here")
    assert identity is not None
    assert not identity.permissions()
    member = Member(subject=PERSON.id, scope=DEPLOYMENT, role=Role.LABELER)
    await store.transact(lambda session: MembersStore(store).put(session, member))
    sessions.forget(PERSON.id)
    identity = await sessions.by_cookie(secret, "there")
    assert identity is not None
    assert identity.allows("labels/write", "p1")
    assert identity.address == "there"


async def test_an_idle_session_has_ended(store: Store, settings: GatewaySettings) -> None:
    sessions = process(store, settings)
    assert await sessions.by_cookie(await opened(store, sessions, timedelta(seconds=601)), "here") is None


async def test_use_keeps_a_session_alive_and_listening_does_not(store: Store, settings: GatewaySettings) -> None:
    sessions = process(store, settings)
    secret = await opened(store, sessions, timedelta(seconds=500))

    async def idle() -> timedelta:
        row = await store["sessions"].find_one()
        assert row is not None
        return timedelta(milliseconds=clock.now_ms() - clock.to_ms(row["seen"]))

    assert await sessions.by_cookie(secret, "here", used=False) is not None
    assert await idle() > timedelta(seconds=490)
    assert await sessions.by_cookie(secret, "here") is not None
    assert await idle() < timedelta(seconds=60)


async def test_an_end_counts_in_other_processes_within_two_seconds(store: Store, settings: GatewaySettings) -> None:
    here, there = process(store, settings), process(store, settings)
    secret = await opened(store, here)
    identity = await there.by_cookie(secret, "there")
    assert identity is not None
    await store.transact(lambda session: here.end(session, identity.session))
    end = time.monotonic() + 2.5
    while await there.by_cookie(secret, "there") is not None:
        assert time.monotonic() < end
