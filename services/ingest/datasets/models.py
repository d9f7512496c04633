"""Data sets as they are stored. Pure."""

from collections import Counter
from typing import Any, Final

from services.contracts.datasets import Dataset
from services.contracts.ingest_api import DatasetVersion
from services.kit.store import Document

_MOST_KINDS: Final = 50
OTHERS: Final = "*"
"""Stands for all extensions beyond the first fifty: keys that end in numbers would have a million."""
SAMPLES: Final = 12


class Count:
    """What was counted so far of a version; goes on where `document` stopped."""

    def __init__(self, document: Document) -> None:
        """`document` is that of the version."""
        self.after: str = document["after"]
        self._count, self._bytes = int(document["count"]), int(document["bytes"])
        self._kinds = Counter(dict(document["kinds"]))
        self.samples: list[str] = list(document["samples"])

    def add(self, key: str, size: int, kind: str, *, shows: bool) -> None:
        """One object; `shows`: it may stand for the others."""
        self._count += 1
        self._bytes += size
        known = kind in self._kinds or len(self._kinds) < _MOST_KINDS
        self._kinds[kind if known else OTHERS] += 1
        if shows and len(self.samples) < SAMPLES:
            self.samples.append(key)

    def fields(self) -> dict[str, Any]:
        """As stored."""
        kinds = [[kind, number] for kind, number in self._kinds.items()]
        counted = {"count": self._count, "bytes": self._bytes, "kinds": kinds, "samples": self.samples}
        return {"after": self.after, **counted}


NOTHING: Final = {"after": "", "count": 0, "bytes": 0, "kinds": [], "samples": [], "counted_at": None, "problem": ""}
"""Fields of a version of which nothing is counted yet."""
_OWN: Final = frozenset({"count", "bytes", "by_extension", "counted_at", "problem", "revision"})


def version_id(dataset: str, version: int) -> str:
    """Id of the document of a version; they sort as their numbers."""
    return f"{dataset}/{version:08d}"


def fields_of(dataset: Dataset) -> Document:
    """What is stored of a version and never changes."""
    return dataset.model_dump(mode="json", by_alias=False, exclude=set(_OWN))


def read(document: Document, revision: int) -> Dataset:
    """The data set at the version of the document."""
    return Dataset.model_validate(
        {
            **document["fields"],
            "revision": revision,
            "count": document["count"],
            "bytes": document["bytes"],
            "by_extension": dict(document["kinds"]),
            "counted_at": document["counted_at"],
            "problem": document["problem"],
        }
    )


def view(document: Document, head: Document) -> DatasetVersion:
    """A version as it is answered; `head` is the document of the data set."""
    return DatasetVersion(dataset=read(document, head["revision"]), samples=document["samples"], newest=head["newest"])
