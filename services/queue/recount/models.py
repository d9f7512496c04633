"""Counts as they are kept against counts as they are. Pure: it must never touch the store."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.kit.store import Document

INTAKE: Final = ("total", "pending", "unreadable", "changed")
"""Fields of `intake` that a recount can check."""


@dataclass(frozen=True)
class Recount:
    """Counted from the items, and `kept_…` as stored, with what the outbox still holds added."""

    project: str
    counters: Counter[str]
    intake: Counter[str]
    kept_counters: Counter[str]
    kept_intake: Counter[str]

    def drift(self) -> dict[str, tuple[int, int]]:
        """Path to (kept, counted), of those counts that differ."""
        pairs = (("counters", self.kept_counters, self.counters), ("intake", self.kept_intake, self.intake))
        return {
            f"{name}.{path}": (kept[path], counted[path])
            for name, kept, counted in pairs
            for path in sorted(kept.keys() | counted.keys())
            if kept[path] != counted[path]
        }


def flat(counters: Mapping[str, Any], prefix: str = "") -> Counter[str]:
    """A document of nested counts as dotted paths."""
    result: Counter[str] = Counter()
    for key, value in counters.items():
        if isinstance(value, Mapping):
            result.update(flat(value, f"{prefix}{key}."))
        elif key != "_id":
            result[f"{prefix}{key}"] += value
    return result


def pending(entries: Iterable[Document]) -> Counter[str]:
    """What entries of the outbox will add to the counters."""
    result: Counter[str] = Counter()
    for entry in entries:
        for path, amount in entry["counters"]:
            result[path] += amount
    return result
