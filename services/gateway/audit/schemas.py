"""An entry of the audit as shown."""

from pydantic import BaseModel

from services.contracts.base import Time


class AuditEntry(BaseModel):
    """Who did what to what, when and from where. `person` is empty when the system did it or nobody was signed in."""

    id: str
    at: Time
    person: str
    name: str
    action: str
    target: str
    project: str
    address: str
    detail: dict[str, str]


class AuditPage(BaseModel):
    """Entries, newest first. `cursor` is empty at the end."""

    items: list[AuditEntry]
    cursor: str = ""
