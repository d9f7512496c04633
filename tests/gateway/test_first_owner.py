"""The first start and the starts after it, on the real store."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from services.gateway.members.permissions import DEPLOYMENT, Role
from services.gateway.members.store import MembersStore
from services.gateway.people.first_owner import FirstOwner
from services.gateway.people.links import Links
from services.gateway.people.store import PeopleStore
from services.gateway.sessions.secrets import digest
from services.gateway.settings import GatewaySettings
from services.gateway.tokens.store import TokensStore
from services.kit import clock
from services.kit.store import Store
from tests.gateway.harness import token_of

TOKEN = "lb_" + "x" * 40


@pytest.fixture
async def store(mongo_url: str, prefix: str) -> AsyncIterator[Store]:
    store = Store(_settings(mongo_url, prefix), "gateway")
    yield store
    await store.drop()
    await store.close()


def _settings(mongo_url: str, prefix: str, token: str | None = None) -> GatewaySettings:
    return GatewaySettings(
        mongo_url=mongo_url,
        database_prefix=prefix,
        internal_key=SecretStr("k" * 32),
        gateway_bootstrap_token=SecretStr(token) if token else None,
    )


class Start:
    """A start of the gateway, as far as it is about the first owner."""

    def __init__(self, store: Store, settings: GatewaySettings) -> None:
        self.store = store
        self.people, self.members, self.tokens = PeopleStore(store), MembersStore(store), TokensStore(store)
        self.links = Links(self.people, "https://labels.example.org/")
        self._first = FirstOwner(store, self.people, self.members, self.tokens, self.links, settings)

    async def links_logged(self) -> list[str]:
        for part in (self.people, self.members, self.tokens):
            await part.prepare()
        with capture_logs() as logs:
            await self._first.ensure()
        return [str(each["link"]) for each in logs if each["event"] == "first_owner"]


async def test_each_start_logs_a_new_link_until_somebody_has_signed_in(
    store: Store, mongo_url: str, prefix: str
) -> None:
    start = Start(store, _settings(mongo_url, prefix))
    (first,) = await start.links_logged()
    (second,) = await start.links_logged()
    assert second.startswith("https://labels.example.org/sign-in?token=")
    assert await start.links.person_of(token_of(first), clock.now()) is None
    owner = await start.links.person_of(token_of(second), clock.now())
    assert owner is not None
    assert await start.members.of_scope(DEPLOYMENT) == {owner: Role.OWNER}
    assert len(await start.people.page(None, 10)) == 1
    await store.transact(lambda session: start.people.signed_in(session, owner, clock.now()))
    assert await start.links_logged() == []


async def test_secrets_are_kept_as_digests_only(store: Store, mongo_url: str, prefix: str) -> None:
    (link,) = await Start(store, _settings(mongo_url, prefix, TOKEN)).links_logged()
    kept = [str(row) for name in ("links", "tokens") async for row in store[name].find()]
    assert len(kept) == 2
    assert not any(secret in row for row in kept for secret in (token_of(link), TOKEN))


async def test_the_bootstrap_token_is_exactly_the_setting(store: Store, mongo_url: str, prefix: str) -> None:
    start = Start(store, _settings(mongo_url, prefix, TOKEN))
    await start.links_logged()
    assert await start.tokens.by_digest(digest(TOKEN)) is not None
    await Start(store, _settings(mongo_url, prefix, TOKEN + "y")).links_logged()
    assert await start.tokens.by_digest(digest(TOKEN)) is None
    await Start(store, _settings(mongo_url, prefix)).links_logged()
    assert await start.tokens.by_digest(digest(TOKEN + "y")) is None
