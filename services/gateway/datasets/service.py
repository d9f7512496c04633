"""Data sets through ingest, which owns them. Keeps who made what."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from pydantic import TypeAdapter

from services.contracts import ingest_api
from services.contracts.ingest_api import DatasetPage, DatasetVersion
from services.contracts.projects import DataSource
from services.gateway import cursors
from services.gateway.audit.service import Audit
from services.gateway.datasets.schemas import DatasetChangeBody, DatasetList, DatasetView, NewDataset, NewVersion
from services.gateway.people.store import PeopleStore
from services.gateway.refusals import wrong
from services.gateway.sessions.identity import Identity
from services.gateway.sources import rules
from services.gateway.sources.schemas import SourceBody
from services.kit.client import InternalClient
from services.kit.problems import Refused

_PATH: Final = "/internal/datasets"
_LOOK_S: Final = 30.0
_VERSIONS: Final = TypeAdapter(list[DatasetVersion])
_UNKNOWN: Final = 404


class Datasets:
    """Ingest's data sets, as owners see them."""

    def __init__(self, ingest: InternalClient, people: PeopleStore, audit: Audit) -> None:
        """Bind the client and stores."""
        self._ingest, self._people, self._audit = ingest, people, audit

    async def page(self, cursor: str, limit: int, name: str) -> DatasetList:
        """Newest first, those whose name holds `name`."""
        place = cursors.decode(cursor, str)
        params: dict[str, str | int] = {"name": name, "after": str(place[0]) if place else "", "limit": limit}
        found = await self._ingest.get(_PATH, DatasetPage, params)
        return DatasetList(
            items=await self._views(found.items), cursor=cursors.encode([found.next]) if found.next else ""
        )

    async def get(self, dataset: str, version: int = 0) -> DatasetView:
        """A version; 0 is the newest. Raises 404."""
        (view,) = await self._views([await self._find(dataset, version)])
        return view

    async def versions(self, dataset: str, cursor: str, limit: int) -> DatasetList:
        """All versions, newest first."""
        place = cursors.decode(cursor, int)
        params = {"before": place[0] if place else 0, "limit": limit}
        answer = await self._ingest.request("GET", f"{_path(dataset)}/versions", params=params, repeat=True)
        found = _VERSIONS.validate_json(answer)
        end = cursors.encode([found[-1].dataset.version]) if len(found) == limit else ""
        return DatasetList(items=await self._views(found), cursor=end)

    async def create(self, who: Identity, new: NewDataset) -> DatasetView:
        """Make one, at version 1."""
        return await self._make(who, _PATH, new, new.name, "dataset.created")

    async def add_version(self, who: Identity, dataset: str, new: NewVersion) -> DatasetView:
        """Make the next version."""
        return await self._make(who, f"{_path(dataset)}/versions", new, "", "dataset.version_created")

    async def change(self, who: Identity, dataset: str, body: DatasetChangeBody) -> DatasetView:
        """Keep what `body` names. Raises 404 and 409."""
        change = ingest_api.DatasetChange.model_construct(body.model_fields_set, **body.model_dump())
        content = change.model_dump_json(exclude_none=True).encode()
        headers = {"Content-Type": "application/json"}
        answer = await self._ingest.request("PATCH", _path(dataset), content=content, headers=headers)
        changed = DatasetVersion.model_validate_json(answer)
        if changed.dataset.revision != body.revision:
            fields = ", ".join(sorted(body.model_fields_set - {"revision"}))
            name = changed.dataset.name
            await self._audit.record(None, who, "dataset.changed", target=dataset, name=name, fields=fields)
        (view,) = await self._views([changed])
        return view

    async def _make(self, who: Identity, path: str, new: NewVersion, name: str, action: str) -> DatasetView:
        body = ingest_api.NewDataset(
            name=name, description=new.description, source=new.source.source(), created_by=who.person
        )
        made = await self._ingest.post(path, body, DatasetVersion, timeout_s=_LOOK_S)
        dataset = made.dataset
        await self._audit.record(None, who, action, target=dataset.id, name=dataset.name, version=str(dataset.version))
        (view,) = await self._views([made])
        return view

    async def count(self, dataset: str, version: int) -> DatasetView:
        """Have a version counted again."""
        answer = await self._ingest.request("POST", f"{_path(dataset)}/versions/{version}/count", repeat=True)
        (view,) = await self._views([DatasetVersion.model_validate_json(answer)])
        return view

    async def resolved(self, body: SourceBody) -> DataSource:
        """What a project reads: a folder as it is named, a data set as its version says. Raises 422.

        How rows are read may differ from project to project, as the columns do that labelers see.
        """
        source = body.source()
        if not source.dataset:
            return source
        try:
            found = (await self._find(source.dataset, source.dataset_version)).dataset.source
        except Refused as refused:
            if refused.status != _UNKNOWN:
                raise
            field = "source.dataset_version" if source.dataset_version else "source.dataset"
            raise wrong(field, refused.detail, "dataset_unknown") from refused
        rules.check_kind(found.kind, has_table=source.table is not None, has_mapping=source.mapping is not None)
        return found.model_copy(
            update={"table": source.table or found.table, "mapping": source.mapping or found.mapping}
        )

    async def _find(self, dataset: str, version: int) -> DatasetVersion:
        return await self._ingest.get(_path(dataset), DatasetVersion, {"version": version})

    async def _views(self, found: Sequence[DatasetVersion]) -> list[DatasetView]:
        makers = sorted({each.dataset.created_by for each in found})
        names = await self._people.names(makers)
        return [DatasetView.of(each, names.get(each.dataset.created_by, "")) for each in found]


def _path(dataset: str) -> str:
    return f"{_PATH}/{quote(dataset, safe='')}"
