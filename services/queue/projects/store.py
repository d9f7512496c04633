"""The projection of projects. It must never go back to an older version."""

from services.contracts.projects import Project, RunState
from services.kit.store import DuplicateKeyError, IndexModel, Session, Store
from services.queue.projects.models import ENDED, document

INDEXES = (
    # Which projects do not run, and which are being deleted: read by workers every second.
    IndexModel([("run_state", 1)], name="run_state"),
)
_KEPT = 1_000
"""Projects kept in memory. A project may have 10,000 labels: reading them for each claim would be most of its cost."""


class Projects:
    """The collection `projects`."""

    def __init__(self, store: Store) -> None:
        self._projects = store["projects"]
        self._known: dict[str, Project] = {}

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._projects.create_indexes(list(INDEXES))

    async def apply(self, project: Project) -> bool:
        """Take a newer state; False if this or a newer one was there."""
        newer = {"_id": project.id, "version": {"$lt": project.version}}
        try:
            result = await self._projects.replace_one(newer, document(project), upsert=True)
        except DuplicateKeyError:
            # Either a newer version is there, or another writer inserted an older one between our look and our insert.
            result = await self._projects.replace_one(newer, document(project))
        return bool(result.upserted_id is not None or result.matched_count)

    async def find(self, project: str, session: Session | None = None) -> Project | None:
        """The newest known state. The labels are read again only when the version has moved."""
        head = await self._projects.find_one({"_id": project}, {"version": 1}, session=session)
        if head is None:
            return None
        known = self._known.get(project)
        if known is None or known.version != head["version"]:
            known = await self._load(project, session)
        return known

    async def _load(self, project: str, session: Session | None) -> Project | None:
        found = await self._projects.find_one({"_id": project}, session=session)
        if found is None:
            return None
        if len(self._known) >= _KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[project] = Project.model_validate(found)
        return self._known[project]

    async def not_running(self) -> list[str]:
        """Projects whose items nobody may hold. Deleted ones have none."""
        states = [state for state in RunState if state not in (RunState.RUNNING, RunState.DELETED)]
        return [found["_id"] async for found in self._projects.find({"run_state": {"$in": states}}, {"_id": 1})]

    async def ended(self) -> list[str]:
        """Projects that are being deleted or are deleted."""
        return [found["_id"] async for found in self._projects.find({"run_state": {"$in": list(ENDED)}}, {"_id": 1})]

    async def all(self) -> list[str]:
        """Projects that are not being deleted, in order of their ids."""
        found = self._projects.find({"run_state": {"$nin": list(ENDED)}}, {"_id": 1}).sort("_id", 1)
        return [project["_id"] async for project in found]
