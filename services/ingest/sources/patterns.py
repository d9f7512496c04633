"""Patterns of a data source: which keys below its prefix are meant. Must never take long, whatever the pattern."""

import fnmatch
import re
from collections.abc import Callable, Sequence
from typing import Final

from services.contracts import limits
from services.contracts.projects import DataSource

DEEP: Final = "**"
_Segment = Callable[[str], object]


class WrongPatternError(ValueError):
    """The pattern can't be meant. The text says what would be right."""


class Pattern:
    """`**` is everything below the folder, `*` the folder itself; else a glob in which `**` is any number of folders.

    Case matters, as in the names of objects.
    """

    def __init__(self, text: str) -> None:
        """Compile. Raises WrongPatternError."""
        if not text:
            raise WrongPatternError("must not be empty: ** takes all subfolders, * this folder only")
        if len(text.encode("utf-8", "surrogatepass")) > limits.KEY_BYTES:
            raise WrongPatternError(f"must not be longer than {limits.KEY_BYTES} bytes")
        if text.startswith("/"):
            raise WrongPatternError("must not start with a slash: it is relative to the folder")
        parts = text.split("/")
        if parts[-1] == DEEP:
            parts.append("*")
        self._everything = set(parts[:-1]) == {DEEP} and parts[-1] == "*"
        self._parts = [None if part == DEEP else _segment(part) for part in parts]

    def matches(self, rest: str) -> bool:
        """Whether `rest`, a key without the prefix of its source, is meant."""
        return self._everything or _match(self._parts, rest.split("/"))


def _segment(glob: str) -> _Segment:
    """Raises WrongPatternError where fnmatch would take a bracket for the character, or match nothing."""
    place = 0
    while (start := glob.find("[", place)) >= 0:
        first = start + 1 + glob.startswith("!", start + 1)
        end = glob.find("]", first + 1)
        if end < 0:
            raise WrongPatternError(f"has a [ without its ] in {glob!r}: write [[] for the character itself")
        chosen = glob[first:end]
        if any(chosen[at] == "-" and chosen[at - 1] > chosen[at + 1] for at in range(1, len(chosen) - 1)):
            raise WrongPatternError(f"has a range that goes backwards in {glob!r}: write [a-z], not [z-a]")
        place = end + 1
    return re.compile(fnmatch.translate(glob)).match


def _match(parts: Sequence[_Segment | None], names: Sequence[str]) -> bool:
    """Glob over segments. On a mismatch only the last `**` takes one more folder, so nothing is tried twice."""
    part = name = 0
    deep = resume = -1
    while name < len(names):
        if part < len(parts) and (wanted := parts[part]) is None:
            deep, resume = part, name
            part += 1
        elif part < len(parts) and wanted is not None and wanted(names[name]):
            part, name = part + 1, name + 1
        elif deep >= 0:
            resume += 1
            part, name = deep + 1, resume
        else:
            return False
    return all(left is None for left in parts[part:])


def folder(source: DataSource) -> str:
    """The prefix as a folder: `photos` is `photos/`, never `photos-old/`."""
    return source.prefix if not source.prefix or source.prefix.endswith("/") else source.prefix + "/"
