"""An import as ingest holds it, until its report is there. Pure: it must never touch the store."""

import re
from typing import Final

from pydantic import BaseModel, ConfigDict

from services.contracts.import_lines import folder
from services.contracts.imports import ImportJob, ImportProblem, ImportState
from services.ingest.imports.readers.marks import clean

ID_PATTERN: Final = re.compile(r"^i[0-9a-f]{16}$")
OURS: Final = (ImportState.REQUESTED, ImportState.CHECKING)
"""States in which ingest owns an import."""
PROBLEMS: Final = 100
"""Problems that the job itself names; the report has all."""
_KEY_CHARS: Final = 200
_MESSAGE_CHARS: Final = 400
"""A hundred problems fit an event, whatever characters they have."""


class Import(BaseModel):
    """`job` is what the topic tells. `failures` counts errors that are nobody's outage."""

    model_config = ConfigDict(frozen=True)

    job: ImportJob
    failures: int = 0

    def with_job(self, **changes: object) -> "Import":
        """The next version, with `changes` to the job."""
        job = self.job.model_copy(update={"version": self.job.version + 1, **changes})
        return self.model_copy(update={"job": job})


class Ended(Exception):
    """The import can't go on. `state` is failed or canceled; the message is the sentence that its owner reads."""

    def __init__(self, state: ImportState, message: str) -> None:
        super().__init__(message)
        self.state = state


def report_key(job: ImportJob) -> str:
    """The object of the whole report."""
    return f"{folder(job.project, job.id)}report.jsonl"


def problem(row: str, key: str, code: str, message: str) -> ImportProblem:
    """A problem as an event can hold a hundred of."""
    place, name, text = clean(row)[:_KEY_CHARS], clean(key)[:_KEY_CHARS], clean(message)[:_MESSAGE_CHARS]
    return ImportProblem(row=place, key=name, code=code, message=text)
