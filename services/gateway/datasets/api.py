"""Routes of data sets."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from services.contracts import limits
from services.gateway.cursors import Cursor, Limit
from services.gateway.datasets.schemas import DatasetChangeBody, DatasetList, DatasetView, NewDataset, NewVersion
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["datasets"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Reader = Annotated[Identity, Depends(Needs("datasets/read"))]
Writer = Annotated[Identity, Depends(Needs("datasets/write"))]
Version = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/datasets")
async def list_datasets(
    parts: Asked,
    _who: Reader,
    cursor: Cursor = "",
    limit: Limit = 50,
    q: Annotated[str, Query(max_length=limits.NAME_CHARS, description="Part of the name.")] = "",
) -> DatasetList:
    """List data sets at their newest version, newest first."""
    return await parts.datasets.page(cursor, limit, q)


@router.post("/datasets", status_code=201, responses=problems(409))
async def create_dataset(body: NewDataset, parts: Asked, who: Writer, response: Response) -> DatasetView:
    """Make a data set of a folder of a data store; its objects are counted in the background."""
    made = await parts.datasets.create(who, body)
    response.headers["Location"] = f"/api/v1/datasets/{made.id}"
    return made


@router.get("/datasets/{dataset}", responses=problems(404))
async def read_dataset(dataset: str, parts: Asked, _who: Reader) -> DatasetView:
    """Read a data set at its newest version."""
    return await parts.datasets.get(dataset)


@router.patch("/datasets/{dataset}", responses=problems(404, 409))
async def change_dataset(dataset: str, body: DatasetChangeBody, parts: Asked, who: Writer) -> DatasetView:
    """Change the name of a data set or the description of its newest version; what a version names never changes."""
    return await parts.datasets.change(who, dataset, body)


@router.get("/datasets/{dataset}/versions", responses=problems(404))
async def list_dataset_versions(
    dataset: str, parts: Asked, _who: Reader, cursor: Cursor = "", limit: Limit = 50
) -> DatasetList:
    """List the versions of a data set, newest first."""
    return await parts.datasets.versions(dataset, cursor, limit)


@router.post("/datasets/{dataset}/versions", status_code=201, responses=problems(404, 409))
async def create_dataset_version(dataset: str, body: NewVersion, parts: Asked, who: Writer) -> DatasetView:
    """Make the next version; projects keep the one that they were made with."""
    return await parts.datasets.add_version(who, dataset, body)


@router.get("/datasets/{dataset}/versions/{version}", responses=problems(404))
async def read_dataset_version(dataset: str, version: Version, parts: Asked, _who: Reader) -> DatasetView:
    """Read a version of a data set."""
    return await parts.datasets.get(dataset, version)


@router.post("/datasets/{dataset}/versions/{version}/count", status_code=202, responses=problems(404))
async def count_dataset_version(dataset: str, version: Version, parts: Asked, _who: Writer) -> DatasetView:
    """Count the objects of a version again, as after an upload."""
    return await parts.datasets.count(dataset, version)
