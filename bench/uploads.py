"""Puts files into the default bucket over the public API, as people do."""

import asyncio
from collections.abc import Mapping
from urllib.parse import quote

from bench.client import Person

_AT_ONCE = 4


async def upload(owner: Person, bucket: str, files: Mapping[str, bytes]) -> None:
    """Files by key."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def put(key: str, data: bytes) -> None:
        async with gate:
            await owner.call("PUT", f"/datastores/{quote(bucket)}/objects/{quote(key)}", content=data)

    await asyncio.gather(*(put(key, data) for key, data in files.items()))
