"""Both clients, called in the same way: what holds for one has to hold for the other."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from labelbus import AsyncClient, Client
from tests.client.server import Scripted

Call = Callable[[Scripted, Callable[[Any], Any]], Any]
"""Calls a client of the server and answers what it answers; of an iteration a list."""
OPTIONS: dict[str, Any] = {"timeout_s": 10, "retries": 3, "pause_s": 0.001}


def _blocking(server: Scripted, use: Callable[[Any], Any]) -> Any:
    with Client(server.url, "t", **OPTIONS) as client:
        answer = use(client)
        return list(answer) if hasattr(answer, "__next__") else answer


def _of_asyncio(server: Scripted, use: Callable[[Any], Any]) -> Any:
    async def run() -> Any:
        async with AsyncClient(server.url, "t", **OPTIONS) as client:
            answer = use(client)
            return [each async for each in answer] if hasattr(answer, "__anext__") else await answer

    return asyncio.run(run())


@pytest.fixture(params=[_blocking, _of_asyncio], ids=["blocking", "asyncio"])
def call(request: pytest.FixtureRequest) -> Call:
    """Of one client and of the other."""
    made: Call = request.param
    return made
