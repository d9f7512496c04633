"""Agreements from the topic `labelbus.imports.v1`, and imports to be counted. No other event of it concerns queue."""

from collections.abc import Callable, Sequence

from services.contracts.events import ContractError
from services.contracts.ids import PROJECT_PATTERN
from services.contracts.imports import ImportChanged, ImportConfirmed, ImportEvent, ImportJob, ImportState
from services.kit.records import Record
from services.queue.imports.models import ID_PATTERN
from services.queue.imports.store import Imports


class ImportAgreements:
    """Handler of the topic: an agreement, or an import to be counted, becomes a job document."""

    def __init__(self, imports: Imports, agreed: Callable[[], None]) -> None:
        """`imports` ignores what it knows; `agreed` is called when there may be something to do."""
        self._imports, self._agreed = imports, agreed

    async def handle(self, records: Sequence[Record]) -> None:
        """Store what is there to do."""
        events = [record.event for record in records if isinstance(record.event, ImportEvent)]
        agreed = [event.job for event in events if isinstance(event, ImportConfirmed) or _to_count(event)]
        for job in agreed:
            _check(job)
        for job in agreed:
            await self._imports.add(job)
        if agreed:
            self._agreed()


def _to_count(event: ImportEvent) -> bool:
    return isinstance(event, ImportChanged) and event.job.state is ImportState.COUNTING


def _check(job: ImportJob) -> None:
    """Refuse what the types let through: ids that would lead to other objects, a job that nobody agreed to."""
    if not ID_PATTERN.match(job.id):
        raise ContractError(f"job.id: {job.id!r} is no import id")
    if not PROJECT_PATTERN.match(job.project):
        raise ContractError(f"job.project: {job.project!r} is no project id")
    if job.state not in (ImportState.APPLYING, ImportState.COUNTING):
        raise ContractError("job.state: what was agreed to is in state applying")
