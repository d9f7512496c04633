"""Requests from the topic `labelbus.imports.v1`. Of all other events of the topic none concerns ingest."""

from collections.abc import Callable, Sequence

from services.contracts.events import ContractError
from services.contracts.ids import PROJECT_PATTERN
from services.contracts.imports import ImportJob, ImportRequested, ImportState
from services.ingest.imports.models import ID_PATTERN
from services.ingest.imports.store import Imports
from services.kit.records import Record


class ImportRequests:
    """Handler of the topic: a request becomes a job document."""

    def __init__(self, imports: Imports, requested: Callable[[], None]) -> None:
        """`imports` ignores what it knows; `requested` is called when there may be something to do."""
        self._imports, self._requested = imports, requested

    async def handle(self, records: Sequence[Record]) -> None:
        """Store requests."""
        requested = [record.event.job for record in records if isinstance(record.event, ImportRequested)]
        for job in requested:
            _check(job)
        for job in requested:
            await self._imports.add(job)
        if requested:
            self._requested()


def _check(job: ImportJob) -> None:
    """Refuse what the types let through: ids that would lead out of our folder, a job that is not new."""
    if not ID_PATTERN.match(job.id):
        raise ContractError(f"job.id: {job.id!r} is no import id")
    if not PROJECT_PATTERN.match(job.project):
        raise ContractError(f"job.project: {job.project!r} is no project id")
    if job.state is not ImportState.REQUESTED or job.version != 1:
        raise ContractError("job.state: a request is version 1 in state requested")
