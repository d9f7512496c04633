"""A whole deployment of our own services for the tests of the gateway, and people who use it over HTTP."""

import io
import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import httpx
from PIL import Image
from prometheus_client.parser import text_string_to_metric_families

from deploy.local.stack import Stack
from deploy.local.system import System

PASSWORD: Final = "correct horse battery"
PICTURES: Final = 12
NOTIFICATIONS: Final = "notifications"
"""Topic of the store's notifications, behind the prefix of the deployment."""
T = TypeVar("T")


def until(look: Callable[[], T | None], seconds: float = 20) -> T:
    """Wait for a condition with a deadline."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found is not None and found is not False:
            return found
        time.sleep(0.05)
    raise AssertionError(f"did not come true within {seconds} s")


class Person(httpx.Client):
    """Somebody at the public API; a cookie session keeps its CSRF token in the headers."""

    def __init__(self, url: str, token: str = "", **options: Any) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        super().__init__(base_url=f"{url}/api/v1/", headers=headers, timeout=30, **options)
        self.url = url
        self.id = ""

    def enter(self, response: httpx.Response) -> dict[str, Any]:
        session: dict[str, Any] = answered(response)
        self.headers["X-CSRF-Token"] = session["csrf"]
        self.id = session["user"]["id"]
        return session


def answered(response: httpx.Response) -> Any:
    """The decoded answer of a request that must succeed."""
    assert response.is_success, (
        f"{response.request.method} {response.url}: {response.status_code} {response.text[:500]}"
    )
    return response.json() if response.content else None


def refused(response: httpx.Response, status: int, code: str, field: str | None = None) -> dict[str, Any]:
    """The problem of a request that must be refused."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    problem: dict[str, Any] = response.json()
    assert (response.status_code, problem["code"]) == (status, code), problem
    assert problem["request_id"] == response.headers["x-request-id"]
    if field is not None:
        assert field in [each["field"] for each in problem["fields"]], problem
    return problem


class Deployment:
    """Stack, services, and the lines that the gateway logged."""

    def __init__(self, root: Path, stack: Stack) -> None:
        self.prefix = prefix = f"t{secrets.token_hex(3)}-"
        self.kafka = stack.kafka
        self.lines: list[str] = []
        settings = {
            "LABELBUS_TOPIC_PREFIX": prefix,
            "LABELBUS_DATABASE_PREFIX": prefix,
            "LABELBUS_GATEWAY_SIGN_IN_ATTEMPTS": "5",
            "LABELBUS_NOTIFICATIONS_TOPIC": prefix + NOTIFICATIONS,
            "LABELBUS_GATEWAY_HINT_QUIET_MS": "300",
            "LABELBUS_GATEWAY_REFRESH_SOON_S": "2",
        }
        self.system = System(root, settings, stack, on_line=self._hear)
        self.url = self.system.url
        self.folder = f"{prefix}pictures/"

    def _hear(self, name: str, line: str) -> None:
        if name == "gateway":
            self.lines.append(line)

    def events(self, name: str) -> list[dict[str, Any]]:
        """What the gateway logged under that name."""
        return [json.loads(line) for line in self.lines if f'"{name}"' in line]

    def metric(self, name: str, **labels: str) -> float:
        """Of the gateway, as it is now; 0 before its first count."""
        found = text_string_to_metric_families(httpx.get(f"{self.url}/metrics").text)
        samples = [sample for family in found for sample in family.samples]
        return next((s.value for s in samples if s.name == f"labelbus_{name}_total" and s.labels == labels), 0.0)

    def person(self, token: str = "") -> Person:
        return Person(self.url, token)

    def owner(self) -> Person:
        """The first owner, as a script."""
        return self.person(self.system.token)

    def upload(self, owner: Person) -> None:
        """Fill the folder of pictures."""
        for number in range(PICTURES):
            data = io.BytesIO()
            Image.new("RGB", (40 + number, 30), (number * 20, 90, 0)).save(data, "PNG")
            path = f"datastores/labelbus/objects/{self.folder}{number:02d}.png"
            answered(owner.put(path, content=data.getvalue()))

    def new_project(self, name: str = "", **changes: Any) -> dict[str, Any]:
        """The body of a project that can be made."""
        return {
            "name": name or f"Project {secrets.token_hex(4)}",
            "task_type": "image_multi_class",
            "labels": [{"name": "cat"}, {"name": "dog"}],
            "source": {"datastore": "labelbus", "prefix": self.folder},
            **changes,
        }


def running(owner: Person, project: Mapping[str, Any]) -> dict[str, Any]:
    """The project once it runs and all its files can be claimed."""

    def look() -> dict[str, Any] | None:
        now: dict[str, Any] = answered(owner.get(f"projects/{project['id']}"))
        if now["run_state"] != "running":
            return None
        progress = answered(owner.get(f"projects/{project['id']}/progress"))
        return now if progress["total"] and not progress["pending"] else None

    return until(look)


@contextmanager
def invited(owner: Person, role: str | None = "labeler") -> Iterator[Person]:
    """A new person who used their one-time link, in a browser."""
    name = f"person-{secrets.token_hex(4)}"
    body = {"email": f"{name}@example.org", "name": name, "role": role}
    invitation = answered(owner.post("people", json=body))
    with Person(owner.url) as person:
        person.enter(person.post("session/link", json={"token": token_of(invitation["link"]), "password": PASSWORD}))
        yield person


def token_of(link: str) -> str:
    return httpx.URL(link).params["token"]


def page_token() -> str:
    return secrets.token_urlsafe(18)
