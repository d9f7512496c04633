"""One export process and its surroundings."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from deploy.local.stack import Stack
from services.export.settings import ExportSettings
from services.kit import topics
from services.kit.parts import LEAST
from tests.export.world import World, free_port


@pytest.fixture
async def world(stack: Stack, prefix: str, tmp_path: Path) -> AsyncIterator[World]:
    """Export is running; its parts are as small as S3 allows and its leases short."""
    settings = ExportSettings(
        kafka=stack.kafka,
        mongo_url=stack.mongo_url,
        s3_url=stack.s3_url,
        s3_access_key=stack.s3_access_key,
        s3_secret_key=SecretStr(stack.s3_secret_key),
        bucket=stack.bucket,
        topic_prefix=prefix,
        database_prefix=prefix,
        internal_key=SecretStr("internal-key-of-this-test"),
        export_url=f"http://127.0.0.1:{free_port()}",
        export_part_bytes=LEAST,
        export_lease_s=2,
    )
    await topics.create(settings)
    world = World(settings, tmp_path / "export.log")
    world.start()
    await world.ready()
    yield world
    await world.close()
