"""A person at the public API, as a browser would be: signs in, claims, submits.

Knows nothing of the services behind it.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

PASSWORD = "correct horse battery staple"  # noqa: S105  of simulated people on loopback


class ApiError(RuntimeError):
    """An answer that is not a success: the status and the problem document."""

    def __init__(self, response: httpx.Response) -> None:
        """Keep what was said."""
        super().__init__(
            f"{response.request.method} {response.request.url}: {response.status_code} {response.text[:500]}"
        )
        self.status = response.status_code
        self.problem: dict[str, Any] = response.json() if "json" in response.headers.get("content-type", "") else {}


def new_token() -> str:
    """A page token or an idempotency key."""
    return secrets.token_urlsafe(18)


@dataclass
class Person:
    """One signed-in person, or a script with an API token."""

    url: str
    http: httpx.AsyncClient
    name: str = ""
    id: str = ""
    client: str = field(default_factory=new_token)

    @classmethod
    def with_token(cls, url: str, token: str) -> Self:
        """A script: `token` is a personal API token."""
        return cls(url, _http(url, {"Authorization": f"Bearer {token}"}), "script")

    @classmethod
    async def invited(cls, owner: "Person", name: str, role: str = "labeler") -> Self:
        """A new person: invited by `owner`, sets a password with the one-time link, is signed in."""
        invited = await owner.call("POST", "/people", json={"email": f"{name}@example.org", "name": name, "role": role})
        token = httpx.URL(invited["link"]).params["token"]
        person = cls(owner.url, _http(owner.url, {}), name, invited["person"]["id"])
        session = await person.call("POST", "/session/link", json={"token": token, "password": PASSWORD, "name": name})
        person.http.headers["X-CSRF-Token"] = session["csrf"]
        return person

    async def call(self, method: str, path: str, **arguments: Any) -> Any:
        """One request below /api/v1; the decoded answer. Raises ApiError."""
        response = await self.http.request(method, f"/api/v1{path}", **arguments)
        if response.is_error:
            raise ApiError(response)
        return response.json() if response.content else None

    async def claim(self, project: str, size: int = 9, token: str | None = None, have: list[str] | None = None) -> Any:
        """A page of up to `size` items."""
        body = {"token": token or new_token(), "client": self.client, "size": size, "have": have or []}
        return await self.call("POST", f"/projects/{project}/claim", json=body)

    async def submit(self, project: str, token: str, items: list[dict[str, Any]], key: str | None = None) -> Any:
        """Labels of a page; one result an item."""
        body = {"token": token, "key": key or new_token(), "items": items}
        return await self.call("POST", f"/projects/{project}/submit", json=body)

    async def close(self) -> None:
        """Close the connections; leases stay, as with a browser that crashed."""
        await self.http.aclose()


def _http(url: str, headers: dict[str, str]) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=8)
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=30, limits=limits)


def answer(item: dict[str, Any], *labels: str, label_set: str = "main") -> dict[str, Any]:
    """The submission of one claimed item."""
    answers = [{"set": label_set, "labels": list(labels)}]
    return {
        "id": item["id"],
        "version": item["version"],
        "answers": answers,
        "effort": {"active_ms": 900, "actions": 1},
    }


def label_ids(project: dict[str, Any]) -> dict[str, str]:
    """Label ids of a project by name."""
    return {label["name"]: label["id"] for labels in project["label_sets"] for label in labels["labels"]}
