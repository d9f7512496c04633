"""Routes of data stores."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.contracts import limits
from services.contracts.ingest_api import ConnectionTest, Datastore
from services.gateway.cursors import Cursor, Limit
from services.gateway.datastores.schemas import BrowsedPage, DatastoreBody, DatastoreChangeBody, NewDatastoreBody
from services.gateway.openapi import problems
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs
from services.gateway.sessions.identity import Identity

router = APIRouter(tags=["datastores"], route_class=StrictRoute)
Asked = Annotated[Parts, Depends(parts_of)]
Reader = Annotated[Identity, Depends(Needs("datasets/read"))]
Writer = Annotated[Identity, Depends(Needs("datasets/write"))]


@router.get("/datastores")
async def list_datastores(parts: Asked, _who: Reader) -> list[Datastore]:
    """List what data may come from: registered data stores and the deployment's own buckets."""
    return await parts.datastores.all()


@router.post("/datastores", status_code=201, responses=problems(409))
async def register_datastore(body: NewDatastoreBody, parts: Asked, who: Writer, response: Response) -> Datastore:
    """Register a bucket of any S3 storage; 422 `datastore_unusable` says what its connection lacks."""
    made = await parts.datastores.register(who, body)
    response.headers["Location"] = f"/api/v1/datastores/{made.name}"
    return made


@router.post("/datastores/test")
async def try_connection(body: DatastoreBody, parts: Asked, _who: Writer) -> ConnectionTest:
    """Try a connection without keeping it: what works and what is missing."""
    return await parts.datastores.test(body)


@router.get("/datastores/{name}", responses=problems(404))
async def read_datastore(name: str, parts: Asked, _who: Reader) -> Datastore:
    """Read a registered data store; its keys are never shown."""
    return await parts.datastores.get(name)


@router.patch("/datastores/{name}", responses=problems(404, 409))
async def change_datastore(name: str, body: DatastoreChangeBody, parts: Asked, who: Writer) -> Datastore:
    """Change how a data store is reached, or its keys; kept only if the connection works."""
    return await parts.datastores.change(who, name, body)


@router.delete("/datastores/{name}", status_code=204, responses=problems(404, 409))
async def delete_datastore(name: str, parts: Asked, who: Writer) -> Response:
    """Forget a data store and its keys; its bucket stays as it is. 409 `datastore_in_use` while a project reads it."""
    await parts.datastores.remove(who, name)
    return Response(status_code=204)


@router.post("/datastores/{name}/test")
async def try_datastore(name: str, parts: Asked, _who: Writer) -> ConnectionTest:
    """Try the connection of a data store: what works and what is missing."""
    return await parts.datastores.test_stored(name)


@router.get("/datastores/{name}/browse", responses=problems(404))
async def browse_datastore(
    name: str,
    parts: Asked,
    _who: Reader,
    prefix: Annotated[
        str, Query(max_length=limits.KEY_BYTES, description="A folder, with its slash; empty for the top.")
    ] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> BrowsedPage:
    """List the folders and objects directly in a folder."""
    return await parts.datastores.browse(name, prefix, cursor, limit)
