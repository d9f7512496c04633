"""Data sets and data stores for the tests in a browser."""

import asyncio
import time
from typing import Any

from minio import Minio

from bench.client import Person
from tests.e2e.world import World

STORE = "scanner-archive"
DATASET = "Digits of the scanner"


def s3_of(world: World) -> Minio:
    """The object storage of the stack."""
    stack = world.system.stack
    return Minio(stack.s3_url.partition("://")[2], stack.s3_access_key, stack.s3_secret_key, secure=False)


def store_body(world: World, name: str, bucket: str) -> dict[str, Any]:
    """What registers a bucket of the stack once more, as a data store of its own."""
    stack = world.system.stack
    keys = {"access_key": stack.s3_access_key, "secret_key": stack.s3_secret_key}
    return {"name": name, "endpoint": stack.s3_url, "bucket": bucket, "read_only": True, **keys}


async def prepare(world: World, owner: Person, prefix: str) -> dict[str, Any]:
    """A data store, and a data set in two versions, both counted."""
    await owner.call("POST", "/datastores", json=store_body(world, STORE, world.system.stack.bucket))
    source = {"datastore": STORE, "prefix": prefix}
    body = {"name": DATASET, "description": "Scans of March", "source": source}
    dataset: dict[str, Any] = await owner.call("POST", "/datasets", json=body)
    await owner.call("POST", f"/datasets/{dataset['id']}/versions", json={"source": {**source, "pattern": "*"}})
    await counted(owner, dataset["id"])
    return dataset


async def counted(owner: Person, dataset: str, seconds: float = 30) -> list[dict[str, Any]]:
    """All versions of the data set, once they are counted."""
    until = time.monotonic() + seconds
    while True:
        versions: list[dict[str, Any]] = (await owner.call("GET", f"/datasets/{dataset}/versions"))["items"]
        if all(one["counted_at"] for one in versions):
            return versions
        assert time.monotonic() < until, versions
        await asyncio.sleep(0.1)
