"""Labeling calls: checked once, given their caller, sent to queue; its answers and refusals are passed on as they are.

The hot path: no read of the store, no second parse of an answer unless something is added to it.
"""

from typing import Any, Final, TypeVar

from pydantic import BaseModel
from pydantic_core import from_json, to_json

from services.contracts import limits
from services.contracts.queue_api import (
    BackRequest,
    ClaimItems,
    ClaimItemsRequest,
    ClaimPage,
    ClaimRequest,
    Heartbeat,
    HeartbeatRequest,
    Release,
    ReleaseRequest,
    SubmitRequest,
)
from services.contracts.rows import item_name
from services.gateway.labeling.schemas import BackBody, SubmitBody
from services.gateway.projects.known import KnownProjects
from services.gateway.sessions.identity import Identity
from services.kit.client import InternalClient

_S: Final = 5.0
_LARGE_S: Final = 30.0
"""Large geometry is judged and written to object storage before it is saved."""
_JSON: Final = {"Content-Type": "application/json"}
_REQUESTS: Final[dict[type[BaseModel], tuple[str, type[BaseModel]]]] = {
    ClaimPage: ("/internal/claim", ClaimRequest),
    ClaimItems: ("/internal/claim-items", ClaimItemsRequest),
    Heartbeat: ("/internal/heartbeat", HeartbeatRequest),
    Release: ("/internal/release", ReleaseRequest),
    SubmitBody: ("/internal/submit", SubmitRequest),
    BackBody: ("/internal/back", BackRequest),
}
Claim = TypeVar("Claim", ClaimPage, ClaimItems)
Call = TypeVar("Call", ClaimPage, ClaimItems, Heartbeat, Release, SubmitBody, BackBody)


class Labeling:
    """Passes calls on to queue. Every one carries its own token or key, so all of them may be repeated."""

    def __init__(self, known: KnownProjects, queue: InternalClient) -> None:
        """Bind the projection and the client."""
        self._known = known
        self._queue = queue

    async def send(self, who: Identity, project: str, body: Call) -> bytes:
        """Queue's answer, as bytes of JSON."""
        path, model = _REQUESTS[type(body)]
        known = await self._known.get(project)
        request = model.model_construct(
            **body.__dict__,
            user=who.person,
            project=project,
            project_version=known.version,
            run_state=known.run_state,
        )
        content = request.model_dump_json().encode()
        timeout_s = _S if len(content) <= limits.GEOMETRY_BYTES else _LARGE_S
        return await self._queue.request("POST", path, content=content, headers=_JSON, repeat=True, timeout_s=timeout_s)

    async def claim(self, who: Identity, project: str, body: Claim) -> bytes:
        """A page whose items have names."""
        return _with_names(await self.send(who, project, body))

    async def done(self, who: Identity, project: str, cursor: str, limit: int) -> bytes:
        """What the caller labeled or skipped, newest first."""
        await self._known.get(project)
        params: dict[str, str | int] = {"user": who.person, "cursor": cursor, "limit": limit}
        return _with_names(
            await self._queue.request("GET", f"/internal/projects/{project}/done", params=params, repeat=True)
        )

    async def own(self, who: Identity, project: str, item: str) -> bytes:
        """The whole label that the caller gave an item."""
        await self._known.get(project)
        path = f"/internal/projects/{project}/items/{item}/label"
        return await self._queue.request("GET", path, params={"user": who.person}, repeat=True, timeout_s=_LARGE_S)


def _with_names(answer: bytes) -> bytes:
    page: dict[str, Any] = from_json(answer)
    for item in page["items"]:
        item["name"] = item_name(item["source"]["key"], item["source"].get("part", ""))
    return to_json(page)
