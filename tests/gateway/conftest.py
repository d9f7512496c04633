"""One deployment for all tests of the gateway."""

import asyncio
import io
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from PIL import Image

from deploy.local.stack import Stack
from tests.gateway.drawings import HEIGHT, TASKS, TEXT, WIDTH
from tests.gateway.harness import NOTIFICATIONS, Deployment, Person, answered, invited, running


@pytest.fixture(scope="package")
def deployment(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    deployment = Deployment(tmp_path_factory.mktemp("deployment"), stack)
    asyncio.run(_make_topic(stack.kafka, deployment.prefix + NOTIFICATIONS))
    with deployment.system:
        yield deployment


async def _make_topic(kafka: str, name: str) -> None:
    """As whoever runs an object store does."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, 1, 1)])
    finally:
        await admin.close()


@pytest.fixture(scope="package")
def owner(deployment: Deployment) -> Iterator[Person]:
    with deployment.owner() as owner:
        owner.id = answered(owner.get("session"))["user"]["id"]
        deployment.upload(owner)
        yield owner


@pytest.fixture(scope="package")
def labeler(owner: Person) -> Iterator[Person]:
    with invited(owner) as labeler:
        yield labeler


@pytest.fixture
def anybody(deployment: Deployment) -> Iterator[Person]:
    with deployment.person() as person:
        yield person


@pytest.fixture(scope="package")
def project(deployment: Deployment, owner: Person) -> dict[str, Any]:
    """A running project of twelve pictures. Tests may claim from it, but leave it running."""
    return running(owner, answered(owner.post("projects", json=deployment.new_project())))


@pytest.fixture(scope="package")
def drawing_folder(owner: Person) -> str:
    """Four pictures and two texts."""
    folder = f"{secrets.token_hex(4)}/"
    picture = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), (9, 90, 200)).save(picture, "PNG")
    files = {f"{number}.png": picture.getvalue() for number in range(4)}
    files |= {"a.txt": TEXT.encode(), "b.txt": b"\xef\xbb\xbf" + TEXT.encode()}
    for name, content in files.items():
        answered(owner.put(f"datastores/labelbus/objects/{folder}{name}", content=content))
    return folder


@pytest.fixture(scope="package")
def drawing_projects(deployment: Deployment, owner: Person, drawing_folder: str) -> dict[str, dict[str, Any]]:
    """A running project of each type with regions."""
    made: dict[str, dict[str, Any]] = {}
    for task in TASKS:
        source = {"datastore": "labelbus", "prefix": drawing_folder}
        body = deployment.new_project(task_type=task, source=source)
        made[task] = running(owner, answered(owner.post("projects", json=body)))
    return made
