"""Projects: made, listed, changed. Each change is one transaction: the project, its event, the audit."""

from collections.abc import Callable, Sequence

from services.contracts.ids import new_id
from services.contracts.ingest_api import SourceCheck, SourcePreview, SourceToCheck
from services.contracts.labels import Shape
from services.contracts.projects import DataSource, Instructions, Project, RunState, SourceKind, TaskType
from services.contracts.queue_api import Progress
from services.gateway import cursors
from services.gateway.audit.service import Audit
from services.gateway.datasets.service import Datasets
from services.gateway.idempotency import Idempotency
from services.gateway.projects.known import KnownProjects, unknown
from services.gateway.projects.labels import label_set
from services.gateway.projects.progress import ProgressBoard
from services.gateway.projects.schemas import Counts, NewProject, ProjectChange, ProjectList, ProjectRow
from services.gateway.projects.store import Filter, ProjectsStore
from services.gateway.refusals import wrong
from services.gateway.sessions.identity import Identity
from services.gateway.sources import rules
from services.kit import clock
from services.kit.client import InternalClient
from services.kit.outbox import EventTooLarge
from services.kit.problems import Refused
from services.kit.store import DuplicateKeyError, Session, Store

_CHECK_S = 30.0


class Projects:
    """The aggregate's only writer, with the reconcile worker."""

    def __init__(
        self,
        store: Store,
        projects: ProjectsStore,
        known: KnownProjects,
        board: ProgressBoard,
        ingest: InternalClient,
        datasets: Datasets,
        idempotency: Idempotency,
        audit: Audit,
    ) -> None:
        """Bind the stores and services."""
        self._store = store
        self._projects = projects
        self._known = known
        self._board = board
        self._ingest = ingest
        self._datasets = datasets
        self._idempotency = idempotency
        self._audit = audit

    async def create(self, who: Identity, new: NewProject, key: str) -> Project:
        """Check everything, then reserve the name and write version 1."""
        made = await self._idempotency.recall(who, key, new)
        if made is not None:
            return await self.get(made)
        if await self._projects.name_taken(new.name):
            raise _name_taken()
        project = _first_version(who, new, await self._datasets.resolved(new.source))
        _check_allow_empty(project.task_type, allow_empty=new.allow_empty)
        rules.check(project.task_type, project.source)
        await self._check_source(project)

        async def write(session: Session) -> None:
            await self._projects.reserve(session, project)
            await self._projects.insert(session, project)
            await self._audit.record(
                session, who, "project.created", target=project.id, project=project.id, name=project.name
            )

        try:
            made = await self._idempotency.once(who, key, new, project.id, write)
        except DuplicateKeyError:
            raise _name_taken() from None
        except EventTooLarge as error:
            raise wrong("labels", f"are too many or too long to be published together. {error}", "too_large") from None
        return await self.get(made)

    async def _check_source(self, project: Project) -> None:
        source = SourceToCheck(**project.source.model_dump(), media=project.task_type.media)
        check = await self._ingest.post("/internal/check", source, SourceCheck, timeout_s=_CHECK_S)
        if check.problem:
            raise wrong(f"source.{check.field or 'datastore'}", check.problem, "source_unusable")
        if source.kind is not SourceKind.FILES:
            preview = await self._ingest.post("/internal/preview", source, SourcePreview, timeout_s=_CHECK_S)
            rules.check_columns(source, preview)

    async def get(self, id_: str) -> Project:
        """The newest version. Raises 404."""
        project = await self._projects.get(id_)
        if project is None or project.run_state is RunState.DELETED:
            raise unknown()
        self._known.put(project)
        return project

    async def page(self, who: Identity, cursor: str, limit: int, name: str, state: RunState | None) -> ProjectList:
        """Projects that the caller may read, newest first, with their progress."""
        place = cursors.decode(cursor, int, str)
        after = (int(place[0]), str(place[1])) if place else None
        found = await self._projects.page(Filter(who.projects("projects/read"), name, state), after, limit)
        known = await self._board.snapshots([project.id for project in found.projects])
        rows = [_row(who, project, known.get(project.id)) for project in found.projects]
        return ProjectList(items=rows, cursor=cursors.encode(found.end) if found.end else "")

    async def change(self, who: Identity, id_: str, change: ProjectChange) -> Project:
        """What `change` names, anew. Raises 409 when `version` is not the newest."""

        def next_version(project: Project) -> Sequence[Project]:
            if project.version != change.version:
                detail = f"version {project.version} is there now; read it and change that one"
                raise wrong("version", detail, "version_conflict", 409)
            update: dict[str, object] = {}
            if change.instructions is not None:
                update["instructions"] = Instructions(**change.instructions.model_dump())
            if change.description is not None:
                update["description"] = change.description
            if change.allow_empty is not None:
                _check_allow_empty(project.task_type, allow_empty=change.allow_empty)
                update["allow_empty"] = change.allow_empty
            if change.refresh_regularly is not None:
                update["refresh_regularly"] = change.refresh_regularly
            return [successor(project, **update)] if update else []

        return await self._write(who, id_, "project.changed", next_version)

    async def pause(self, who: Identity, id_: str) -> Project:
        """Stop handing out; a paused project stays as it is."""
        return await self._write(who, id_, "project.paused", lambda p: _move(p, RunState.RUNNING, RunState.PAUSED))

    async def start(self, who: Identity, id_: str) -> Project:
        """Hand out again; a running project stays as it is."""
        return await self._write(who, id_, "project.started", lambda p: _move(p, RunState.PAUSED, RunState.RUNNING))

    async def delete(self, who: Identity, id_: str, confirm: str) -> Project:
        """Begin to delete. `confirm` must be the name, so that nobody deletes the wrong one."""

        def next_version(project: Project) -> Sequence[Project]:
            if confirm != project.name:
                raise wrong("confirm", "must be the name of the project, exactly", "not_confirmed")
            return [] if project.run_state is RunState.DELETING else [successor(project, run_state=RunState.DELETING)]

        return await self._write(who, id_, "project.deleted", next_version, even_deleting=True)

    async def _write(
        self,
        who: Identity,
        id_: str,
        action: str,
        next_versions: Callable[[Project], Sequence[Project]],
        *,
        even_deleting: bool = False,
    ) -> Project:
        async def write(session: Session) -> Project:
            project = await self._projects.get(id_, session)
            if project is None or project.run_state is RunState.DELETED:
                raise unknown()
            if project.run_state is RunState.DELETING and not even_deleting:
                raise Refused(409, "project_deleting", "The project is being deleted.")
            versions = next_versions(project)
            if not versions:
                return project
            await self._projects.write(session, versions)
            await self._audit.record(session, who, action, target=id_, project=id_, name=project.name)
            return versions[-1]

        project = await self._store.transact(write)
        self._known.put(project)
        return project


def successor(project: Project, **update: object) -> Project:
    """The next version."""
    return project.model_copy(update={**update, "version": project.version + 1, "updated_at": clock.now()})


def _move(project: Project, origin: RunState, target: RunState) -> Sequence[Project]:
    if project.run_state is target:
        return []
    if project.run_state is not origin:
        raise Refused(409, "wrong_state", f"The project is {project.run_state}; it would have to be {origin} for this.")
    return [successor(project, run_state=target)]


def _check_allow_empty(task_type: TaskType, *, allow_empty: bool) -> None:
    if allow_empty and task_type.regions not in (Shape.BOX, Shape.POLYGON, Shape.MASK):
        raise wrong("allow_empty", f"is for boxes, polygons and masks; this project is {task_type}")


def _first_version(who: Identity, new: NewProject, source: DataSource) -> Project:
    now = clock.now()
    return Project(
        id=new_id("p"),
        version=1,
        name=new.name,
        description=new.description,
        task_type=new.task_type,
        label_sets=[label_set(new.task_type, new.labels)],
        instructions=Instructions(**new.instructions.model_dump()),
        source=source,
        run_state=RunState.INITIALIZING,
        allow_empty=new.allow_empty,
        refresh_regularly=new.refresh_regularly,
        created_by=who.person,
        created_at=now,
        updated_at=now,
    )


def _row(who: Identity, project: Project, progress: Progress | None) -> ProjectRow:
    return ProjectRow(
        **project.model_dump(include={"id", "version", "name", "task_type", "run_state", "created_at"}),
        progress=None if progress is None else Counts.model_validate(progress, from_attributes=True),
        permissions=sorted(who.permissions(project.id)),
    )


def _name_taken() -> Refused:
    return wrong("name", "was used before; a name is never free again, not even by deletion", "name_taken", 409)
