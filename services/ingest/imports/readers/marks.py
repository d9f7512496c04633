"""What readers find: pictures (any items) and marks on them, as the file says it. Pure."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

_PLACE_CHARS: Final = 200
_HUGE: Final = re.compile(r"-?\d{19,}|-?\d+(?:\.\d+)?[eE]\+?\d{3,}")
"""A number that stands in JSON but is none that a float can hold, so that it comes as a text."""


class Kind(StrEnum):
    """What a mark is: a label of the whole item, or a region."""

    WHOLE = "label of the whole item"
    BOX = "box"
    POLYGON = "polygon"
    MASK = "mask"
    SPAN = "entity"
    OTHER = "shape of another kind"


class Unit(StrEnum):
    """What numbers of boxes and polygons count: pixels of the picture, or shares of its width and height."""

    PIXELS = "pixels"
    SHARES = "shares"


class Mark(NamedTuple):
    """A label in the file. `label` is a name, or what stands for one in it.

    `points` as in a Region; `rle` is COCO's compressed text, `size` the height and width that it is for. `key` is an
    address of a mask in object storage. `wrong` is code and sentence of one that can't be read.
    """

    where: str
    label: str
    kind: Kind
    points: Sequence[float] = ()
    rle: str = ""
    size: Sequence[int] = ()
    confidence: float | None = None
    key: str = ""
    wrong: Sequence[str] = ()


class Picture(NamedTuple):
    """An item in the file: what it may be called, and how large it is said to be (0: not said).

    `text` is the content of an item that has no name. Spans then count its code points, and white space may differ.
    `cells` are those of a row of a table that has none. `stem` is the name where the file does not say the ending, so
    that `names` are guesses.
    """

    ref: str
    where: str
    names: Sequence[str]
    width: float = 0
    height: float = 0
    text: str = ""
    cells: Mapping[str, str] = {}
    stem: str = ""

    @property
    def called(self) -> str:
        """How messages name it; empty where it has no name."""
        return self.stem or next(iter(self.names), "")


class Unreadable(Exception):
    """The file is not what it should be, as a whole. The message is a sentence for its owner."""


class Wrong(Exception):
    """One thing of the file is wrong. `code` is stable, the message a sentence without its place."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def broken(where: str, wrong: Wrong) -> Mark:
    """A mark that is there but can't be read: the item has to know, or half a label would pass for a whole one."""
    return Mark(where, "", Kind.OTHER, wrong=(wrong.code, str(wrong)))


def parsed(text: str, what: str = "It") -> Any:
    """JSON of a line or cell, which `what` calls. Raises Wrong, with the place in it."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        expected = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise Wrong("not_json", f"{what} is no JSON at character {error.pos + 1:,}: {expected}.") from error
    except RecursionError as error:
        raise Wrong("not_json", f"{what} is JSON that is nested too deep.") from error
    except ValueError as error:  # of integers only
        raise Wrong("not_json", f"{what} holds a number of too many digits.") from error


def number(value: Any, name: str) -> float:
    """A finite number. Raises Wrong."""
    if isinstance(value, str) and _HUGE.fullmatch(value):
        raise Wrong("not_a_number", f"{name} is too large a number: {short(value)}.")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong("not_a_number", f"{name} must be a number, not {short(value)}.")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise Wrong("not_a_number", f"{name} must be a finite number, not {short(value)}.")
    return found


def numbers(values: Any, name: str) -> list[float]:
    """A list of finite numbers. Raises Wrong."""
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise Wrong("not_a_list", f"{name} must be a list of numbers, not {short(values)}.")
    return [number(value, name) for value in values]


def decimal(text: str, name: str) -> float:
    """A finite number of a text. Raises Wrong."""
    try:
        return number(float(text), name)
    except ValueError:
        raise Wrong("not_a_number", f"{name} must be a number, not {short(text)}.") from None


def field(found: Mapping[str, Any], name: str) -> Any:
    """A field that has to be there. Raises Wrong."""
    if name not in found:
        raise Wrong("field_missing", f"{name} is missing.")
    return found[name]


def share(value: Any, name: str) -> float | None:
    """A confidence from 0 to 1; None where there is none. Raises Wrong."""
    if value is None:
        return None
    found = number(value, name)
    if not 0 <= found <= 1:
        raise Wrong("confidence", f"{name} must be from 0 to 1, not {found:g}.")
    return found


def clean(text: str) -> str:
    """A text that every store takes: halves of surrogate pairs, which JSON may hold, are written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def short(value: object) -> str:
    """A value as a sentence can hold it."""
    text = repr(value)
    return text if len(text) <= _PLACE_CHARS else f"{text[:_PLACE_CHARS]}…"
