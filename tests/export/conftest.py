"""One export process and its surroundings, shared by all tests of export: each has a project of its own."""

import secrets
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr

from deploy.local.stack import Stack
from services.export.settings import ExportSettings
from services.kit import topics
from services.kit.parts import LEAST
from tests.export.world import World, free_port


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def deployment(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Its parts are as small as S3 allows and its leases short."""
    prefix = f"t{secrets.token_hex(4)}-"
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
        export_overlap_s=0,
    )
    await topics.create(settings)
    world = World(settings, tmp_path_factory.mktemp("export") / "export.log")
    yield world
    await world.close()


@pytest_asyncio.fixture(loop_scope="package")
async def world(deployment: World) -> World:
    """Export is running."""
    if not deployment.is_running():
        deployment.start()
    await deployment.ready()
    return deployment
