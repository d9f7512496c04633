"""Bad input: each is answered by a problem that names the field, never by an error of ours."""

import json
from typing import Any

import pytest

from services.contracts import limits
from tests.gateway.harness import Deployment, Person, answered, refused

DEEP = [{"name": "0"}] + [{"name": str(n), "parent": n - 1} for n in range(1, 7)]
ITEM = f"p{'0' * 16}/{'0' * 32}"


def submitted(**more: Any) -> dict[str, Any]:
    """The body of a submit with one item."""
    return {"token": "t" * 20, "key": "k" * 20, "items": [{"id": ITEM, "version": 0, **more}]}


PROJECTS: list[tuple[str, dict[str, Any], str]] = [
    ("empty name", {"name": "  "}, "name"),
    ("long name", {"name": "n" * 201}, "name"),
    ("line break", {"name": "a\nb"}, "name"),
    ("line separator", {"name": "a\u2028b"}, "name"),
    ("changed direction", {"name": "a\u202eb"}, "name"),
    ("nothing to see", {"name": "\u200b"}, "name"),
    ("name of wrong type", {"name": 7}, "name"),
    ("unknown task", {"task_type": "image_boxes"}, "task_type"),
    ("no labels", {"labels": []}, "labels"),
    ("too many labels", {"labels": [{"name": f"l{n}"} for n in range(limits.LABELS + 1)]}, "labels"),
    ("empty label", {"labels": [{"name": "a"}, {"name": ""}]}, "labels.1.name"),
    ("double label", {"labels": [{"name": "Cat"}, {"name": "b"}, {"name": "cat "}]}, "labels.2.name"),
    (
        "double below one parent",
        {"labels": [{"name": "a"}, {"name": "b", "parent": 0}, {"name": "B", "parent": "A"}]},
        "labels.2.name",
    ),
    (
        "two labels of one path",
        {"labels": [{"name": "a"}, {"name": "b", "parent": 0}, {"name": "A/b"}]},
        "labels.2.name",
    ),
    ("unknown parent", {"labels": [{"name": "a", "parent": "z"}]}, "labels.0.parent"),
    ("own parent", {"labels": [{"name": "a", "parent": 0}]}, "labels.0.parent"),
    ("circle", {"labels": [{"name": "a", "parent": 1}, {"name": "b", "parent": 0}]}, "labels.0.parent"),
    ("seven levels", {"labels": DEEP}, "labels.6.parent"),
    ("no colour", {"labels": [{"name": "a", "color": "red"}]}, "labels.0.color"),
    ("half an address as link", {"instructions": {"url": "http://["}}, "instructions.url"),
    ("no port", {"instructions": {"url": "http://a:99999999"}}, "instructions.url"),
    ("control character in a link", {"instructions": {"url": "http://a/\x01"}}, "instructions.url"),
    ("NUL in instructions", {"instructions": {"text": "a\0b"}}, "instructions.text"),
    ("NUL in the description", {"description": "a\0b"}, "description"),
    ("script as link", {"instructions": {"url": "javascript:alert(1)"}}, "instructions.url"),
    ("long instructions", {"instructions": {"text": "x" * (limits.INSTRUCTION_CHARS + 1)}}, "instructions.text"),
    ("unknown field", {"colour": "red"}, "colour"),
]


@pytest.mark.parametrize(("change", "field"), [case[1:] for case in PROJECTS], ids=[case[0] for case in PROJECTS])
def test_a_project_that_can_not_be(deployment: Deployment, owner: Person, change: dict[str, Any], field: str) -> None:
    refused(owner.post("projects", json=deployment.new_project(**change)), 422, "invalid", field)


@pytest.mark.parametrize(
    ("source", "code", "field"),
    [
        ({"datastore": "no-such-bucket"}, "source_unusable", "source.datastore"),
        ({"datastore": "labelbus", "prefix": "nothing-is-here/"}, "source_unusable", "source.prefix"),
        ({"datastore": "labelbus", "pattern": "*.gif"}, "source_unusable", "source.pattern"),
        ({"datastore": ""}, "invalid", "source.datastore"),
    ],
)
def test_a_source_without_data(
    deployment: Deployment, owner: Person, source: dict[str, Any], code: str, field: str
) -> None:
    problem = refused(owner.post("projects", json=deployment.new_project(source=source)), 422, code)
    assert problem["fields"][0]["field"].startswith("source."), field


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("datastores", {"name": "a b"}, "name: must be 1 to 63 letters without accents, digits, dots"),
        ("datastores", {"name": "ab\n"}, "name: must be 1 to 63 letters"),
        ("datastores", {}, "endpoint: is missing"),
        ("datastores", {"colour": 1}, "colour: is no field of this request"),
        ("people", {"name": "n", "email": 5}, "email: must be a text"),
        ("tokens", {"name": "n" * 201}, "name: must have at most 200 characters"),
        (
            f"projects/p{'0' * 16}/exports",
            {"format": "csv", "filter": {"labeled_from": "99999-01-01T00:00:00Z"}},
            "filter.labeled_from: must be a time such as 2026-01-31T12:00:00Z, of the years 1 to 9999",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(owner: Person, path: str, body: dict[str, Any], said: str) -> None:
    answer = owner.post(path, json=body)
    problem = refused(answer, 422, "invalid")
    assert any(f"{each['field']}: {each['message']}".startswith(said) for each in problem["fields"]), problem


def test_a_token_that_is_none(anybody: Person) -> None:
    answer = anybody.get("projects", headers={"Authorization": "Bearer lb_wrong"})
    assert "wrong, or it was revoked" in refused(answer, 401, "not_signed_in")["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1,", b'{"name": NaN}', b'{"name": "\\ud800"}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json(owner: Person, body: bytes) -> None:
    response = owner.post("projects", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in ({422} if not body else {400}), response.text
    refused(response, response.status_code, "invalid" if not body else "malformed_json")


@pytest.mark.parametrize("body", [[], "x", 1, None, {"name": {"a": 1}}, {"name": 10**400}])
def test_a_body_of_another_shape(owner: Person, body: Any) -> None:
    response = owner.post("projects", content=json.dumps(body), headers={"Content-Type": "application/json"})
    refused(response, 422, "invalid")


def test_a_body_over_the_limit(owner: Person) -> None:
    response = owner.post(
        "projects", content=b" " * (limits.BODY_BYTES + 1), headers={"Content-Type": "application/json"}
    )
    refused(response, 413, "body_too_large")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("projects?limit=0", "limit"),
        ("projects?limit=x", "limit"),
        ("projects?cursor=x", "cursor"),
        ("projects?cursor=WzFlNDAsICJhIl0", "cursor"),
        ("projects?state=odd", "state"),
        ("people?cursor=e30", "cursor"),
        ("audit?cursor=zz", "cursor"),
        ("audit?cursor=%00%ff", "cursor"),
        (f"projects/p{'0' * 16}/items/xyz/image", "item"),
        (f"projects/p{'0' * 16}/items/{'0' * 32}/image?size=huge", "size"),
    ],
)
def test_a_parameter_that_means_nothing(owner: Person, path: str, field: str) -> None:
    refused(owner.get(path), 422, "invalid", field)


@pytest.mark.parametrize(
    ("call", "body", "field"),
    [
        ("claim", {"token": "short", "client": "c" * 16, "size": 1}, "token"),
        ("claim", {"token": "t" * 20, "client": "c" * 16, "size": 10}, "size"),
        ("claim", {"token": "t" * 20, "client": "c" * 16, "size": True}, "size"),
        ("claim", {"token": "t" * 20, "client": "c" * 16, "size": "1"}, "size"),
        ("claim", {"token": "t" * 20, "client": "c" * 16, "size": 1, "user": "u1"}, "user"),
        ("submit", {"token": "t" * 20, "key": "k" * 20, "items": []}, "items"),
        ("submit", {"token": "t" * 20, "key": "k" * 20, "items": [{"id": "x", "version": "1"}]}, "items.0.version"),
        ("heartbeat", {"client": "c" * 16, "tokens": []}, "tokens"),
        ("claim-items", {"token": "t" * 20, "client": "c" * 16, "items": ["x"] * 10}, "items"),
        ("claim-items", {"token": "t" * 20, "client": "c" * 16, "items": ["x"]}, "items.0"),
        ("claim-items", {"token": "t" * 20, "client": "c" * 16, "items": [ITEM, "a\0"]}, "items.1"),
        ("submit", submitted(answers=[{"set": "main", "label": "l0"}]), "items.0.answers.0.label"),
        ("submit", submitted(effort={"active": 1}), "items.0.effort.active"),
        ("submit", submitted(regions=[{"id": "r", "label": "l0", "shape": "box", "foo": 1}]), "items.0.regions.0.foo"),
        ("back", {"key": "k" * 20, "items": submitted(effort={"foo": 1})["items"]}, "items.0.effort.foo"),
    ],
)
def test_a_labeling_call_that_means_nothing(
    owner: Person, project: dict[str, Any], call: str, body: dict[str, Any], field: str
) -> None:
    refused(owner.post(f"projects/{project['id']}/{call}", json=body), 422, "invalid", field)


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("submit", {"token": "t" * 20, "key": "k" * 20, "items": [{"id": "p/x", "version": 10**30}]}),
        ("submit", {"token": "t" * 20, "key": "l" * 20, "items": [{"id": "p/\u0000", "version": -1}]}),
        ("claim-items", {"token": "t" * 20, "client": "c" * 16, "items": ["", "$where", "a" * 5_000]}),
        ("heartbeat", {"client": "c" * 16, "tokens": ["t" * 20], "idle_ms": 10**30}),
    ],
)
def test_odd_values_never_break_anything(
    owner: Person, project: dict[str, Any], call: str, body: dict[str, Any]
) -> None:
    assert owner.post(f"projects/{project['id']}/{call}", json=body).status_code < 500


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/api", "/api/v1", "/api/v1/nothing", "/api/v2/projects", "/api/v1/projects/a/b/c"])
def test_an_unknown_path_below_api(deployment: Deployment, owner: Person, method: str, path: str) -> None:
    refused(owner.request(method, deployment.url + path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "projects", "GET, HEAD, POST"),
        ("DELETE", "projects", "GET, HEAD, POST"),
        ("POST", f"projects/p{'0' * 16}", "DELETE, GET, HEAD, PATCH"),
        ("DELETE", "datastores/labelbus/objects/a/b.png", "GET, HEAD, PUT"),
    ],
)
def test_a_method_that_a_route_has_not(owner: Person, method: str, path: str, allowed: str) -> None:
    response = owner.request(method, path)
    refused(response, 405, "method_not_allowed")
    assert response.headers["allow"] == allowed


@pytest.mark.parametrize("project", ["zz", f"p{'0' * 16}", "p\0"])
def test_no_stream_of_a_project_that_is_not_there(owner: Person, project: str) -> None:
    refused(owner.get("events", params={"project": project}), 404, "project_unknown")


@pytest.mark.parametrize("address", ["a\0@b.c", "a\x7f@b.c"])
def test_an_email_with_control_characters(owner: Person, address: str) -> None:
    refused(owner.post("people", json={"email": address, "name": "Di"}), 422, "invalid", "email")


def test_tabs_and_lines_are_fine_in_texts(deployment: Deployment, owner: Person) -> None:
    text = "one\n\ttwo\r\nthree"
    body = deployment.new_project(description=text, instructions={"text": text, "url": "http://[::1]:8080/guide"})
    project = answered(owner.post("projects", json=body))
    assert (project["description"], project["instructions"]["text"]) == (text, text)


def test_an_unknown_data_store_is_named(owner: Person) -> None:
    refused(owner.put("datastores/no-such-bucket/objects/a", content=b"x"), 404, "datastore_unknown", "name")
