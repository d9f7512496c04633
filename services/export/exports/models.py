"""An export as MongoDB holds it. Pure: it must never touch the store."""

import re
from typing import Final

from pydantic import BaseModel, ConfigDict

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.export.files.models import Checkpoint
from services.export.projects.models import Category

ID_PATTERN: Final = re.compile(r"^e[0-9a-f]{16}$")
ENDINGS: Final = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELED)


class Export(BaseModel):
    """`job` is what the topic tells. `classes` and `columns` are those of the file, fixed when work began.

    `failures` counts errors that are nobody's outage.
    """

    model_config = ConfigDict(frozen=True)

    job: ExportJob
    classes: list[Category] = []
    columns: list[str] = []
    checkpoint: Checkpoint = Checkpoint()
    failures: int = 0

    def with_job(self, **changes: object) -> "Export":
        """The next version, with `changes` to the job."""
        job = self.job.model_copy(update={"version": self.job.version + 1, **changes})
        return self.model_copy(update={"job": job})


_ENDINGS: Final = {ExportFormat.CSV: "csv", ExportFormat.CONLL: "conll", ExportFormat.JSONL: "jsonl"}


def key_of(job: ExportJob, *, is_zip: bool) -> str:
    """Object key of the file. What belongs to it lies in the same folder, which no other export shares."""
    ending = "zip" if is_zip else _ENDINGS.get(job.format, "json")
    name = "data.jsonl" if ending == "jsonl" else f"{job.requested_at:%Y%m%dT%H%M%SZ}.{ending}"
    return f"Labeling/export/{job.format}/{job.project}/{job.id}/{name}"


class Ended(Exception):
    """The export can't go on. `state` is failed or canceled; the message is the sentence that its owner reads."""

    def __init__(self, state: JobState, message: str) -> None:
        super().__init__(message)
        self.state = state
