"""From the labels of a request to a label set: ids, order, depth, colours. Every mistake names its label."""

import secrets
from collections.abc import Sequence
from typing import Final

from services.contracts import limits
from services.contracts.ids import name_key
from services.contracts.labels import Label, LabelSet, Shape
from services.contracts.problems import FieldProblem
from services.contracts.projects import TaskType
from services.gateway.projects.palette import color
from services.gateway.projects.schemas import NewLabel
from services.gateway.refusals import wrong
from services.kit.problems import Refused

SET_ID: Final = "main"
_MOST_PROBLEMS: Final = 50


def label_set(task_type: TaskType, new: Sequence[NewLabel]) -> LabelSet:
    """The one label set of a project, labels depth first. Raises 422 with all mistakes."""
    if task_type.regions is Shape.MASK and len(new) > limits.MASKS:
        raise wrong("labels", f"may be {limits.MASKS} in a mask project; there are {len(new):,}")
    tree = _Tree(new)
    if tree.problems:
        problems = tree.problems[:_MOST_PROBLEMS]
        raise Refused(422, "invalid", f"{problems[0].field}: {problems[0].message}", problems)
    labels: list[Label] = []
    ids = _ids(len(new))
    for position, index in enumerate(tree.depth_first()):
        parent = tree.parents[index]
        labels.append(
            Label(
                id=ids[index],
                name=new[index].name,
                parent="" if parent is None else ids[parent],
                color=new[index].color.lower() or color(position),
            )
        )
    return LabelSet(id=SET_ID, multi=task_type.multi, labels=labels)


def _ids(count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made[f"l{secrets.token_hex(4)}"] = None
    return list(made)


class _Tree:
    """Resolves parents and finds what is wrong.

    Unknown parents, circles, more levels than the limit, two labels of one path.
    """

    def __init__(self, new: Sequence[NewLabel]) -> None:
        self._new = new
        self.problems: list[FieldProblem] = []
        self.parents: list[int | None] = [None] * len(new)
        self._by_path = self._resolve_paths()
        for index, label in enumerate(new):
            self.parents[index] = self._parent(index, label)
        for index in range(len(new)):
            self._check_depth(index)
        if not self.problems:
            self._check_names()

    def _resolve_paths(self) -> dict[str, int]:
        """Paths of all labels that can be reached from the top by name: at most as many rounds as levels."""
        paths: dict[str, int] = {}
        placed: dict[int, str] = {}
        for _ in range(limits.LABEL_DEPTH):
            for index, label in enumerate(self._new):
                above = self._path_above(label, paths, placed)
                if index not in placed and above is not None:
                    placed[index] = above + name_key(label.name)
                    paths.setdefault(placed[index], index)
        return paths

    def _path_above(self, label: NewLabel, paths: dict[str, int], placed: dict[int, str]) -> str | None:
        if label.parent is None or label.parent == "":
            return ""
        if isinstance(label.parent, int):
            above = placed.get(label.parent)
            return None if above is None else above + "/"
        wanted = _path_key(label.parent)
        return wanted + "/" if wanted in paths else None

    def _parent(self, index: int, label: NewLabel) -> int | None:
        if label.parent is None or label.parent == "":
            return None
        if isinstance(label.parent, int):
            if 0 <= label.parent < len(self._new) and label.parent != index:
                return label.parent
        else:
            found = self._by_path.get(_path_key(label.parent))
            if found is not None and found != index:
                return found
        self._say(index, "parent", "names no other label of this list")
        return None

    def _check_depth(self, index: int) -> None:
        above: int | None = index
        for _ in range(limits.LABEL_DEPTH):
            above = None if above is None else self.parents[above]
        if above is not None:
            self._say(index, "parent", f"makes more than {limits.LABEL_DEPTH} levels, or a circle")

    def _check_names(self) -> None:
        """Exports name a class by its path: names with a slash must not make one path of two labels."""
        seen: dict[str, int] = {}
        for index in range(len(self._new)):
            first = seen.setdefault(self._path(index), index)
            if first == index:
                continue
            if self.parents[first] == self.parents[index]:
                self._say(index, "name", f"is there twice: labels.{first} has the same name and the same parent")
            else:
                shown = f"its path from the top is that of labels.{first}"
                self._say(index, "name", f"is there twice: {shown}, so that exports could not tell them apart")

    def _path(self, index: int) -> str:
        names: list[str] = []
        place: int | None = index
        while place is not None:
            names.append(name_key(self._new[place].name))
            place = self.parents[place]
        return "/".join(reversed(names))

    def _say(self, index: int, field: str, message: str) -> None:
        self.problems.append(FieldProblem(field=f"labels.{index}.{field}", message=message))

    def depth_first(self) -> list[int]:
        """Places of the request in the order in which labels are shown."""
        children: dict[int | None, list[int]] = {}
        for index, parent in enumerate(self.parents):
            children.setdefault(parent, []).append(index)
        order: list[int] = []
        waiting = list(reversed(children.get(None, [])))
        while waiting:
            index = waiting.pop()
            order.append(index)
            waiting.extend(reversed(children.get(index, [])))
        return order


def _path_key(path: str) -> str:
    return "/".join(name_key(name) for name in path.split("/"))
