"""Names of labels in files, and the labels of the project that they mean. Pure."""

from collections import defaultdict
from typing import Final, NamedTuple

from services.contracts.projects import Project
from services.ingest.imports.readers.marks import Wrong, short

_UNKNOWN: Final = "label_unknown"


class Class(NamedTuple):
    """A label of the project, and the set that it is in."""

    set: str
    label: str


class Classes:
    """The labels of a project by name: the path from the top with slashes, else the name, else without case.

    CSV may have put an apostrophe before a name that looks like a formula.
    """

    def __init__(self, project: Project) -> None:
        labels = {label.id: label for group in project.label_sets for label in group.labels}
        self._paths: dict[str, set[Class]] = defaultdict(set)
        self._names: dict[str, set[Class]] = defaultdict(set)
        self._folded: dict[str, set[Class]] = defaultdict(set)
        self._retired = {label.id for label in labels.values() if label.retired}
        self._order: list[str] = []
        for found in (Class(group.id, label.id) for group in project.label_sets for label in group.labels):
            path, above = labels[found.label].name, labels[found.label].parent
            while above:
                path, above = f"{labels[above].name}/{path}", labels[above].parent
            self._order.append(path)
            self._paths[path].add(found)
            self._names[labels[found.label].name].add(found)
            self._folded[path.casefold()].add(found)

    def find(self, name: str) -> Class:
        """The label of a name. Raises Wrong."""
        found = self._found(name) or (self._found(name[1:]) if name.startswith("'") else set())
        if not found:
            raise Wrong(_UNKNOWN, f"The project has no label {short(name)}.")
        if len(found) > 1:
            raise Wrong(_UNKNOWN, f"The project has several labels {short(name)}: write the path from the top.")
        (one,) = found
        if one.label in self._retired:
            raise Wrong("label_retired", f"The label {short(name)} is retired.")
        return one

    def _found(self, name: str) -> set[Class]:
        return self._paths.get(name) or self._names.get(name) or self._folded.get(name.casefold()) or set()

    def numbered(self, value: int) -> str:
        """The path of the label that a value in a mask means: from 1 in the order of the project. Raises Wrong."""
        if not 0 < value <= len(self._order):
            raise Wrong(_UNKNOWN, f"The mask holds the value {value}; the project has {len(self._order)} labels.")
        return self._order[value - 1]
