"""Agreements from the topic `labelbus.imports.v1`. Of all other events of the topic none concerns queue."""

from collections.abc import Callable, Sequence

from services.contracts.events import ContractError
from services.contracts.ids import PROJECT_PATTERN
from services.contracts.imports import ImportConfirmed, ImportJob, ImportState
from services.kit.records import Record
from services.queue.imports.models import ID_PATTERN
from services.queue.imports.store import Imports


class ImportAgreements:
    """Handler of the topic: an agreement becomes a job document."""

    def __init__(self, imports: Imports, agreed: Callable[[], None]) -> None:
        """`imports` ignores what it knows; `agreed` is called when there may be something to do."""
        self._imports, self._agreed = imports, agreed

    async def handle(self, records: Sequence[Record]) -> None:
        """Store agreements."""
        agreed = [record.event.job for record in records if isinstance(record.event, ImportConfirmed)]
        for job in agreed:
            _check(job)
        for job in agreed:
            await self._imports.add(job)
        if agreed:
            self._agreed()


def _check(job: ImportJob) -> None:
    """Refuse what the types let through: ids that would lead to other objects, a job that nobody agreed to."""
    if not ID_PATTERN.match(job.id):
        raise ContractError(f"job.id: {job.id!r} is no import id")
    if not PROJECT_PATTERN.match(job.project):
        raise ContractError(f"job.project: {job.project!r} is no project id")
    if job.state is not ImportState.APPLYING:
        raise ContractError("job.state: what was agreed to is in state applying")
