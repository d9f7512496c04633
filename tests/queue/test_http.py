"""Bad input over the service's HTTP: each wrong field is named, and nothing of it is a 500."""

import json
from collections.abc import AsyncIterator
from itertools import product
from typing import Any

import httpx
import pytest

from services.contracts.projects import TaskType
from services.kit.guards import Guards
from services.queue.app import build
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, token

KEY = {"Authorization": f"Bearer {'k' * 32}"}
BIG = 2**70
REGION = {
    "id": "r1",
    "label": "l0",
    "shape": "box",
    "points": [0.5, 3],
    "frame": 0,
    "attributes": {},
    "origin": "human",
    "rle": "",
}


@pytest.fixture
async def http(settings: QueueSettings, bench: Bench) -> AsyncIterator[httpx.AsyncClient]:
    await bench.fill(9)
    service = build(settings)
    app = httpx.ASGITransport(Guards(service.http, "queue", settings))
    async with httpx.AsyncClient(transport=app, base_url="http://queue", headers=KEY) as client:
        yield client
    await service.store.close()


def bodies(bench: Bench) -> dict[str, dict[str, Any]]:
    """A right body for each call."""
    item = {
        "id": bench.item("0.png"),
        "version": 0,
        "skip": False,
        "answers": [{"set": "main", "labels": ["l0"], "names": []}],
        "regions": [],
        "effort": {"active_ms": 1, "actions": 1, "shown_at": "2026-01-01T00:00:00Z"},
        "skip_reason": "",
        "note": "",
    }
    caller = {"user": "ann", "project": bench.project, "project_version": 1, "run_state": "running"}
    page = {**caller, "token": token(), "client": "browser-1"}
    return {
        "claim": {**page, "size": 9, "have": [token()]},
        "claim-items": {**page, "items": [bench.item("0.png")]},
        "heartbeat": {**caller, "client": "browser-1", "tokens": [token()], "idle_ms": 0},
        "release": {**caller, "client": "browser-1", "tokens": [token()], "items": [bench.item("0.png")]},
        "submit": {**caller, "token": token(), "key": token(), "items": [item]},
        "back": {**caller, "key": token(), "items": [item]},
    }


WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    BIG,
    -BIG,
    1.5,
    "",
    "nope",
    "a.b$c",
    "\0",
    "x" * 3_000,
    [],
    [None],
    ["x"] * 50,
    {},
    {"a": 1},
)


def paths(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every field of a body, also inside of lists."""
    found: list[tuple[str | int, ...]] = [at] if at else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found += paths(inner, (*at, key))
    return found


def replaced(value: Any, path: tuple[str | int, ...], wrong: Any) -> Any:
    if not path:
        return wrong
    copy = json.loads(json.dumps(value))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    return copy


async def test_every_field_wrong_in_every_way_is_never_a_500(http: httpx.AsyncClient, bench: Bench) -> None:
    for call, right in bodies(bench).items():
        await every_field_wrong(http, call, right)


async def test_every_field_of_a_region_wrong_in_every_way_is_never_a_500(http: httpx.AsyncClient, bench: Bench) -> None:
    await bench.queue.projects.apply(
        bench.described().model_copy(update={"version": 2, "task_type": TaskType.IMAGE_BOX})
    )
    right = bodies(bench)["submit"]
    right["items"][0] |= {"answers": [], "regions": [REGION]}
    await every_field_wrong(http, "submit", right, within=("items", 0, "regions"))


async def every_field_wrong(
    http: httpx.AsyncClient, call: str, right: dict[str, Any], within: tuple[str | int, ...] = ()
) -> None:
    for path in paths(right):
        if path[: len(within)] != within or path == ("project_version",):
            continue
        for wrong in WRONG:
            response = await http.post(f"/internal/{call}", json=replaced(right, path, wrong))
            assert response.status_code in (200, 404, 409, 422), (path, wrong, response.text)
            if response.status_code == 422:
                problem = response.json()
                assert problem["code"] == "invalid"
                top = ".".join(map(str, path))
                assert any(
                    field["field"].startswith(top) or top.startswith(field["field"]) for field in problem["fields"]
                ), (path, wrong, problem)


async def test_missing_and_unknown_fields_are_named(http: httpx.AsyncClient, bench: Bench) -> None:
    for call, right in bodies(bench).items():
        await missing_and_unknown(http, call, right)


async def missing_and_unknown(http: httpx.AsyncClient, call: str, right: dict[str, Any]) -> None:
    for field in ("user", "project", "project_version", "run_state"):
        response = await http.post(f"/internal/{call}", json={key: right[key] for key in right if key != field})
        assert response.status_code == 422
        assert [each["field"] for each in response.json()["fields"]] == [field]
    response = await http.post(f"/internal/{call}", json={**right, "hurry": 1})
    assert (response.status_code, response.json()["fields"][0]["field"]) == (422, "hurry")


NAMED: list[tuple[str, tuple[str | int, ...], Any, str]] = [
    ("claim", ("size",), 10, "size"),
    ("claim", ("size",), 0, "size"),
    ("claim", ("token",), "short", "token"),
    ("claim", ("client",), "a b", "client"),
    ("claim", ("have",), ["t" * 20] * 5, "have"),
    ("claim", ("user",), "a.b", "user"),
    ("claim", ("run_state",), "dancing", "run_state"),
    ("claim-items", ("items",), [], "items"),
    ("claim-items", ("items",), ["x"] * 10, "items"),
    ("heartbeat", ("tokens",), [], "tokens"),
    ("heartbeat", ("idle_ms",), -1, "idle_ms"),
    ("release", ("tokens", 0), 7, "tokens.0"),
    ("submit", ("key",), "", "key"),
    ("submit", ("items",), [], "items"),
    ("submit", ("items", 0, "version"), BIG, "items.0.version"),
    ("submit", ("items", 0, "note"), "x" * 10_001, "items.0.note"),
    ("submit", ("items", 0, "effort", "active_ms"), -1, "items.0.effort.active_ms"),
    ("submit", ("items", 0, "answers", 0, "labels"), "l0", "items.0.answers.0.labels"),
]


async def test_wrong_field_is_named(http: httpx.AsyncClient, bench: Bench) -> None:
    for call, path, wrong, field in NAMED:
        response = await http.post(f"/internal/{call}", json=replaced(bodies(bench)[call], path, wrong))
        named = [each["field"] for each in response.json().get("fields", [])]
        assert (call, response.status_code, named) == (call, 422, [field])


MALFORMED = [b"", b"{", b"\xff\xfe", b"[1]", b'"text"', b"null", b'{"size": NaN}', b"[" * 50_000]


async def test_malformed_bodies_are_refused(http: httpx.AsyncClient) -> None:
    for call, body in product(("claim", "submit"), MALFORMED):
        response = await http.post(f"/internal/{call}", content=body, headers={"Content-Type": "application/json"})
        assert response.status_code in (400, 422), response.text
        assert response.headers["content-type"] == "application/problem+json"


async def test_wrong_answer_is_the_result_of_its_item(http: httpx.AsyncClient, bench: Bench) -> None:
    body = bodies(bench)
    page = (await http.post("/internal/claim", json=body["claim"])).json()
    items = [{"id": item["id"], "version": 0, "answers": [{"set": "main", "labels": ["l0"]}]} for item in page["items"]]
    items[1]["answers"][0]["labels"] = ["l9"]
    submit = {**body["submit"], "token": body["claim"]["token"], "items": items}
    results = (await http.post("/internal/submit", json=submit)).json()["results"]
    assert [result["result"] for result in results] == ["saved", "refused", *["saved"] * 7]
    assert results[1]["field"] == "items.1.answers.0.labels.0"


async def test_done_names_what_is_wrong(http: httpx.AsyncClient, bench: Bench) -> None:
    for query in ["", "user=ann&cursor=x", "user=ann&cursor=9.a&limit=0", "user=ann&limit=101", "user=ann&limit=x"]:
        response = await http.get(f"/internal/projects/{bench.project}/done?{query}")
        assert response.status_code == 422
        assert response.json()["fields"][0]["field"] in ("user", "cursor", "limit")


async def test_unknown_project_is_not_found(http: httpx.AsyncClient) -> None:
    for path in ("progress", "done?user=ann"):
        response = await http.get(f"/internal/projects/p{'0' * 16}/{path}")
        assert (response.status_code, response.json()["code"]) == (404, "project_unknown")
    response = await http.get("/internal/projects/%00%F0%9F%98%80/progress")
    assert response.status_code == 404


async def test_calls_without_the_internal_key_are_refused(http: httpx.AsyncClient, bench: Bench) -> None:
    response = await http.post("/internal/claim", json=bodies(bench)["claim"], headers={"Authorization": "Bearer no"})
    assert response.status_code == 401
