"""The collection `projects`: what the topic says of each, newest version only."""

from typing import NamedTuple

from services.contracts.projects import DataSource, MediaKind, Project, RunState
from services.kit.store import Document, Session, Store


class Known(NamedTuple):
    """A project as far as ingest needs it."""

    id: str
    version: int
    run_state: RunState
    source: DataSource
    media: MediaKind

    @property
    def is_going(self) -> bool:
        """Whether the project is deleted or about to be."""
        return self.run_state in (RunState.DELETING, RunState.DELETED)


class Projects:
    """Projects by id."""

    def __init__(self, store: Store) -> None:
        """In the database of ingest."""
        self._projects = store["projects"]

    async def find(self, project: str) -> Known | None:
        """What is known of a project; None as long as nothing is."""
        document = await self._projects.find_one({"_id": project}, {"whole": 0})
        return None if document is None else _known(document)

    async def whole(self, project: str) -> Project | None:
        """A project with its labels, of which it may have thousands; None as long as nothing is known."""
        document = await self._projects.find_one({"_id": project}, {"whole": 1})
        return Project.model_validate(document["whole"]) if document and "whole" in document else None

    async def put(self, session: Session, project: Project) -> bool:
        """Store a version; False if a newer one, or this one, is there already."""
        fields = {
            "version": project.version,
            "run_state": project.run_state.value,
            "source": project.source.model_dump(by_alias=False),
            "media": project.task_type.media,
            "whole": project.model_dump(mode="json", by_alias=False),
        }
        older = {"_id": project.id, "version": {"$lt": project.version}}
        result = await self._projects.update_one(older, {"$set": fields}, session=session)
        if result.matched_count:
            return True
        if await self._projects.find_one({"_id": project.id}, {"_id": 1}, session=session) is not None:
            return False
        await self._projects.insert_one({"_id": project.id, **fields}, session=session)
        return True


def _known(document: Document) -> Known:
    return Known(
        document["_id"],
        document["version"],
        RunState(document["run_state"]),
        DataSource.model_validate(document["source"]),
        document.get("media", "image"),
    )
