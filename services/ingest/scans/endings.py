"""How a scan ends, and what it tells on the way. Pure, but for the clock."""

from collections.abc import Sequence

from services.contracts.exports import JobState
from services.contracts.projects import MediaKind, SourceKind
from services.contracts.refreshes import StatusMessage
from services.ingest.scans import events, findings
from services.ingest.scans.models import Scan, Stage
from services.ingest.scans.store import Change
from services.kit import clock
from services.kit.outbox import Entry
from services.kit.store import Session

_TELL_EVERY_MS = 1_000
_PAUSE_MS = 1_000
_LONGEST_PAUSE_MS = 15_000


def ended(scan: Scan, state: JobState, *messages: StatusMessage) -> tuple[Scan, list[Entry]]:
    """Over, for good."""
    over = scan.noting(*messages).changed(state=state, finished_at=clock.now()).moved(stage=Stage.OVER)
    over, entry = events.progress(over, clock.now_ms())
    return over, [entry]


def going_on(scan: Scan, entries: Sequence[Entry] = (), *, tell: bool = False) -> tuple[Scan, list[Entry]]:
    """With an event of the refresh if the last one is a second old, or if `tell`."""
    now = clock.now_ms()
    if not tell and now - scan.published < _TELL_EVERY_MS:
        return scan, list(entries)
    scan, entry = events.progress(scan, now)
    return scan, [*entries, entry]


def summed_up(scan: Scan, kind: SourceKind, media: MediaKind, limit: int) -> Scan:
    """After all was listed: says whether the project is full, or empty."""
    told = findings.summary(scan, kind, media, limit, clock.now())
    return scan.noting(*told).changed(full=scan.kept >= limit)


def waiting_for(error: Exception) -> Change:
    """A change of a scan: says once what the scan waits for."""

    async def tell(_: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
        waiting = findings.waiting(error, clock.now())
        if any(message.code == waiting.code for message in scan.refresh.messages):
            return scan, []
        return going_on(scan.noting(waiting), tell=True)

    return tell


def pause_ms(tries: int) -> int:
    """How long to wait for a data store that is away, the longer the more often it was tried."""
    return min(_PAUSE_MS * tries, _LONGEST_PAUSE_MS)
