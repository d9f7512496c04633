"""What an import makes of an item. Pure: it must never touch the store."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from services.contracts import ids
from services.contracts.import_lines import ImportLine
from services.contracts.imports import ImportJob, ImportMode, ImportProblem
from services.contracts.labels import ItemState, LabelSubmitted
from services.kit.store import Document
from services.queue.history.models import Change

ID_PATTERN: Final = re.compile(r"^i[0-9a-f]{16}$")
PRELABELED: Final = 0
"""`kind` of an item that has a prelabel."""
PROBLEMS: Final = 100
_STEPS: Final = 100
"""Confidences that differ by less than a hundredth are handed out in any order, so that labelers don't meet."""


class Import(BaseModel):
    """`job` is what the topic tells. The first `lines` of chunk `chunk`, and all of those before, are written."""

    model_config = ConfigDict(frozen=True)

    job: ImportJob
    chunk: int = 0
    lines: int = 0
    told: int = 0
    failures: int = 0

    def with_job(self, **changes: object) -> "Import":
        """The next version, with `changes` to the job."""
        job = self.job.model_copy(update={"version": self.job.version + 1, **changes})
        return self.model_copy(update={"job": job})


class Given(NamedTuple):
    """A line with the fields that its regions make; `wrong` says why it can't be written any more."""

    line: ImportLine
    fields: Document
    wrong: str = ""


@dataclass
class Outcome:
    """What a batch does: items as they were and as they are, the changes of their versions, and counts."""

    changed: list[tuple[Document, Document]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[ImportProblem] = field(default_factory=list)


def apply(job: ImportJob, item: Document | None, given: Given, project_version: int, now: int, out: Outcome) -> None:
    """Write a line to an item that waits in the queue. What a person decided or holds now stays as it is."""
    if item is None or item["state"] != ItemState.QUEUED or given.wrong:
        labeled = item is not None and item["state"] == ItemState.LABELED
        out.counts["already_labeled" if labeled else "kept"] += 1
        if given.wrong and not labeled:
            key = item["source"]["key"] if item else ""
            out.problems.append(ImportProblem(key=key[:300], code="changed_meanwhile", message=given.wrong[:500]))
        return
    out.counts["applied"] += 1
    if job.mode is ImportMode.PRELABELS:
        out.changed.append((item, _prelabeled(job, item, given)))
        return
    change = _labeled(job, item, given, project_version, now)
    out.changed.append((change.before, change.after))
    out.changes.append(change)


def _prelabeled(job: ImportJob, item: Document, given: Given) -> Document:
    """Neither version nor history change: a suggestion is no label."""
    confidence = given.line.confidence
    prelabel = {"run": f"import:{job.id}", "confidence": confidence, "answers": _answers(given), **given.fields}
    return {**item, "prelabel": prelabel, "kind": PRELABELED, "rank": rank(item["_id"], confidence)}


def rank(item: str, confidence: float) -> float:
    """Place of a prelabeled item in its queue, in [0, 1): the surest first."""
    step = int((1 - confidence) * (_STEPS - 1))
    return (step + ids.initial_rank(item)) / _STEPS


def _labeled(job: ImportJob, item: Document, given: Given, project_version: int, now: int) -> Change:
    label = {
        "answers": _answers(given),
        **given.fields,
        "by": job.requested_by,
        "at": now,
        "skip_reason": "",
        "note": "",
        "project_version": project_version,
        "import_id": job.id,
    }
    after = {
        **item,
        "state": ItemState.LABELED,
        "version": item["version"] + 1,
        "label": label,
        "times": {**item["times"], "changed": now},
    }
    after.pop("lease", None)
    return Change(LabelSubmitted, item, after, now, job.requested_by)


def _answers(given: Given) -> list[Document]:
    return [answer.model_dump(mode="json", exclude={"names"}) for answer in given.line.answers]
