"""From events of all topics to hints.

Progress comes at most twice a second a project, always once more after the last event.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from services.contracts import topics
from services.contracts.datasets import Dataset
from services.contracts.exports import ExportEvent
from services.contracts.imports import ImportEvent
from services.contracts.projects import Project
from services.contracts.refreshes import RefreshEvent
from services.gateway.exports.service import Exports
from services.gateway.imports.service import Imports
from services.gateway.live.hub import Hub
from services.gateway.live.schemas import Hint
from services.gateway.projects.known import KnownProjects
from services.gateway.projects.progress import ProgressBoard
from services.gateway.refreshes.service import Refreshes
from services.kit.records import Record

TOPICS: Final = topics.TOPICS
FLOODS: Final = (topics.LABELS, topics.ITEMS)
"""Topics of which a hint needs no more than the key; decoding each label would cost more than claiming it."""
_PROGRESS_S: Final = 0.5


class Live:
    """Handler of the fan-out consumer."""

    def __init__(
        self,
        hub: Hub,
        known: KnownProjects,
        board: ProgressBoard,
        exports: Exports,
        refreshes: Refreshes,
        imports: Imports,
    ) -> None:
        """Bind who has to know."""
        self._hub = hub
        self._known = known
        self._board = board
        self._exports = exports
        self._refreshes = refreshes
        self._imports = imports
        self._moving: set[str] = set()

    async def handle(self, records: Sequence[Record]) -> None:
        """Hint at each record.

        Views are written first, as their own subscriber does too: who fetches at once sees the change.
        """
        await self._exports.learn(records)
        await self._refreshes.learn(records)
        await self._imports.learn(records)
        for record in records:
            event = record.event
            if isinstance(event, Project):
                self._known.put(event)
                self._hub.publish(Hint("project", event.id, version=event.version))
            elif isinstance(event, ExportEvent):
                job = event.export
                self._hub.publish(Hint("export", job.project, job.id, job.version))
            elif isinstance(event, RefreshEvent):
                refresh = event.refresh
                self._hub.publish(Hint("refresh", refresh.project, refresh.id, refresh.version))
            elif isinstance(event, ImportEvent):
                imported = event.job
                self._hub.publish(Hint("import", imported.project, imported.id, imported.version))
            elif isinstance(event, Dataset):
                self._hub.publish(Hint("dataset", "", event.id, event.revision))
            else:
                self._moved(record)

    def _moved(self, record: Record) -> None:
        project = record.key.partition("/")[0]
        if project not in self._moving:
            self._moving.add(project)
            asyncio.get_running_loop().call_later(_PROGRESS_S, self._tell, project)

    def _tell(self, project: str) -> None:
        self._moving.discard(project)
        self._board.spoil(project)
        self._hub.publish(Hint("progress", project))
