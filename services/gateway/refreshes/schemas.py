"""A refresh as shown."""

from pydantic import BaseModel

from services.contracts.base import Time
from services.contracts.exports import JobState
from services.contracts.refreshes import Refresh


class RefreshView(BaseModel):
    """A scan of the data source.

    `listed` objects seen, `found` new items, `unreadable` files, `left_out` beyond the limit.
    `full`: the project holds as many items as it may, so it is not looked at again by itself. `requested_by` is empty
    where nobody asked.
    """

    id: str
    project: str
    scan: int
    version: int
    state: JobState
    requested_by: str
    requested_at: Time
    started_at: Time | None
    finished_at: Time | None
    listed: int
    found: int
    missing: int
    changed: int
    probed: int
    unreadable: int
    left_out: int
    suppressed: int
    full: bool

    @classmethod
    def of(cls, refresh: Refresh) -> "RefreshView":
        """Under our own field names, without the messages, which have a list of their own."""
        return cls(**refresh.model_dump(mode="json", exclude={"messages"}))


class MessageView(BaseModel):
    """A sentence about the data of a project. `code` is stable, `key` names the object, if it is about one."""

    level: str
    code: str
    text: str
    key: str
    at: Time
    scan: int
