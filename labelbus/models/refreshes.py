"""Refreshes: scans of a project's data source."""

from datetime import datetime

from labelbus.models.base import JobState, Model


class Refresh(Model):
    """A scan of the data source: `listed` objects seen, `found` new items, `left_out` beyond the limit."""

    id: str
    project: str
    scan: int
    version: int
    state: JobState
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    listed: int
    found: int
    missing: int
    changed: int
    probed: int
    unreadable: int
    left_out: int
    suppressed: int
    full: bool = False


class Message(Model):
    """A sentence about the data of a project. `code` is stable, `key` names the object, if it is about one."""

    level: str
    code: str
    text: str
    key: str
    at: datetime
    scan: int
