"""From a flat list of labels to a label set: order, parents, colours."""

import re

from services.contracts import limits
from services.contracts.projects import TaskType
from services.gateway.projects.labels import label_set
from services.gateway.projects.schemas import NewLabel


def made(*labels: NewLabel) -> list[tuple[str, str]]:
    """Name and name of the parent, in order."""
    found = label_set(TaskType.IMAGE_MULTI_CLASS, labels).labels
    names = {label.id: label.name for label in found}
    return [(label.name, names.get(label.parent, "")) for label in found]


def test_labels_come_depth_first_whatever_their_order() -> None:
    labels = (
        NewLabel(name="puppy", parent="animal/dog"),
        NewLabel(name="thing"),
        NewLabel(name="dog", parent="Animal"),
        NewLabel(name="animal"),
        NewLabel(name="cat", parent=3),
    )
    assert made(*labels) == [("thing", ""), ("animal", ""), ("dog", "animal"), ("puppy", "dog"), ("cat", "animal")]


def test_one_name_may_stand_below_two_parents() -> None:
    labels = (NewLabel(name="a"), NewLabel(name="b"), NewLabel(name="x", parent=0), NewLabel(name="x", parent="b"))
    assert made(*labels) == [("a", ""), ("x", "a"), ("b", ""), ("x", "b")]


def test_colours_are_given_by_place_and_kept_when_chosen() -> None:
    labels = [NewLabel(name="a"), NewLabel(name="b", color="#ABCDEF"), *(NewLabel(name=f"l{n}") for n in range(40))]
    colors = [label.color for label in label_set(TaskType.IMAGE_MULTI_LABEL, labels).labels]
    assert colors[1] == "#abcdef"
    assert len(set(colors)) == len(colors)
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in colors)


def test_as_many_labels_as_the_limit_have_ids_of_their_own() -> None:
    labels = [NewLabel(name=f"l{n}", parent=n - 1 if n % 6 else None) for n in range(limits.LABELS)]
    found = label_set(TaskType.IMAGE_MULTI_LABEL, labels)
    assert found.multi
    assert len({label.id for label in found.labels}) == limits.LABELS
