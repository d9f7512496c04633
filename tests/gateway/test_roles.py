"""Every route as owner, labeler, nobody: the table of permissions as it answers."""

import secrets
from typing import Any

import pytest
from fastapi.routing import RouteContext
from pydantic import SecretStr

from services.gateway.app import build
from services.gateway.members.permissions import GRANTS, Role
from services.gateway.openapi import gate, routes_of
from services.gateway.sessions.access import Needs, Open
from services.gateway.settings import GatewaySettings
from tests.gateway.harness import Deployment, Person, answered, invited, refused, running

APP = build(GatewaySettings(internal_key=SecretStr("k" * 32))).http
ROUTES = [(method, route) for route in routes_of(APP) for method in sorted(route.methods or ())]
NAMES = [f"{method} {route.path}" for method, route in ROUTES]


def ask(person: Person, method: str, route: RouteContext) -> Any:
    values = {
        "project": "p" + "0" * 16,
        "item": "0" * 32,
        "export": "e0",
        "job": "i0",
        "person": "u0",
        "token": "t0",
        "name": "none",
        "dataset": "d" + "0" * 16,
        "version": 1,
    }
    path = str(route.path).removeprefix("/api/v1/").replace("{key:key}", "a/b.png")
    with person.stream(method, path.format(**values), json={} if method in {"POST", "PATCH"} else None) as response:
        if response.headers.get("content-type", "").startswith("text/event-stream"):
            assert response.status_code == 200
        else:
            response.read()
        return response


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=NAMES)
class TestRoute:
    def test_nobody(self, anybody: Person, method: str, route: RouteContext) -> None:
        response = ask(anybody, method, route)
        if isinstance(gate(route), Open):
            assert response.status_code not in {401, 403, 500}
        else:
            refused(response, 401, "not_signed_in")

    def test_labeler(self, labeler: Person, method: str, route: RouteContext) -> None:
        access = gate(route)
        if f"{method} {route.path}" == "DELETE /api/v1/session":
            return  # signs the labeler of all other tests out; it has a test of its own
        response = ask(labeler, method, route)
        if isinstance(access, Needs) and access.permission not in GRANTS[Role.LABELER]:
            assert access.permission in refused(response, 403, "forbidden")["detail"]
        else:
            assert response.status_code not in {401, 403, 500}, response.text

    def test_owner(self, owner: Person, method: str, route: RouteContext) -> None:
        assert ask(owner, method, route).status_code not in {401, 403, 500}


def test_a_person_without_a_role_sees_the_projects_of_their_memberships_only(
    deployment: Deployment, owner: Person, project: dict[str, Any]
) -> None:
    other = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    with invited(owner, role=None) as person:
        refused(person.get("projects"), 403, "forbidden")
        refused(person.get(f"projects/{project['id']}"), 403, "forbidden")
        assert owner.put(f"projects/{project['id']}/members/{person.id}", json={"role": "labeler"}).status_code == 204
        rows = answered(person.get("projects"))["items"]
        assert [(row["id"], row["permissions"]) for row in rows] == [(project["id"], ["labels/write", "projects/read"])]
        refused(person.get(f"projects/{other['id']}"), 403, "forbidden")
        claim = {"token": secrets.token_urlsafe(18), "client": "c" * 16, "size": 1}
        item = answered(person.post(f"projects/{project['id']}/claim", json=claim))["items"][0]["id"].partition("/")[2]
        assert person.get(f"projects/{project['id']}/items/{item}/image").is_success
        refused(person.get(f"projects/{other['id']}/items/{item}/image"), 403, "forbidden")
        members = {each["id"]: each for each in answered(owner.get(f"projects/{project['id']}/members"))}
        assert members[person.id]["role"] == "labeler"
        assert members[owner.id]["inherited"]
        assert owner.delete(f"projects/{project['id']}/members/{person.id}").status_code == 204
        refused(person.get(f"projects/{project['id']}"), 403, "forbidden")
