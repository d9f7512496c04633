"""Which labels an export admits, said twice: as a query of items, and of a label that is in memory. Pure.

A label is the field `label` of an item or of a row of history: `answers`, `applied` (how many regions of which label),
`by`, `at` in epoch milliseconds, and `approved` where a reviewer approved it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from services.contracts.exports import ExportFilter
from services.kit import clock
from services.kit.store import Document


class Admission:
    """The labels of one filter."""

    def __init__(self, wanted: ExportFilter) -> None:
        """Of `wanted`."""
        self._labels, self._labelers = frozenset(wanted.labels), frozenset(wanted.labelers)
        self._approved = wanted.approved
        self._from = clock.to_ms(wanted.labeled_from) if wanted.labeled_from else None
        self._to = clock.to_ms(wanted.labeled_to) if wanted.labeled_to else None

    def query(self) -> Document:
        """Conditions on items that have a label."""
        every: list[Document] = [{"label.at": limit} for limit in self._limits()]
        if self._labelers:
            every.append({"label.by": {"$in": sorted(self._labelers)}})
        if self._approved is not None:
            every.append({"label.approved": {"$exists": self._approved}})
        if self._labels:
            among = {"$in": sorted(self._labels)}
            every.append({"$or": [{"label.answers.labels": among}, {"label.applied.label": among}]})
        return {"$and": every} if every else {}

    def admits(self, label: Mapping[str, Any]) -> bool:
        """Whether a label passes."""
        return (
            (not self._labelers or label["by"] in self._labelers)
            and (self._approved is None or self._approved == ("approved" in label))
            and (self._from is None or label["at"] >= self._from)
            and (self._to is None or label["at"] < self._to)
            and (not self._labels or not self._labels.isdisjoint(_labels(label)))
        )

    def _limits(self) -> Iterator[Document]:
        if self._from is not None:
            yield {"$gte": self._from}
        if self._to is not None:
            yield {"$lt": self._to}


def _labels(label: Mapping[str, Any]) -> Iterator[str]:
    for answer in label.get("answers", ()):
        yield from answer["labels"]
    for bar in label.get("applied", ()):
        yield bar["label"]
