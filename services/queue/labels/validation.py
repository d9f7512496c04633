"""Whether an answer fits the label sets of its project. Says the field, never changes the answer."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from services.contracts.labels import Answer, LabelSet
from services.contracts.projects import Project
from services.contracts.queue_api import SubmitItem

Wrong: TypeAlias = tuple[str, str]
"""Path of the field inside the item, and what would be right."""


class Answers:
    """The label sets of a project, ready to check answers against."""

    def __init__(self, project: Project) -> None:
        self._sets = {group.id: group for group in project.label_sets}
        self._labels = {group.id: {label.id: label.retired for label in group.labels} for group in project.label_sets}

    def wrong(self, item: SubmitItem) -> Wrong | None:
        """The first thing that is wrong with an item, None if nothing is."""
        return next(self._all_wrong(item), None)

    def _all_wrong(self, item: SubmitItem) -> Iterator[Wrong]:
        if item.regions:
            yield "regions", "must be empty: this project labels whole items"
        if item.skip:
            if item.answers:
                yield "answers", "a skipped item has no answers"
            return
        if item.skip_reason:
            yield "skip_reason", "only a skipped item has a reason"
        if not item.answers:
            yield "answers", "at least one label has to be chosen"
        yield from self._wrong_sets(item.answers)

    def _wrong_sets(self, answers: Sequence[Answer]) -> Iterator[Wrong]:
        seen: set[str] = set()
        for place, answer in enumerate(answers):
            where = f"answers.{place}"
            group = self._sets.get(answer.set)
            if group is None:
                yield f"{where}.set", f"there is no label set {answer.set!r}"
                return
            if answer.set in seen:
                yield f"{where}.set", f"the label set {answer.set!r} is answered twice"
            seen.add(answer.set)
            yield from self._wrong_labels(group, answer, where)

    def _wrong_labels(self, group: LabelSet, answer: Answer, where: str) -> Iterator[Wrong]:
        if not answer.labels:
            yield f"{where}.labels", "at least one label has to be chosen"
        if not group.multi and len(answer.labels) > 1:
            yield f"{where}.labels", "exactly one label has to be chosen"
        known = self._labels[group.id]
        seen: set[str] = set()
        for place, label in enumerate(answer.labels):
            if label not in known:
                yield f"{where}.labels.{place}", f"there is no label {label!r}"
            elif known[label]:
                yield f"{where}.labels.{place}", f"the label {label!r} is retired"
            elif label in seen:
                yield f"{where}.labels.{place}", f"the label {label!r} is chosen twice"
            seen.add(label)
