"""The OpenAPI document: what every route has to say of itself."""

from typing import Any

from services.gateway.openapi import document, gate, routes_of
from services.gateway.pages.reference import page
from services.gateway.sessions.access import Open
from tests.gateway.harness import Person, answered
from tests.gateway.test_roles import APP


def operations() -> dict[str, dict[str, Any]]:
    paths = document(APP)["paths"]
    return {f"{method} {path}": each for path, methods in paths.items() for method, each in methods.items()}


def test_every_route_declares_who_may_use_it() -> None:
    assert [route.path for route in routes_of(APP) if gate(route) is None] == []
    open_ = sorted(str(route.path) for route in routes_of(APP) if isinstance(gate(route), Open))
    assert open_ == ["/api/v1/session", "/api/v1/session/link"]


def test_every_route_has_a_summary_and_problem_responses() -> None:
    for name, operation in operations().items():
        assert operation["summary"], name
        assert operation["description"], name
        problems = {
            status
            for status, answer in operation["responses"].items()
            if "application/problem+json" in answer.get("content", {})
        }
        assert "503" in problems, name
        if operation["security"]:
            assert {"401", "403"} <= problems, name
            assert operation["x-permission"], name
        if "requestBody" in operation:
            assert {"400", "413"} <= problems, name
        if "{" in name or "requestBody" in operation:
            assert "422" in problems, name


def test_every_reference_leads_somewhere() -> None:
    made = document(APP)

    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if "$ref" in part else set()
            return own.union(*(references(each) for each in part.values()))
        return set().union(*(references(each) for each in part)) if isinstance(part, list) else set()

    assert {each.rpartition("/")[2] for each in references(made)} <= set(made["components"]["schemas"])


def test_the_reference_names_every_route() -> None:
    html = page(document(APP))
    assert all(name.partition(" ")[2] in html for name in operations())


def test_both_are_served(anybody: Person) -> None:
    assert answered(anybody.get("openapi.json"))["info"]["title"] == "Labelbus"
    assert "default-src 'none'" in anybody.get("docs").headers["content-security-policy"]
