"""The connection of a command to Labelbus."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from labelbus import AsyncClient
from services.cli.commands import Impossible
from services.cli.settings import CliSettings


@asynccontextmanager
async def connected(settings: CliSettings) -> AsyncIterator[AsyncClient]:
    """A client that waits for Labelbus to come back, once it was there. Raises LabelbusError, Impossible."""
    if not settings.api_token:
        raise Impossible("An API token is needed: set LABELBUS_TOKEN.")
    async with AsyncClient(settings.gateway_url, settings.api_token, retries=0) as first:
        await first.session.get()
    async with AsyncClient(settings.gateway_url, settings.api_token) as client:
        yield client
