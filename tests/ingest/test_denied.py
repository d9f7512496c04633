"""A bucket that is there but may not be listed, or not be read."""

import json
from collections.abc import Callable

import pytest

from services.contracts.exports import JobState
from services.contracts.projects import DataSource
from tests.ingest.harness import Ingest, World, picture

FILES = ["a.png", "b.png"]


@pytest.fixture
def bucket(world: World, prefix: str) -> str:
    name = f"{prefix}bucket"
    world.s3.make_bucket(name)
    world.put_all(FILES, name)
    return name


@pytest.fixture
def deny(world: World, bucket: str) -> Callable[..., None]:
    """Forbid actions on the bucket, or some of its objects, to everybody."""

    def forbid(action: str, *resources: str) -> None:
        arns = [f"arn:aws:s3:::{bucket}{resource}" for resource in resources or ("", "/*")]
        statement = {"Effect": "Deny", "Principal": "*", "Action": [action], "Resource": arns}
        world.s3.set_bucket_policy(bucket, json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    return forbid


async def test_a_check_says_that_the_bucket_may_not_be_listed(
    ingest: Ingest, bucket: str, deny: Callable[..., None]
) -> None:
    deny("s3:ListBucket")
    async with ingest.client() as client:
        found = (await client.post("/internal/check", json={"datastore": bucket})).json()
    assert found["field"] == "datastore"
    assert "s3:ListBucket" in found["problem"]


async def test_a_scan_that_may_not_list_fails_and_goes_on_when_it_may(
    world: World, bucket: str, deny: Callable[..., None]
) -> None:
    deny("s3:ListBucket")
    project = await world.new_project(DataSource(datastore=bucket))
    refresh = await world.ended(project.id)
    assert refresh.state is JobState.FAILED
    (message,) = refresh.messages
    assert message.code == "access_denied"
    assert "s3:ListBucket" in message.text
    world.s3.delete_bucket_policy(bucket)
    await world.request_refresh(project.id, 2)
    assert (await world.ended(project.id, 2)).state is JobState.SUCCEEDED
    assert sorted(world.keys(project.id, 2)) == FILES


async def test_objects_that_may_not_be_read_are_told_and_read_when_they_may(
    world: World, bucket: str, deny: Callable[..., None]
) -> None:
    deny("s3:GetObject")
    project = await world.new_project(DataSource(datastore=bucket))
    refresh = await world.ended(project.id)
    assert "access_denied" in {message.code for message in refresh.messages}
    assert any("s3:GetObject" in message.text for message in refresh.messages)
    world.s3.delete_bucket_policy(bucket)
    await world.request_refresh(project.id, 2)
    await world.until(lambda: len(world.probed(project.id, 2) or world.probed(project.id)) == len(FILES))


async def test_one_object_that_may_not_be_read_leaves_the_others_alone(
    world: World, bucket: str, deny: Callable[..., None]
) -> None:
    world.put("c.png", picture(), bucket)
    deny("s3:GetObject", "/a.png")
    project = await world.new_project(DataSource(datastore=bucket))
    await world.ended(project.id)
    await world.until(lambda: len(world.probed(project.id)) == 3)
    unreadable = [item.unreadable for item in world.probed(project.id).values() if item.unreadable]
    assert len(unreadable) == 1
