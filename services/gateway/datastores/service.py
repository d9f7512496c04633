"""Data stores through ingest. Keeps who did what; refuses to forget one that a project reads."""

from typing import Final
from urllib.parse import quote

from pydantic import TypeAdapter

from services.contracts.ingest_api import Browsed, ConnectionTest, Datastore, NewDatastore
from services.contracts.problems import FieldProblem
from services.gateway import cursors
from services.gateway.audit.service import Audit
from services.gateway.datastores.schemas import (
    BrowsedPage,
    DatastoreBody,
    DatastoreChangeBody,
    NewDatastoreBody,
    plain,
)
from services.gateway.projects.store import ProjectsStore
from services.gateway.sessions.identity import Identity
from services.kit.client import InternalClient
from services.kit.problems import Refused

_PATH: Final = "/internal/datastores"
_TEST_S: Final = 40.0
_BROWSE_S: Final = 30.0
_NAMED: Final = 5
_DATASTORES: Final = TypeAdapter(list[Datastore])


class Datastores:
    """Ingest's data stores, as owners see them."""

    def __init__(self, ingest: InternalClient, projects: ProjectsStore, audit: Audit) -> None:
        """Bind the client and stores."""
        self._ingest, self._projects, self._audit = ingest, projects, audit

    async def all(self) -> list[Datastore]:
        """All that data may come from; the default one first."""
        return _DATASTORES.validate_json(await self._ingest.request("GET", _PATH, repeat=True))

    async def get(self, name: str) -> Datastore:
        """A registered one."""
        return await self._ingest.get(_path(name), Datastore)

    async def test(self, body: DatastoreBody) -> ConnectionTest:
        """Try a connection without keeping it."""
        return await self._ingest.post(f"{_PATH}/-/test", body.settings(), ConnectionTest, timeout_s=_TEST_S)

    async def test_stored(self, name: str) -> ConnectionTest:
        """Try the connection of one that is there."""
        answer = await self._ingest.request("POST", f"{_path(name)}/test", timeout_s=_TEST_S)
        return ConnectionTest.model_validate_json(answer)

    async def register(self, who: Identity, body: NewDatastoreBody) -> Datastore:
        """Test and keep it."""
        new = NewDatastore(name=body.name, created_by=who.person, **plain(body, {"name"}))
        made = await self._ingest.post(_PATH, new, Datastore, timeout_s=_TEST_S)
        await self._record(who, "datastore.registered", made, endpoint=made.endpoint, bucket=made.bucket)
        return made

    async def change(self, who: Identity, name: str, body: DatastoreChangeBody) -> Datastore:
        """Test and keep what `body` names."""
        content = body.change().model_dump_json(exclude_none=True).encode()
        headers = {"Content-Type": "application/json"}
        answer = await self._ingest.request("PATCH", _path(name), content=content, headers=headers, timeout_s=_TEST_S)
        changed = Datastore.model_validate_json(answer)
        fields = sorted(body.model_fields_set - {"version"})
        await self._record(who, "datastore.changed", changed, fields=", ".join(fields))
        return changed

    async def remove(self, who: Identity, name: str) -> None:
        """Forget it with its keys; nothing in its bucket changes. Raises 409 while a project reads it."""
        store = await self.get(name)
        names, more = await self._projects.reading(name, _NAMED)
        if names:
            rest = f" and {more} more" if more else ""
            detail = f"is read by the projects {', '.join(names)}{rest}: delete these first"
            raise Refused(409, "datastore_in_use", f"{name} {detail}.", [FieldProblem(field="name", message=detail)])
        await self._ingest.request("DELETE", _path(name))
        await self._record(who, "datastore.deleted", store, endpoint=store.endpoint, bucket=store.bucket)

    async def browse(self, name: str, prefix: str, cursor: str, limit: int) -> BrowsedPage:
        """Folders and objects directly below `prefix`."""
        place = cursors.decode(cursor, str)
        params: dict[str, str | int] = {"prefix": prefix, "after": str(place[0]) if place else "", "limit": limit}
        found = await self._ingest.get(f"{_path(name)}/folder", Browsed, params, timeout_s=_BROWSE_S)
        end = cursors.encode([found.after]) if found.after else ""
        return BrowsedPage(folders=found.folders, objects=found.objects, cursor=end)

    async def _record(self, who: Identity, action: str, store: Datastore, **detail: str) -> None:
        await self._audit.record(None, who, action, target=store.name, **detail)


def _path(name: str) -> str:
    return f"{_PATH}/{quote(name, safe='')}"
