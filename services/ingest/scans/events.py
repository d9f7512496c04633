"""Outbox entries of scans. All item records of a project are one aggregate, so that they leave in their order."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from services.contracts import limits, topics
from services.contracts.base import PROTO, Contract
from services.contracts.exports import JobState
from services.contracts.items import (
    DiscoveredItem,
    ItemsDiscovered,
    ItemsMissing,
    ItemsProbed,
    ProbedItem,
    ScanFinished,
)
from services.contracts.refreshes import RefreshChanged, RefreshEvent, RefreshFinished, RefreshRequested
from services.ingest.scans.models import Scan
from services.kit.outbox import Entry

Item = TypeVar("Item", bound=Contract)
_RECORDS_A_SCAN: Final = 1_000_000_000
_CHUNK_BYTES: Final = limits.EVENT_BYTES - 2_000
"""Leaves room for what surrounds the items of a chunk."""
_ENDED: Final = {JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELED}


def discovered(scan: Scan, items: Sequence[DiscoveredItem]) -> tuple[Scan, list[Entry]]:
    """Chunks of found items."""
    entries = []
    for chunk in _cut(items):
        event = ItemsDiscovered(project=scan.project, scan=scan.number, index=scan.chunks, items=chunk)
        scan = scan.moved(chunks=scan.chunks + 1)
        scan, entry = _record(scan, event)
        entries.append(entry)
    return scan, entries


def missing(scan: Scan, items: Sequence[str]) -> tuple[Scan, list[Entry]]:
    """One chunk of at most a page of items that are gone."""
    event = ItemsMissing(project=scan.project, scan=scan.number, index=scan.chunks, items=list(items))
    scan, entry = _record(scan.moved(chunks=scan.chunks + 1), event)
    return scan, [entry]


def probed(scan: Scan, items: Sequence[ProbedItem]) -> tuple[Scan, list[Entry]]:
    """Chunks of probing results."""
    entries = []
    for chunk in _cut(items):
        event = ItemsProbed(project=scan.project, scan=scan.number, index=scan.probe_chunks, items=chunk)
        scan, entry = _record(scan.moved(probe_chunks=scan.probe_chunks + 1), event)
        entries.append(entry)
    return scan, entries


def finished(scan: Scan) -> tuple[Scan, list[Entry]]:
    """All chunks of discovery are out."""
    event = ScanFinished(
        project=scan.project,
        scan=scan.number,
        chunks=scan.chunks,
        found=scan.refresh.found,
        left_out=scan.refresh.left_out,
    )
    scan, entry = _record(scan, event)
    return scan, [entry]


def requested(scan: Scan) -> Entry:
    """Version 1 of scan 1, which nobody else announces."""
    return _refresh(scan, RefreshRequested(refresh=scan.refresh))


def progress(scan: Scan, now: int) -> tuple[Scan, Entry]:
    """The next version of the refresh; `now` in epoch milliseconds."""
    scan = scan.changed(version=scan.refresh.version + 1).moved(published=now)
    ended = scan.refresh.state in _ENDED
    event = RefreshFinished(refresh=scan.refresh) if ended else RefreshChanged(refresh=scan.refresh)
    return scan, _refresh(scan, event)


def _refresh(scan: Scan, event: RefreshEvent) -> Entry:
    return Entry(topics.REFRESHES, scan.id, scan.refresh.version, event, key=scan.id)


def _record(scan: Scan, event: Contract) -> tuple[Scan, Entry]:
    scan = scan.moved(sequence=scan.sequence + 1)
    version = scan.number * _RECORDS_A_SCAN + scan.sequence
    return scan, Entry(topics.ITEMS, f"{scan.project}:items", version, event, key=scan.project)


def _cut(items: Iterable[Item]) -> list[list[Item]]:
    """Into chunks that fit an event."""
    chunks: list[list[Item]] = []
    room = 0
    for item in items:
        size = len(item.model_dump_json(by_alias=True, exclude_none=True, context=PROTO).encode()) + 1
        if not chunks or size > room:
            chunks.append([])
            room = _CHUNK_BYTES
        chunks[-1].append(item)
        room -= size
    return chunks
