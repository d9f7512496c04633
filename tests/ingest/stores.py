"""How a test registers a data store."""

import secrets
from typing import Any

from tests.ingest.harness import World
from tests.support.faulty_store import FaultyStore


def registration(world: World, faulty: FaultyStore, bucket: str) -> dict[str, Any]:
    """Of a bucket of the local storage that is reached through `faulty`."""
    keys = {
        "access_key": world.settings.s3_access_key,
        "secret_key": world.settings.s3_secret_key.get_secret_value(),
    }
    return {"name": f"store-{secrets.token_hex(4)}", "endpoint": faulty.url, "bucket": bucket, **keys}
