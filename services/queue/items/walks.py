"""The orders in which lists go through items, each along one index. Pure: it must never touch the store.

A cursor is the place of the last item that was looked at, so a list goes on from there whatever changed meanwhile.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from services.contracts.labels import ItemState
from services.contracts.problems import FieldProblem
from services.kit.problems import Refused
from services.kit.store import Document

QUEUE: Final = (ItemState.DISCOVERED, ItemState.QUEUED, ItemState.LEASED)
"""States whose items stand in the order of the queue."""
Order: TypeAlias = list[tuple[str, int]]
_BY_QUEUE: Final[Order] = [("kind", 1), ("priority", 1), ("rank", 1)]
_NEWEST: Final[Order] = [("label.at", -1), ("_id", -1)]
_BY_ID: Final[Order] = [("_id", 1)]
_CURSORS: Final = {
    "q": re.compile(r"(\d)\.(\d)\.([01](?:\.\d{1,20})?(?:e-\d{1,2})?)"),
    "n": re.compile(r"(\d{1,15})\.([0-9a-f]{32})"),
    "i": re.compile(r"([0-9a-f]{32})"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for."""

    project: str
    state: ItemState | None = None
    label: str = ""
    labeler: str = ""

    @property
    def rest(self) -> Document:
        """What the index of the walk does not tell."""
        parts: Document = {}
        if self.labeler:
            states = [self.state] if self.state else [ItemState.LABELED, ItemState.SKIPPED]
            parts["state"] = {"$in": [state.value for state in states]}
        if self.label:
            parts["$or"] = [{"label.answers.labels": self.label}, {"label.applied.label": self.label}]
        return parts


@dataclass(frozen=True, slots=True)
class Walk:
    """Along an index: what it starts from, and its order. `kind` is the first letter of its cursors."""

    kind: str
    match: Document
    order: Order

    @classmethod
    def of(cls, wanted: Wanted) -> "Walk":
        """Newest labels of one person, the order of the queue, or that of the ids."""
        project, state = wanted.project, wanted.state
        if wanted.labeler:
            return cls("n", {"project": project, "label.by": wanted.labeler}, _NEWEST)
        if state in QUEUE:
            return cls("q", {"project": project, "state": state.value}, _BY_QUEUE)
        if state is not None or wanted.label:
            state = state or ItemState.LABELED
            return cls("i", {"project": project, "state": state.value}, _BY_ID)
        return cls("i", {"_id": {"$gt": f"{project}/", "$lt": f"{project}0"}}, _BY_ID)

    def behind(self, cursor: str, project: str) -> Document:
        """What comes after the place of `cursor`. Raises Refused."""
        if not cursor:
            return self.match
        kind, _, place = cursor.partition("-")
        found = _CURSORS[self.kind].fullmatch(place)
        if kind != self.kind or found is None:
            fields = [FieldProblem(field="cursor", message="must be the cursor of an earlier answer to this question")]
            raise Refused(422, "invalid", "The cursor is not one of this list.", fields)
        return {**self.match, **_after(self.kind, found.groups(), project)}

    def cursor(self, item: Document) -> str:
        """The place of an item."""
        id_ = item["_id"].partition("/")[2]
        if self.kind == "q":
            return f"q-{item['kind']}.{item['priority']}.{item['rank']!r}"
        return f"n-{item['label']['at']}.{id_}" if self.kind == "n" else f"i-{id_}"


def _after(kind: str, place: tuple[Any, ...], project: str) -> Document:
    if kind == "q":
        lane, priority, rank = int(place[0]), int(place[1]), float(place[2])
        return {
            "$or": [
                {"kind": lane, "priority": priority, "rank": {"$gt": rank}},
                {"kind": lane, "priority": {"$gt": priority}},
                {"kind": {"$gt": lane}},
            ]
        }
    if kind == "n":
        at, id_ = int(place[0]), f"{project}/{place[1]}"
        same = {"label.at": at, "_id": {"$lt": id_}}
        return {"label.at": {"$lte": at}, "$or": [{"label.at": {"$lt": at}}, same]}
    return {"_id": {"$gt": f"{project}/{place[0]}", "$lt": f"{project}0"}}
