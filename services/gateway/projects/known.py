"""The projects that this process knows: what labeling calls need of one, without a read of the store each time.

Kept by own writes and by the live topic; a row is never trusted for longer than five seconds, so a missed record
heals itself.
"""

import time
from dataclasses import dataclass
from typing import Final

from services.contracts.projects import Project, RunState
from services.gateway.projects.store import ProjectsStore
from services.kit.problems import Refused

_FRESH_S: Final = 5.0
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Row:
    project: Project
    until: float


class KnownProjects:
    """A projection of `projects`, never a source of truth."""

    def __init__(self, store: ProjectsStore) -> None:
        """Nothing is known yet."""
        self._store = store
        self._rows: dict[str, _Row] = {}

    async def get(self, id_: str) -> Project:
        """A project that is not deleted. Raises 404."""
        row = self._rows.get(id_)
        if row is None or row.until < time.monotonic():
            found = await self._store.get(id_)
            if found is None:
                raise unknown()
            row = self.put(found)
        if row.project.run_state is RunState.DELETED:
            raise unknown()
        return row.project

    def put(self, project: Project) -> _Row:
        """Learn a version; an older one changes nothing."""
        known = self._rows.get(project.id)
        if known is None or known.project.version <= project.version:
            if len(self._rows) >= _MOST:
                self._rows.clear()
            known = self._rows[project.id] = _Row(project, time.monotonic() + _FRESH_S)
        return known


def unknown() -> Refused:
    """The refusal of a project that is not there, or no longer."""
    return Refused(404, "project_unknown", "There is no such project.")
