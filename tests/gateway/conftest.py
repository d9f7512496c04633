"""One deployment for all tests of the gateway."""

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.stack import Stack
from tests.gateway.harness import Deployment, Person, answered, invited, running


@pytest.fixture(scope="session")
def deployment(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    deployment = Deployment(tmp_path_factory.mktemp("deployment"), stack)
    with deployment.system:
        yield deployment


@pytest.fixture(scope="session")
def owner(deployment: Deployment) -> Iterator[Person]:
    with deployment.owner() as owner:
        owner.id = answered(owner.get("session"))["user"]["id"]
        deployment.upload(owner)
        yield owner


@pytest.fixture(scope="session")
def labeler(owner: Person) -> Iterator[Person]:
    with invited(owner) as labeler:
        yield labeler


@pytest.fixture
def anybody(deployment: Deployment) -> Iterator[Person]:
    with deployment.person() as person:
        yield person


@pytest.fixture(scope="session")
def project(deployment: Deployment, owner: Person) -> dict[str, Any]:
    """A running project of twelve pictures. Tests may claim from it, but leave it running."""
    return running(owner, answered(owner.post("projects", json=deployment.new_project())))
