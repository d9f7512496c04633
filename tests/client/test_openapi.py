"""What the client calls and what it expects, held against the OpenAPI document of the gateway."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr, TypeAdapter

import labelbus
from labelbus.routes import Route
from services.gateway.app import build
from services.gateway.openapi import PREFIX, document
from services.gateway.settings import GatewaySettings
from tests.client.schemas import differences, resolved

DOCUMENT = document(build(GatewaySettings(internal_key=SecretStr("k" * 32))).http)
SCHEMAS = DOCUMENT["components"]["schemas"]
JSON, EVENTS = "application/json", "text/event-stream"
NEEDLESS = {
    "DELETE /session",
    "POST /session",
    "POST /session/link",
    "POST /datastores/test",
    "GET /datastores/{name}/objects/{key}",
    "GET /projects/{project}/items/{item}/dicom",
    "GET /projects/{project}/items/{item}/image",
    "GET /projects/{project}/items/{item}/pixels",
    "GET /projects/{project}/items/{item}/row",
    "GET /projects/{project}/items/{item}/text",
}
"""Signing in with a browser, and what its pages show of files, which scripts read from their bucket."""


def routes() -> Iterator[Route[Any]]:
    for module in pkgutil.walk_packages(labelbus.__path__, "labelbus."):
        yield from (each for each in vars(importlib.import_module(module.name)).values() if isinstance(each, Route))


ROUTES = {f"{route.method} {route.path}": route for route in routes()}


def operation(route: Route[Any]) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][PREFIX + route.path][route.method.lower()]
    return found


def test_every_name_is_in_snake_case() -> None:
    names = [f"{schema}.{name}" for schema, each in SCHEMAS.items() for name in each.get("properties", {})]
    operations = [each for methods in DOCUMENT["paths"].values() for each in methods.values()]
    names += [each["name"] for call in operations for each in call.get("parameters", []) if each["in"] != "header"]
    assert [name for name in names if name.rpartition(".")[2] != name.rpartition(".")[2].lower()] == []


def test_the_client_leaves_out_only_what_scripts_have_no_use_for() -> None:
    there = {
        f"{method.upper()} {path.removeprefix(PREFIX)}"
        for path, methods in DOCUMENT["paths"].items()
        for method in methods
    }
    assert there - ROUTES.keys() == NEEDLESS


@pytest.mark.parametrize("name", ROUTES)
def test_the_server_has_what_the_client_calls(name: str) -> None:
    route = ROUTES[name]
    query = {each["name"] for each in operation(route).get("parameters", []) if each["in"] == "query"}
    assert set(route.query) <= query


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.body])
def test_the_server_takes_what_the_client_sends(name: str) -> None:
    route = ROUTES[name]
    assert route.body is not None
    ours = route.body.model_json_schema()
    theirs = operation(route)["requestBody"]["content"][JSON]["schema"]
    assert list(differences(theirs, ours, SCHEMAS, ours.get("$defs", {}), "body")) == []
    assert set(resolved(theirs, SCHEMAS).get("required", [])) <= ours["properties"].keys()


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.answer not in (bytes, type(None))])
def test_the_server_answers_what_the_client_expects(name: str) -> None:
    route = ROUTES[name]
    (answer,) = (answer for status, answer in operation(route)["responses"].items() if status.startswith("20"))
    ours = TypeAdapter(route.answer).json_schema(mode="validation")
    content = answer["content"][EVENTS if EVENTS in answer["content"] else JSON]
    theirs = content.get("schema", {"type": "object"})
    assert list(differences(theirs, ours, SCHEMAS, ours.get("$defs", {}), "answer")) == []
