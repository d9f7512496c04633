"""Routes of the web UI and of the API's reference. Unknown paths below `/api` are never the UI's."""

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from services.gateway.openapi import PREFIX, document, routes_of
from services.gateway.pages.reference import POLICY, page
from services.gateway.pages.service import Pages
from services.gateway.sessions.access import Open
from services.kit.problems import Refused

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def router(app: FastAPI, pages: Pages) -> APIRouter:
    """What comes behind the routes of the API."""
    routes = APIRouter(include_in_schema=False, dependencies=[Depends(Open())])

    @cache
    def described() -> dict[str, Any]:
        return document(app)

    @routes.get(f"{PREFIX}/openapi.json")
    async def openapi() -> Response:
        return JSONResponse(described())

    @routes.get(f"{PREFIX}/docs")
    async def docs() -> Response:
        return HTMLResponse(page(described()), headers={"Content-Security-Policy": POLICY})

    @routes.api_route("/api", methods=_METHODS)
    @routes.api_route("/api/{rest:path}", methods=_METHODS)
    async def no_such_route(request: Request) -> Response:
        raise _refusal(app, request.scope["path"])

    @routes.get("/{path:path}")
    @routes.head("/{path:path}")
    async def ui(path: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
        return pages.answer(path, accept_encoding)

    return routes


def _refusal(app: FastAPI, path: str) -> Exception:
    """A route that has not this method, or none at all."""
    there = [route.methods or set() for route in routes_of(app) if route.path_regex.match(path)]
    known = set().union(*there)
    methods = ", ".join(sorted(known | ({"HEAD"} if "GET" in known else set())))
    if methods:
        return HTTPException(405, f"{path} takes {methods}; the reference is at {PREFIX}/docs.", {"Allow": methods})
    return Refused(404, "not_found", f"The API has no {path}; its reference is at {PREFIX}/docs.")
