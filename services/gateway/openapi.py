"""What the OpenAPI document says beyond the routes themselves: problems, permissions, ways to sign in."""

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from services.contracts.problems import Problem
from services.gateway.sessions.access import Open, SignedIn
from services.gateway.sessions.cookies import SESSION

PREFIX: Final = "/api/v1"
DESCRIPTION: Final = """\
Everything that the web UI does, for scripts too. Send a personal API token as `Authorization: Bearer lb_…`, or sign
in with `POST /session` and send the cookie, with the header `X-CSRF-Token` on every method but GET. Every refusal is a
problem document (RFC 9457) with a stable `code`; `fields` names what is wrong in the request; `retryable` says that the
same request may succeed later. `HEAD` answers wherever `GET` does, with the same headers."""
_SAYS: Final = {
    400: "The body is no JSON.",
    401: "Nobody is signed in.",
    403: "The permission is missing, or the CSRF token is.",
    404: "There is no such thing.",
    409: "The state of things does not allow this now; `code` says which.",
    410: "It is gone, for good.",
    413: "The request is too large.",
    416: "The range lies outside the file.",
    422: "A field is wrong; `fields` says which.",
    429: "Too many attempts.",
    503: "Something that is needed does not answer; the same request may succeed later.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may refuse with, beyond what any route may."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _SAYS[status], "content": {"application/problem+json": {"schema": schema}}}


def routes_of(app: FastAPI) -> list[RouteContext]:
    """The public routes of the API."""
    routes = iter_route_contexts(app.routes)
    return [route for route in routes if (route.path or "").startswith(PREFIX) and route.include_in_schema]


def gate(route: RouteContext) -> SignedIn | Open | None:
    """The access dependency of a route, of which every route has one."""
    return next((call for call in _calls(route.dependant) if isinstance(call, SignedIn | Open)), None)


def _calls(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the API."""
    routes = routes_of(app)
    made = get_openapi(title="Labelbus", version=app.version, description=DESCRIPTION, routes=routes)
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs", {})
    schemas["Problem"] = problem
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A personal API token, `lb_…`."},
        "session": {"type": "apiKey", "in": "cookie", "name": SESSION},
    }
    for route in routes:
        for method in route.methods or ():
            _describe(made["paths"][route.path_format or ""][method.lower()], gate(route))
    return made


def _describe(operation: dict[str, Any], access: SignedIn | Open | None) -> None:
    statuses = {503}
    if "422" in operation["responses"]:
        statuses.add(422)
    if "requestBody" in operation:
        statuses |= {400, 413}
    if isinstance(access, SignedIn):
        statuses |= {401, 403}
        operation["x-permission"] = access.permission
    operation["security"] = [] if isinstance(access, Open) else [{"token": []}, {"session": []}]
    operation["responses"] |= {str(status): _problem(status) for status in sorted(statuses)}
