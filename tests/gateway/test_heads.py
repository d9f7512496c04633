"""HEAD is GET without its body; other methods are told what a path takes."""

from typing import Any

import httpx
import pytest

from tests.gateway.harness import Person, answered, refused, until

SAME = ("content-length", "content-type", "etag", "cache-control", "accept-ranges", "content-disposition")


def _both(person: Person, path: str, **headers: str) -> tuple[httpx.Response, httpx.Response]:
    get, head = person.get(path, headers=headers), person.head(path, headers=headers)
    assert head.content == b""
    assert head.status_code == get.status_code
    assert [head.headers.get(name) for name in SAME] == [get.headers.get(name) for name in SAME]
    return get, head


@pytest.fixture(scope="module")
def export(owner: Person, project: dict[str, Any]) -> dict[str, Any]:
    asked = answered(owner.post(f"projects/{project['id']}/exports", json={"format": "csv"}))

    def done() -> dict[str, Any] | None:
        now: dict[str, Any] = answered(owner.get(f"exports/{asked['id']}"))
        return now if now["state"] == "succeeded" else None

    return until(done)


def test_answers_without_bodies(owner: Person, anybody: Person, project: dict[str, Any]) -> None:
    for path in ("session", "projects", f"projects/{project['id']}", "audit", "openapi.json", "docs"):
        get, head = _both(owner, path)
        assert (get.status_code, int(head.headers["content-length"])) == (200, len(get.content))
    assert _both(owner, "projects/p0")[0].status_code == 404
    assert _both(owner, "nothing")[0].status_code == 404
    assert _both(owner, "audit?cursor=x")[0].status_code == 422
    assert _both(anybody, "projects")[0].status_code == 401


def test_files_and_media(owner: Person, project: dict[str, Any], export: dict[str, Any]) -> None:
    before = [entry["id"] for entry in answered(owner.get("audit"))["items"] if entry["action"] == "export.downloaded"]
    head = owner.head(f"exports/{export['id']}/download")
    assert (head.status_code, int(head.headers["content-length"]), head.content) == (200, export["size"], b"")
    after = [entry["id"] for entry in answered(owner.get("audit"))["items"] if entry["action"] == "export.downloaded"]
    assert after == before  # nobody has got anything
    _both(owner, f"exports/{export['id']}/download")
    _, part = _both(owner, f"exports/{export['id']}/download", Range="bytes=0-2")
    assert (part.status_code, part.headers["content-length"]) == (206, "3")
    assert _both(owner, f"exports/{export['id']}/download", Range="bytes=999999-")[0].status_code == 416
    _both(owner, f"exports/{export['id']}/manifest")
    item = answered(owner.get(f"projects/{project['id']}/items?limit=1"))["items"][0]["id"]
    for size in ("full", "thumbnail"):
        get, head = _both(owner, f"projects/{item.replace('/', '/items/')}/image?size={size}")
        assert (get.status_code, int(head.headers["content-length"])) == (200, len(get.content))


def test_a_stream_is_not_begun(owner: Person) -> None:
    head = owner.head("events", timeout=10)
    assert (head.status_code, head.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert answered(owner.get("session"))  # on the same connection


def test_a_method_that_a_path_has_not_is_told_which_it_has(owner: Person, project: dict[str, Any]) -> None:
    for method, path, allowed in (
        ("OPTIONS", f"projects/{project['id']}", "DELETE, GET, HEAD, PATCH"),
        ("OPTIONS", "projects", "GET, HEAD, POST"),
        ("HEAD", f"projects/{project['id']}/claim", "POST"),
        ("PUT", "projects", "GET, HEAD, POST"),
    ):
        answer = owner.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    refused(owner.request("OPTIONS", "projects"), 405, "method_not_allowed")
