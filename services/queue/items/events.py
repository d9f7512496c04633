"""Scan events from the topic `labelbus.items.v1`."""

from collections import defaultdict
from collections.abc import Sequence

from services.contracts.events import ContractError
from services.contracts.ids import PROJECT_PATTERN
from services.contracts.items import ItemsDiscovered, ItemsMissing, ItemsProbed, ScanFinished
from services.kit.records import Record
from services.queue.items.service import Intake, ScanEvent

_NUMBER_MOST = 2**31


class ScanEvents:
    """Handler of the topic: a batch of records becomes few transactions."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def handle(self, records: Sequence[Record]) -> None:
        """Apply records, those of one project in their order."""
        by_project: dict[str, list[ScanEvent]] = defaultdict(list)
        for record in records:
            event = record.event
            if isinstance(event, ItemsDiscovered | ItemsProbed | ItemsMissing | ScanFinished):
                _check(event)
                by_project[event.project].append(event)
        for project, events in by_project.items():
            await self._intake.apply(project, events)


def _check(event: ScanEvent) -> None:
    """Refuse what the types let through: numbers that no scan has, items of another project."""
    if not PROJECT_PATTERN.match(event.project):
        raise ContractError(f"project: {event.project!r} is no project id")
    numbers = (event.scan, event.chunks if isinstance(event, ScanFinished) else event.index)
    if any(not 0 <= number < _NUMBER_MOST for number in numbers):
        raise ContractError("scan, index and chunks are counts from 0")
    if isinstance(event, ScanFinished):
        return
    for item in event.items:
        id_ = item if isinstance(item, str) else item.id
        if not id_.startswith(f"{event.project}/"):
            raise ContractError(f"items: {id_!r} is no item of {event.project}")
