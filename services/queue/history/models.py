"""A change of an item's label state: its row in history, its event, and what it adds to the counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from services.contracts.items import Media, Source
from services.contracts.labels import Answer, Effort, ItemLabel, LabelEvent, PrelabelUse, Region, RegionsRef
from services.contracts.projects import Project
from services.kit.store import Document
from services.queue.items import models as items

Names = Mapping[tuple[str, str], str]
"""(set, label) to the name that the label has now."""

_LABELED: Final = ("by", "at", "applied", "approved")
"""What a row keeps of the label itself: who made it, which is not always who made the change, and its regions."""
_NAMES_MOST = 200_000
"""Bytes of names in one event. They are for convenience: an item with thousands of labels goes without."""


@dataclass(frozen=True)
class Change:
    """An item before and after one step of its version.

    `by` is empty when the system made it; `at` in epoch milliseconds.
    """

    event: type[LabelEvent]
    before: Document
    after: Document
    at: int
    by: str = ""

    @cached_property
    def state(self) -> ItemLabel:
        """The full label state that the change led to. Without names: those stand in events only."""
        item, label = self.after, self.after.get("label") or {}
        effort, media = label.get("effort"), item.get("media")
        return ItemLabel(
            item=item["_id"],
            project=item["project"],
            version=item["version"],
            state=item["state"],
            project_version=label.get("project_version", 0),
            source=Source.model_validate(item["source"]),
            media=Media.model_validate(media) if media else None,
            answers=[Answer.model_validate(answer) for answer in label.get("answers", [])],
            regions=[Region.model_validate(region) for region in label.get("regions", [])],
            regions_ref=RegionsRef.model_validate(label["regions_ref"]) if label.get("regions_ref") else None,
            by=self.by,
            effort=Effort.model_validate(effort) if effort else None,
            prelabel=PrelabelUse.model_validate(label["prelabel"]) if label.get("prelabel") else None,
            skip_reason=label.get("skip_reason", ""),
            note=label.get("note", ""),
            source_changed=item.get("source_changed", False),
            import_id=label.get("import_id", ""),
            changed_at=datetime.fromtimestamp(self.at / 1000, UTC),
        )

    def counters(self) -> dict[str, int]:
        """What the change adds to the counters of its project."""
        return items.difference(items.counts(self.after), items.counts(self.before))


def row(change: Change) -> Document:
    """The document of `history`: the label state as it was at this version."""
    state = change.state.model_dump(mode="json")
    label = change.after.get("label") or {}
    kept = {name: label[name] for name in _LABELED if name in label}
    return {"_id": f"{state['item']}:{state['version']}", **state, "at": change.at, "label": kept}


def event(change: Change, names: Names) -> LabelEvent:
    """The event of a change, with the names that its labels have now."""
    state = change.state
    named = [[names.get((answer.set, label), "") for label in answer.labels] for answer in state.answers]
    if sum(len(name.encode()) for group in named for name in group) <= _NAMES_MOST:
        answers = [
            answer.model_copy(update={"names": group}) for answer, group in zip(state.answers, named, strict=True)
        ]
        state = state.model_copy(update={"answers": answers})
    return change.event(item=state)


def names_of(project: Project | None) -> Names:
    """All label names of a project."""
    if project is None:
        return {}
    return {(group.id, label.id): label.name for group in project.label_sets for label in group.labels}
