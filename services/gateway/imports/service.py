"""Imports: asked for here, checked by ingest, agreed to here, written by queue."""

import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Final

from pydantic import BaseModel

from services.contracts.ids import new_id
from services.contracts.import_lines import folder
from services.contracts.imports import ENDED, ImportEvent, ImportFormat, ImportJob, ImportState, import_formats
from services.contracts.ingest_api import ImportFile
from services.contracts.projects import ColumnMapping, Project, RunState
from services.gateway.audit.service import Audit
from services.gateway.idempotency import Idempotency
from services.gateway.imports.schemas import FilePlace, NewImport
from services.gateway.imports.store import ImportsStore
from services.gateway.projects.service import Projects
from services.gateway.refusals import wrong
from services.gateway.sessions.identity import Identity
from services.kit import clock
from services.kit.client import InternalClient
from services.kit.problems import Refused
from services.kit.records import Record
from services.kit.store import DuplicateKeyError, Session, Store

_MOST: Final = 200
_UPLOAD_S: Final = 120.0
_LOOK_S: Final = 30.0
_ODD: Final = re.compile(r"[^\w.() -]+")
_NAME_CHARS: Final = 120
_EXPORTS: Final = re.compile(r"Labeling/export/[^/]+/(p[0-9a-f]{16})/")
_OF_QUEUE: Final = {ImportState.COUNTING, ImportState.APPLYING}
_AGREED: Final = {ImportState.APPLYING, ImportState.SUCCEEDED}
_CANCELED: Final = {ImportState.CANCELED}
_UNCOUNTED: Final = {"already_labeled": 0, "kept": 0}
"""What was counted before somebody agreed is counted anew while labels are written."""


class ImportWanted(NewImport):
    """A request with its project: what an idempotency key stands for."""

    project: str


class Canceled(BaseModel):
    """Whether an import is canceled in the service that owned it."""

    canceled: bool


class Imports:
    """Files, requests and views of imports."""

    def __init__(
        self,
        store: Store,
        imports: ImportsStore,
        projects: Projects,
        queue: InternalClient,
        ingest: InternalClient,
        idempotency: Idempotency,
        audit: Audit,
    ) -> None:
        """Bind the stores and services."""
        self._store, self._imports, self._projects = store, imports, projects
        self._queue, self._ingest = queue, ingest
        self._idempotency, self._audit = idempotency, audit

    async def upload(
        self, project: str, name: str, body: AsyncIterator[bytes], headers: Mapping[str, str]
    ) -> ImportFile:
        """Store a file for an import, piece by piece, and say what it seems to be."""
        await self._open_project(project)
        params = {"name": _plain(name)}
        path = f"/internal/projects/{project}/import-files"
        async with await self._ingest.stream(
            "PUT", path, params=params, content=body, headers=headers, timeout_s=_UPLOAD_S
        ) as answer:
            return ImportFile.model_validate_json(await answer.read())

    async def look(self, who: Identity, project: str, place: FilePlace) -> ImportFile:
        """What a file in a data store seems to be."""
        await self._open_project(project)
        self._require_place(who, project, place)
        return await self._ingest.post("/internal/import-files/look", place.place(), ImportFile, timeout_s=_LOOK_S)

    async def request(self, who: Identity, project_id: str, new: NewImport, key: str) -> ImportJob:
        """Write version 1 and its event. One import at a time a project."""
        wanted = ImportWanted(project=project_id, **new.model_dump())
        made = await self._idempotency.recall(who, key, wanted)
        if made is not None:
            return await self._get(made)
        project = await self._open_project(project_id)
        found = await self.look(who, project_id, new)
        job = ImportJob(
            id=new_id("i"),
            project=project.id,
            version=1,
            format=_format(project, new.format or found.format),
            mode=new.mode,
            state=ImportState.REQUESTED,
            datastore=found.datastore,
            key=found.key,
            name=found.name,
            mapping=ColumnMapping(**new.mapping.model_dump()) if new.mapping else None,
            requested_by=who.person,
            requested_at=clock.from_ms(await self._store.now_ms()),
        )

        async def write(session: Session) -> None:
            await self._add(session, who, job)

        try:
            return await self._get(await self._idempotency.once(who, key, wanted, job.id, write))
        except DuplicateKeyError:
            raise _busy() from None

    async def _add(self, session: Session, who: Identity, job: ImportJob) -> None:
        if await self._imports.any_open(job.project, session):
            raise _busy()
        await self._imports.insert(session, job)
        detail = {"format": job.format, "mode": job.mode, "file": job.name}
        await self._audit.record(session, who, "import.requested", target=job.id, project=job.project, **detail)

    async def of_project(self, project: str) -> list[ImportJob]:
        """The newest 200, newest first."""
        await self._projects.get(project)
        return await self._imports.of_project(project, _MOST)

    async def get(self, who: Identity, import_id: str) -> ImportJob:
        """One that the caller may see. Raises 403 or 404."""
        job = await self._get(import_id)
        who.require("imports/write", job.project)
        return job

    async def apply(self, who: Identity, import_id: str) -> ImportJob:
        """Agree to the report: from now on labels are written. Repeating it changes nothing."""
        job = await self.get(who, import_id)
        if job.state in _AGREED:
            return job
        await self._open_project(job.project)
        if job.state is ImportState.CHECKED and not job.matched:
            raise Refused(409, "nothing_matched", "No label of the file can be taken; the report says why.")
        changes = {"state": ImportState.APPLYING, "confirmed_by": who.person, "confirmed_at": clock.now()}
        changes |= _UNCOUNTED
        return await self._decide(who, job, "import.confirmed", changes, _AGREED)

    async def cancel(self, who: Identity, import_id: str) -> ImportJob:
        """End an import. What was written before stays."""
        job = await self.get(who, import_id)
        if job.state is ImportState.CANCELED:
            return job
        if job.state is ImportState.CHECKED:
            changes = {"state": ImportState.CANCELED, "error": "It was canceled.", "finished_at": clock.now()}
            return await self._decide(who, job, "import.canceled", changes, _CANCELED)
        owner = self._queue if job.state in _OF_QUEUE else self._ingest
        answer = await owner.request("POST", f"/internal/imports/{job.id}/cancel", repeat=True)
        if not Canceled.model_validate_json(answer).canceled:
            now = await self._get(import_id)
            if now.state in ENDED:
                raise _not_now(now)
            raise Refused(409, "wrong_state", "The import is just beginning or ending; ask again in a moment.")
        await self._audit.record(None, who, "import.canceled", target=job.id, project=job.project)
        return job

    async def learn(self, records: Sequence[Record]) -> None:
        """Handler of the topic."""
        await self._imports.put([record.event.job for record in records if isinstance(record.event, ImportEvent)])

    async def _decide(
        self, who: Identity, job: ImportJob, action: str, changes: Mapping[str, object], alike: Collection[ImportState]
    ) -> ImportJob:
        """Decide on a checked import; whoever is too late with the same decision gets what the first one made."""
        decided = job.model_copy(update={"version": job.version + 1, **changes})

        async def write(session: Session) -> bool:
            done = await self._imports.decide(session, decided)
            if done:
                await self._audit.record(session, who, action, target=job.id, project=job.project)
            return done

        if job.state is not ImportState.CHECKED or not await self._store.transact(write):
            now = await self._get(job.id)
            if now.state not in alike:
                raise _not_now(now)
            return now
        return decided

    async def _open_project(self, project_id: str) -> Project:
        project = await self._projects.get(project_id)
        if project.run_state is RunState.DELETING:
            raise Refused(409, "project_deleting", "The project is being deleted.")
        return project

    def _require_place(self, who: Identity, project: str, place: FilePlace) -> None:
        """Whoever may import may read their uploads; exports and data stores need what they need elsewhere."""
        if place.key.startswith(folder(project)):
            return
        if export := _EXPORTS.match(place.key):
            who.require("exports/write", export.group(1))
        elif place.key.startswith(("Labeling/", "Labelbus/")):
            raise wrong("key", "must not lie in Labeling/ or Labelbus/, which are ours", "invalid_key")
        else:
            who.require("datasets/read")

    async def _get(self, import_id: str) -> ImportJob:
        job = await self._imports.get(import_id)
        if job is None:
            raise Refused(404, "import_unknown", "There is no such import.")
        return job


def _format(project: Project, found: ImportFormat | None) -> ImportFormat:
    """The format, if such a project can take it (F192)."""
    offered = import_formats(project.task_type)
    listed = " or ".join(offered)
    if found is None:
        raise wrong("format", f"the file is of no known format; say which it is: {listed}", "format_unknown")
    if found not in offered:
        raise wrong("format", f"must be {listed} for {project.task_type}, not {found}", "format_not_offered")
    return found


def _busy() -> Refused:
    return Refused(409, "import_open", "Another import of this project is not over yet.")


def _not_now(job: ImportJob) -> Refused:
    ended = " already" if job.state in ENDED else ""
    return Refused(409, "wrong_state", f"The import is {job.state}{ended}; this can't be done now.")


def _plain(name: str) -> str:
    """A file name that every store takes, with its ending."""
    plain = _ODD.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" ._") or "labels"
    return plain if len(plain) <= _NAME_CHARS else plain[:80] + plain[-40:]
