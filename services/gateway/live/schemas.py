"""A hint: something changed, fetch it again. Never the change itself."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

Kind = Literal["project", "progress", "export", "refresh", "dataset", "import", "session"]


class HintView(BaseModel):
    """Data of an event.

    `id` and `version` name an export, a refresh, a data set or an import; who has that version need not fetch.
    """

    project: str = ""
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Hint:
    """What changed, for those who may see it."""

    kind: Kind
    project: str
    id: str = ""
    version: int = 0

    def encode(self) -> bytes:
        """One server-sent event."""
        data = HintView(project=self.project, id=self.id, version=self.version).model_dump_json(exclude_defaults=True)
        return f"event: {self.kind}\ndata: {data}\n\n".encode()
