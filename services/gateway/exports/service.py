"""Exports: asked for here, made by export, downloaded here straight from object storage."""

from collections.abc import Sequence
from typing import Final

from services.contracts.exports import ExportEvent, ExportJob, JobState
from services.contracts.ids import new_id
from services.contracts.projects import Project, RunState
from services.gateway.audit.service import Audit
from services.gateway.exports.downloads import file_name
from services.gateway.exports.schemas import ExportDetails, NewExport
from services.gateway.exports.store import ExportsStore
from services.gateway.exports.wishes import Wishes
from services.gateway.idempotency import Idempotency
from services.gateway.people.store import PeopleStore
from services.gateway.projects.service import Projects
from services.gateway.sessions.identity import Identity
from services.kit import clock
from services.kit.problems import Refused
from services.kit.records import Record
from services.kit.store import Session, Store

_MOST: Final = 200


class ExportWanted(NewExport):
    """A request with its project: what an idempotency key stands for."""

    project: str


class Exports:
    """Requests and views of exports."""

    def __init__(
        self,
        store: Store,
        exports: ExportsStore,
        projects: Projects,
        people: PeopleStore,
        idempotency: Idempotency,
        audit: Audit,
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._exports = exports
        self._projects = projects
        self._wishes = Wishes(exports, people)
        self._idempotency = idempotency
        self._audit = audit

    async def request(self, who: Identity, project_id: str, new: NewExport, key: str) -> ExportJob:
        """Write version 1 and its event; the labels are taken as they stand now."""
        wanted = ExportWanted(project=project_id, **new.model_dump())
        made = await self._idempotency.recall(who, key, wanted)
        if made is not None:
            return await self._get(made)
        project = await self._projects.get(project_id)
        if project.run_state is RunState.DELETING:
            raise Refused(409, "project_deleting", "The project is being deleted.")
        job = await self._job(who, project, new)

        async def write(session: Session) -> None:
            await self._exports.insert(session, job)
            await self._audit.record(
                session, who, "export.requested", target=job.id, project=project.id, format=job.format
            )

        return await self._get(await self._idempotency.once(who, key, wanted, job.id, write))

    async def _job(self, who: Identity, project: Project, new: NewExport) -> ExportJob:
        before = await self._wishes.check(project, new)
        return ExportJob(
            id=new_id("e"),
            project=project.id,
            version=1,
            format=new.format,
            state=JobState.REQUESTED,
            requested_by=who.person,
            requested_at=clock.from_ms(await self._store.now_ms()),
            filter=new.filter.contract(),
            since_export=new.since_export,
            since=before.requested_at if before else None,
            images=new.images,
            as_stored=new.as_stored,
            escape_formulas=new.escape_formulas,
        )

    async def details(self, who: Identity, export: str) -> ExportDetails:
        """One with code that reads it. Raises 403 or 404."""
        job = await self.get(who, export)
        try:
            task_type = (await self._projects.get(job.project)).task_type
        except Refused:
            task_type = None
        return ExportDetails.shown(job, task_type, file_name(job, await self.project_name(job)))

    async def of_project(self, project: str) -> list[ExportJob]:
        """The newest 200, newest first."""
        await self._projects.get(project)
        return await self._exports.of_project(project, _MOST)

    async def get(self, who: Identity, export: str) -> ExportJob:
        """One that the caller may see. Raises 403 or 404."""
        job = await self._get(export)
        who.require("exports/write", job.project)
        return job

    async def downloaded(self, who: Identity, job: ExportJob) -> None:
        """Note a download."""
        await self._audit.record(None, who, "export.downloaded", target=job.id, project=job.project)

    async def project_name(self, job: ExportJob) -> str:
        """Name for the file; the id after the project was deleted."""
        try:
            return (await self._projects.get(job.project)).name
        except Refused:
            return job.project

    async def _get(self, export: str) -> ExportJob:
        job = await self._exports.get(export)
        if job is None:
            raise Refused(404, "export_unknown", "There is no such export.")
        return job

    async def learn(self, records: Sequence[Record]) -> None:
        """Handler of the topic."""
        jobs = [record.event.export for record in records if isinstance(record.event, ExportEvent)]
        await self._exports.put(jobs)
