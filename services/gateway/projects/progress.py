"""How far projects are, as queue tells it.

One snapshot a project, asked for at most once a second, never once a viewer.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Final

from services.contracts.queue_api import Progress
from services.kit import logs
from services.kit.client import InternalClient
from services.kit.problems import Refused

_FRESH_S: Final = 1.0
_PATIENCE_S: Final = 0.25
"""How long a list waits for new snapshots."""
_AT_ONCE: Final = 8
_MOST: Final = 2_000
_log = logs.get()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    progress: Progress
    until: float


class ProgressBoard:
    """Snapshots of progress. Requests for one project that come at once share one call."""

    def __init__(self, queue: InternalClient) -> None:
        """Nothing is known yet."""
        self._queue = queue
        self._snapshots: dict[str, _Snapshot] = {}
        self._asking: dict[str, asyncio.Task[Progress]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def get(self, project: str) -> Progress:
        """At most a second old. Raises what queue refuses."""
        snapshot = self._snapshots.get(project)
        if snapshot is not None and snapshot.until > time.monotonic():
            return snapshot.progress
        return await asyncio.shield(self._ask(project))

    async def snapshots(self, projects: list[str]) -> dict[str, Progress]:
        """What is known of `projects`.

        Stale ones are asked for; who does not answer in time is shown as last known, or left out.
        """
        now = time.monotonic()
        asked = [
            self._ask(project)
            for project in projects
            if project not in self._snapshots or self._snapshots[project].until <= now
        ]
        if asked:
            await asyncio.wait(asked, timeout=_PATIENCE_S)
        return {project: self._snapshots[project].progress for project in projects if project in self._snapshots}

    def spoil(self, project: str) -> None:
        """Something changed: the next one who asks gets a new snapshot."""
        snapshot = self._snapshots.get(project)
        if snapshot is not None:
            self._snapshots[project] = _Snapshot(snapshot.progress, 0.0)

    def _ask(self, project: str) -> asyncio.Task[Progress]:
        task = self._asking.get(project)
        if task is None:
            task = asyncio.create_task(self._fetch(project), name=f"progress-{project}")
            self._asking[project] = task
            task.add_done_callback(lambda done: self._asked(project, done))
        return task

    def _asked(self, project: str, done: asyncio.Task[Progress]) -> None:
        self._asking.pop(project, None)
        if not done.cancelled() and (error := done.exception()) is not None:
            expected = isinstance(error, Refused) and error.retryable
            (_log.debug if expected else _log.warning)("progress_not_known", project=project, error=repr(error))

    async def _fetch(self, project: str) -> Progress:
        async with self._slots:
            try:
                progress = await self._queue.get(f"/internal/projects/{project}/progress", Progress)
            except Refused as refused:
                if refused.code != "project_unknown":
                    raise
                progress = Progress(ready=False, total=0)  # queue has not heard of it yet
        if len(self._snapshots) >= _MOST:
            self._snapshots.clear()
        self._snapshots[project] = _Snapshot(progress, time.monotonic() + _FRESH_S)
        return progress
