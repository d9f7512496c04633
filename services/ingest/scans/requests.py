"""Obeys requests for a refresh: each becomes a scan, which waits for those before it."""

from collections.abc import Callable, Sequence

from services.contracts.refreshes import RefreshRequested
from services.ingest.scans.models import Scan
from services.ingest.scans.store import Scans
from services.kit.records import Record


class RefreshRequests:
    """Handler of `labelbus.refreshes.v1`. What ingest itself tells there is passed over."""

    def __init__(self, scans: Scans, requested: Callable[[], None]) -> None:
        """Of one process; `requested` is called when there may be a scan to do."""
        self._scans, self._requested = scans, requested

    async def handle(self, records: Sequence[Record]) -> None:
        """A request that is there already is no second scan."""
        for record in records:
            if isinstance(record.event, RefreshRequested):
                await self._scans.add(Scan(refresh=record.event.refresh))
        self._requested()
