"""The projection of projects. It must never go back to an older version."""

from services.contracts.projects import Project
from services.kit.store import DuplicateKeyError, Store


class Projects:
    """The collection `projects`."""

    def __init__(self, store: Store) -> None:
        """In the database of export."""
        self._projects = store["projects"]

    async def apply(self, project: Project) -> None:
        """Take a newer state; an older one changes nothing."""
        newer = {"_id": project.id, "version": {"$lt": project.version}}
        document = {"_id": project.id, **project.model_dump(mode="json")}
        try:
            await self._projects.replace_one(newer, document, upsert=True)
        except DuplicateKeyError:  # a newer one is there, or an older one came between our look and our insert
            await self._projects.replace_one(newer, document)

    async def find(self, project: str) -> Project | None:
        """The newest known state."""
        found = await self._projects.find_one({"_id": project})
        return None if found is None else Project.model_validate(found)
