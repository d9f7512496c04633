"""The two clients. They differ in how they wait: `Client` blocks, `AsyncClient` is awaited."""

from typing import Any, Final, Generic, Self

import httpx

from labelbus.audit import Audit
from labelbus.datasets import Datasets
from labelbus.datastores import Datastores
from labelbus.drivers import AsyncDriver, BlockingDriver
from labelbus.errors import LabelbusError
from labelbus.events import Events
from labelbus.exports import Exports
from labelbus.files import Files
from labelbus.imports import Imports
from labelbus.items import Items
from labelbus.labeling import Labeling
from labelbus.members import Members
from labelbus.methods import D
from labelbus.people import People
from labelbus.projects import Projects
from labelbus.refreshes import Refreshes
from labelbus.routes import Server
from labelbus.session import Sessions
from labelbus.tokens import Tokens

_TIMEOUT_S: Final = 60.0
_RETRIES: Final = 6
_PAUSE_S: Final = 0.25


class _Nouns(Generic[D]):
    """What a client has, by driver."""

    def __init__(self, driver: D, server: Server) -> None:
        self.driver: D = driver
        self.session: Sessions[D] = Sessions(driver, server)
        self.projects: Projects[D] = Projects(driver, server)
        self.datastores: Datastores[D] = Datastores(driver, server)
        self.datasets: Datasets[D] = Datasets(driver, server)
        self.files: Files[D] = Files(driver, server)
        self.items: Items[D] = Items(driver, server)
        self.labeling: Labeling[D] = Labeling(driver, server)
        self.refreshes: Refreshes[D] = Refreshes(driver, server)
        self.exports: Exports[D] = Exports(driver, server)
        self.imports: Imports[D] = Imports(driver, server)
        self.people: People[D] = People(driver, server)
        self.members: Members[D] = Members(driver, server)
        self.tokens: Tokens[D] = Tokens(driver, server)
        self.audit: Audit[D] = Audit(driver, server)
        self.events: Events[D] = Events(driver, server)


class Client(_Nouns[BlockingDriver]):
    """Labelbus over its public API. Threads may share one; `with` or `close` ends its connections.

    `token` is a personal API token. `timeout_s` is for each wait on the network. A call that fails for want of an
    answer is repeated `retries` times, if that does no harm; pauses double from `pause_s` up to 15 s.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout_s: float = _TIMEOUT_S,
        retries: int = _RETRIES,
        pause_s: float = _PAUSE_S,
    ) -> None:
        http = httpx.Client(**_options(url, token, timeout_s))
        super().__init__(BlockingDriver(http), Server(url.rstrip("/"), retries, pause_s))

    def close(self) -> None:
        """Close all connections."""
        self.driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(_Nouns[AsyncDriver]):
    """As Client, for asyncio: every call is awaited, every iteration is `async for`."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout_s: float = _TIMEOUT_S,
        retries: int = _RETRIES,
        pause_s: float = _PAUSE_S,
    ) -> None:
        http = httpx.AsyncClient(**_options(url, token, timeout_s))
        super().__init__(AsyncDriver(http), Server(url.rstrip("/"), retries, pause_s))

    async def close(self) -> None:
        """Close all connections."""
        await self.driver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _options(url: str, token: str, timeout_s: float) -> dict[str, Any]:
    if not token:
        raise LabelbusError("An API token is needed.", code="no_token")
    if not (token.isascii() and token.isprintable()) or " " in token:  # never quoted: it is a secret
        detail = "The API token holds a line break, a space or another character that no token has."
        raise LabelbusError(detail, code="bad_token")
    return {
        "base_url": f"{url.rstrip('/')}/api/v1",
        "headers": {"Authorization": f"Bearer {token}", "User-Agent": "labelbus-python"},
        "timeout": timeout_s,
    }
