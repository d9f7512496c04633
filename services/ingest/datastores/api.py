"""Internal HTTP of data stores."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.contracts.ingest_api import (
    Browsed,
    ConnectionTest,
    Datastore,
    DatastoreChange,
    DatastoreSettings,
    NewDatastore,
)
from services.ingest.datastores.browsing import Browsing
from services.ingest.datastores.service import Registry


def router(registry: Registry, browsing: Browsing) -> APIRouter:
    """Its routes."""
    routes = APIRouter(prefix="/internal/datastores")
    _reading(routes, registry, browsing)
    _writing(routes, registry)
    return routes


def _reading(routes: APIRouter, registry: Registry, browsing: Browsing) -> None:
    @routes.get("")
    async def datastores() -> list[Datastore]:
        return await registry.all()

    @routes.get("/{name}")
    async def read(name: str) -> Datastore:
        return await registry.get(name)

    @routes.get("/{name}/folder")
    async def browse(
        name: str, prefix: str = "", after: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 200
    ) -> Browsed:
        return await browsing.page(name, prefix, after, limit)


def _writing(routes: APIRouter, registry: Registry) -> None:
    @routes.post("", status_code=201)
    async def register(new: NewDatastore) -> Datastore:
        return await registry.register(new)

    @routes.post("/-/test")
    async def test(settings: DatastoreSettings) -> ConnectionTest:
        return await registry.test(settings)

    @routes.patch("/{name}")
    async def change(name: str, change: DatastoreChange) -> Datastore:
        return await registry.change(name, change)

    @routes.delete("/{name}", status_code=204)
    async def remove(name: str) -> None:
        await registry.remove(name)

    @routes.post("/{name}/test")
    async def test_stored(name: str) -> ConnectionTest:
        return await registry.test_stored(name)
