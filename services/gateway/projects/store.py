"""Projects and reserved names in the store. A project is written guarded by its version, always with its event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.contracts.ids import name_key
from services.contracts.projects import DataSource, Project, RunState
from services.contracts.topics import PROJECTS
from services.kit import clock
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, IndexModel, Session, Store

_EXAMINED: Final = 2_000
"""Most projects that one page of the list looks at."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is asked for. `ids` None: all."""

    ids: list[str] | None = None
    name: str = ""
    state: RunState | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of projects and the place where it ended; None at the end of the list."""

    projects: list[Project]
    end: tuple[int, str] | None


class ProjectsStore:
    """Collections `projects` and `names`."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        """Bind the collections."""
        self._store = store
        self._projects = store["projects"]
        self._names = store["names"]
        self._outbox = outbox

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._projects.create_indexes(
            [
                IndexModel([("created_ms", -1), ("_id", -1)]),
                IndexModel([("run_state", 1), ("_id", 1)]),
                IndexModel([("refresh_regularly", 1), ("_id", 1)], partialFilterExpression={"refresh_regularly": True}),
            ]
        )
        await self._names.create_indexes([IndexModel([("project", 1)])])

    async def reserve(self, session: Session, project: Project) -> None:
        """Take the name for ever. Raises DuplicateKeyError."""
        row = {"_id": name_key(project.name), "project": project.id, "at": clock.now()}
        await self._names.insert_one(row, session=session)

    async def name_taken(self, name: str) -> bool:
        """Whether a project has or had the name."""
        return await self._names.find_one({"_id": name_key(name)}, {"_id": 1}) is not None

    async def insert(self, session: Session, project: Project) -> None:
        """Add version 1 with its event."""
        await self._projects.insert_one(_document(project), session=session)
        await self._publish(session, [project])

    async def write(self, session: Session, versions: Sequence[Project]) -> bool:
        """Write the last of `versions`, each with its event; False when another change was faster."""
        last = versions[-1]
        guard = {"_id": last.id, "version": versions[0].version - 1}
        written = await self._projects.replace_one(guard, _document(last), session=session)
        if written.matched_count:
            await self._publish(session, versions)
        return bool(written.matched_count)

    async def _publish(self, session: Session, versions: Sequence[Project]) -> None:
        entries = [Entry(PROJECTS, project.id, project.version, project, project.id) for project in versions]
        await self._outbox.add(session, entries)

    async def get(self, project: str, session: Session | None = None) -> Project | None:
        """By id."""
        found = await self._projects.find_one({"_id": project}, session=session)
        return None if found is None else _project(found)

    async def reading(self, datastore: str, most: int) -> tuple[list[str], int]:
        """Names of up to `most` projects whose data lies in the data store, and how many more there are."""
        gone = [RunState.DELETING.value, RunState.DELETED.value]
        query = {"source.datastore": datastore, "run_state": {"$nin": gone}}
        found = self._projects.find(query, {"name": 1}).sort([("created_ms", -1), ("_id", -1)]).limit(most)
        names = [str(row["name"]) async for row in found]
        return names, await self._projects.count_documents(query) - len(names) if names else 0

    async def regular_sources(self) -> list[tuple[str, DataSource]]:
        """Ids and data sources of the projects that are refreshed regularly."""
        query = {"refresh_regularly": True, "run_state": {"$in": [RunState.RUNNING.value, RunState.PAUSED.value]}}
        cursor = self._projects.find(query, {"source": 1})
        return [(row["_id"], DataSource.model_validate(row["source"])) async for row in cursor]

    async def in_state(
        self, *states: RunState, after: str = "", limit: int = 100, regular: bool = False
    ) -> list[Project]:
        """Projects in one of `states`, by id; `regular`: only those that are refreshed regularly."""
        query: Document = {"run_state": {"$in": [state.value for state in states]}, "_id": {"$gt": after}}
        if regular:
            query["refresh_regularly"] = True
        cursor = self._projects.find(query).sort([("_id", 1)]).limit(limit)
        return [_project(found) async for found in cursor]

    async def page(self, wanted: Filter, after: tuple[int, str] | None, limit: int) -> Found:
        """Newest first, without labels and instructions.

        Looks at a bounded number of projects, so it may answer less than `limit` and yet a place to go on.
        """
        behind = _behind(after)
        window: list[Document] = [{"$match": behind}, {"$sort": {"created_ms": -1, "_id": -1}}, {"$limit": _EXAMINED}]
        slim = {"$project": {"label_sets": 0, "instructions": 0}}  # a list shows neither, and labels may be many
        rows = self._store.aggregate("projects", [*window, {"$match": _match(wanted)}, {"$limit": limit}, slim])
        found = [row async for row in rows]
        if len(found) == limit:
            return Found([_project(row) for row in found], (found[-1]["created_ms"], found[-1]["_id"]))
        last = self._projects.find(behind, {"created_ms": 1}).sort([("created_ms", -1), ("_id", -1)])
        ends = [(row["created_ms"], row["_id"]) async for row in last.skip(_EXAMINED - 1).limit(1)]
        return Found([_project(row) for row in found], ends[0] if ends else None)


def _behind(after: tuple[int, str] | None) -> dict[str, Any]:
    if after is None:
        return {}
    return {"$or": [{"created_ms": {"$lt": after[0]}}, {"created_ms": after[0], "_id": {"$lt": after[1]}}]}


def _match(wanted: Filter) -> dict[str, Any]:
    match: dict[str, Any] = {"run_state": wanted.state.value if wanted.state else {"$ne": RunState.DELETED.value}}
    if wanted.ids is not None:
        match["_id"] = {"$in": wanted.ids}
    if wanted.name:
        match["$expr"] = {"$gte": [{"$indexOfCP": ["$name_key", {"$literal": name_key(wanted.name)}]}, 0]}
    return match


def _document(project: Project) -> Document:
    keys = {"name_key": name_key(project.name), "created_ms": clock.to_ms(project.created_at)}
    return {"_id": project.id, **project.model_dump(mode="json", exclude={"id"}), **keys}


def _project(found: Document) -> Project:
    return Project.model_validate({**found, "id": found["_id"]})
