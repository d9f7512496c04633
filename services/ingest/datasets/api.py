"""Internal HTTP of data sets."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.contracts.ingest_api import DatasetChange, DatasetPage, DatasetVersion, NewDataset
from services.ingest.datasets.service import DatasetMaking
from services.ingest.datasets.store import Datasets

_Limit = Annotated[int, Query(ge=1, le=200)]
_Number = Annotated[int, Query(ge=0, lt=2**31)]


def router(making: DatasetMaking, datasets: Datasets) -> APIRouter:
    """Its routes."""
    routes = APIRouter(prefix="/internal/datasets")
    _add_reading(routes, making, datasets)
    _add_making(routes, making)
    return routes


def _add_reading(routes: APIRouter, making: DatasetMaking, datasets: Datasets) -> None:
    @routes.get("")
    async def page(name: str = "", after: str = "", limit: _Limit = 50) -> DatasetPage:
        return await datasets.page(name, after, limit)

    @routes.get("/{dataset}")
    async def read(dataset: str, version: _Number = 0) -> DatasetVersion:
        return await making.get(dataset, version)

    @routes.get("/{dataset}/versions")
    async def versions(dataset: str, before: _Number = 0, limit: _Limit = 50) -> list[DatasetVersion]:
        await making.get(dataset)
        return await datasets.versions(dataset, before, limit)


def _add_making(routes: APIRouter, making: DatasetMaking) -> None:
    @routes.post("", status_code=201)
    async def create(new: NewDataset) -> DatasetVersion:
        return await making.create(new)

    @routes.patch("/{dataset}")
    async def change(dataset: str, change: DatasetChange) -> DatasetVersion:
        return await making.change(dataset, change)

    @routes.post("/{dataset}/versions", status_code=201)
    async def add_version(dataset: str, new: NewDataset) -> DatasetVersion:
        return await making.add_version(dataset, new)

    @routes.post("/{dataset}/versions/{version}/count")
    async def count(dataset: str, version: int) -> DatasetVersion:
        return await making.count(dataset, version)
