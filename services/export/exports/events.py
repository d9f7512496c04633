"""Requests from the topic `labelbus.exports.v1`. All other events of the topic are our own."""

from collections.abc import Callable, Sequence

from services.contracts.events import ContractError
from services.contracts.exports import ExportJob, ExportRequested, JobState
from services.contracts.ids import PROJECT_PATTERN
from services.export.exports.models import ID_PATTERN
from services.export.exports.store import Exports
from services.kit.records import Record


class ExportEvents:
    """Handler of the topic: a request becomes a job document."""

    def __init__(self, exports: Exports, requested: Callable[[], None]) -> None:
        """`exports` ignores what it knows; `requested` is called when there may be an export to make."""
        self._exports, self._requested = exports, requested

    async def handle(self, records: Sequence[Record]) -> None:
        """Store requests."""
        requested = [record.event.export for record in records if isinstance(record.event, ExportRequested)]
        for job in requested:
            _check(job)
        for job in requested:
            await self._exports.add(job)
        if requested:
            self._requested()


def _check(job: ExportJob) -> None:
    """Refuse what the types let through: ids that would lead out of our folder, a job that is not new."""
    if not ID_PATTERN.match(job.id):
        raise ContractError(f"export.id: {job.id!r} is no export id")
    if not PROJECT_PATTERN.match(job.project):
        raise ContractError(f"export.project: {job.project!r} is no project id")
    if job.state is not JobState.REQUESTED or job.version != 1:
        raise ContractError("export.state: a request is version 1 in state requested")
