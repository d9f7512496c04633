"""Twin of `proto/labelbus/v1/refreshes.proto`: the life of a scan, with the project's status messages."""

from services.contracts.base import Contract, Int64, ProtoEnum, Time
from services.contracts.exports import JobState


class MessageLevel(ProtoEnum):
    """How bad it is."""

    INFORMATION = "information"
    WARNING = "warning"
    ERROR = "error"


class StatusMessage(Contract):
    """A sentence for the owner. `code` is stable; `key` names the object that it is about, if one."""

    level: MessageLevel
    code: str
    text: str
    key: str = ""
    at: Time


class Refresh(Contract):
    """Full state of a refresh at a version; `id` is `<project>-<scan>`. Scan 1 comes with the project itself.

    Versions start at 1 (requested, by the gateway; for scan 1 by ingest); ingest owns all later ones. `listed` counts
    objects seen, `found` new items,
    `probed` and `unreadable` items that were looked into, `left_out` matching objects beyond the limit. `full`: the
    project holds as many items as it may. `messages` holds the first 100, `suppressed` counts the rest. Nobody asked
    for a regular refresh: `requested_by` is empty.
    """

    id: str
    project: str
    scan: int
    version: int
    state: JobState
    requested_by: str = ""
    requested_at: Time
    started_at: Time | None = None
    finished_at: Time | None = None
    listed: Int64 = 0
    found: int = 0
    missing: int = 0
    changed: int = 0
    probed: int = 0
    unreadable: int = 0
    left_out: int = 0
    messages: list[StatusMessage] = []
    suppressed: int = 0
    full: bool = False


class RefreshEvent(Contract):
    """Base of the events of `labelbus.refreshes.v1`."""

    refresh: Refresh


class RefreshRequested(RefreshEvent):
    """Somebody asked for a refresh."""


class RefreshChanged(RefreshEvent):
    """A refresh started or got further."""


class RefreshFinished(RefreshEvent):
    """Listing and probing ended; `state` says how."""
