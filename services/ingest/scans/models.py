"""The state of one scan: the refresh, which is its public face, and where it stands. Pure, never changed in place."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from services.contracts import limits
from services.contracts.exports import JobState
from services.contracts.refreshes import MessageLevel, Refresh, StatusMessage


class Stage(StrEnum):
    """What a scan does now. Probing is shared, all else (reading is of tables and manifests) belongs to one worker."""

    LISTING = "listing"
    READING = "reading"
    MISSING = "missing"
    PROBING = "probing"
    OVER = "over"


class Scan(BaseModel):
    """A scan as it is stored.

    `after` is the last key listed; `chunks` and `probe_chunks` number what was published, `sequence` all records of
    the scan; `kept` counts the items of the project; `published` is when the last progress left, in epoch
    milliseconds.
    """

    model_config = ConfigDict(frozen=True)

    refresh: Refresh
    stage: Stage = Stage.LISTING
    after: str = ""
    chunks: int = 0
    probe_chunks: int = 0
    sequence: int = 0
    kept: int = 0
    published: int = 0

    @property
    def id(self) -> str:
        """`<project>-<scan>`."""
        return self.refresh.id

    @property
    def project(self) -> str:
        """Whose data source is scanned."""
        return self.refresh.project

    @property
    def number(self) -> int:
        """Scans of a project are numbered from 1."""
        return self.refresh.scan

    def changed(self, **refresh: object) -> "Scan":
        """With fields of its refresh replaced."""
        return self.model_copy(update={"refresh": self.refresh.model_copy(update=refresh)})

    def moved(self, **fields: object) -> "Scan":
        """With fields of its own replaced."""
        return self.model_copy(update=fields)

    def noting(self, *messages: StatusMessage) -> "Scan":
        """With status messages added."""
        kept, suppressed = list(self.refresh.messages), self.refresh.suppressed
        for message in messages:
            kept, dropped = _with(kept, message)
            suppressed += dropped
        return self.changed(messages=kept, suppressed=suppressed) if messages else self


def refresh_id(project: str, scan: int) -> str:
    """Its id."""
    return f"{project}-{scan}"


def first_scan(project: str, created_by: str, at: datetime) -> Scan:
    """Scan 1, which comes with the project."""
    return Scan(
        refresh=Refresh(
            id=refresh_id(project, 1),
            project=project,
            scan=1,
            version=1,
            state=JobState.REQUESTED,
            requested_by=created_by,
            requested_at=at,
        ),
    )


def message(level: MessageLevel, code: str, text: str, at: datetime, key: str = "") -> StatusMessage:
    """A status message; a key too long for the sentence is still whole in `key`."""
    return StatusMessage(level=level, code=code, text=text, key=key, at=at)


def _with(kept: list[StatusMessage], message: StatusMessage) -> tuple[list[StatusMessage], int]:
    """One more message, and how many had to go: what concerns the whole refresh displaces what concerns one object."""
    if len(kept) < limits.STATUS_MESSAGES:
        return [*kept, message], 0
    last = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].key), None)
    if message.key or last is None:
        return kept, 1
    return [*kept[:last], *kept[last + 1 :], message], 1
