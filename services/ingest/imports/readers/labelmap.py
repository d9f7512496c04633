"""Which class a value or colour in a mask of Pascal VOC means: what `labelmap.txt` says, else VOC itself. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from services.ingest.imports.readers.marks import Wrong
from services.ingest.imports.readers.rasters import Color, Indexed
from services.kit import voc

_VOID: Final = 255
"""The border between things, of no class."""
_VOID_COLOR: Final = (224, 224, 192)
_LINE: Final = re.compile(r"(?P<name>[^:]+):(?:(?P<red>\d{1,3}),(?P<green>\d{1,3}),(?P<blue>\d{1,3}))?(?::.*)?")
_BACKGROUND: Final = "background"
_OF_VOC: Final = (
    _BACKGROUND, "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable",
    "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
)  # fmt: skip


class LabelMap:
    """Classes in their order, some or all of them with a colour."""

    def __init__(self, text: str | None) -> None:
        """`text` of the file; None where there is none. Raises Wrong if it holds no class."""
        self._names: list[str] = []
        self._colors: dict[Color, int] = {}
        for name, color in _lines(text or ""):
            if color is not None:
                self._colors.setdefault(color, len(self._names))
            self._names.append(name)
        if text is not None and not self._names:
            raise Wrong("labelmap", "It has no line such as 'cat:128,0,0::'.")
        self._names = self._names or list(_OF_VOC)

    def names(self, found: Indexed) -> list[str]:
        """The class of each value of a mask; empty for what is of none. Raises Wrong.

        The colour of a value says which class it is, unless the file knows none of it: then its number does.
        """
        values = [value for value, _ in found.values]
        if found.colored:
            return [self._of_color(found.palette[value]) for value in values]
        places = [self._colors.get(found.palette[value]) if value < len(found.palette) else None for value in values]
        numbered = all(place is None for place in places)
        return [self._name(value, value if numbered else place) for value, place in zip(values, places, strict=True)]

    def _of_color(self, color: Color) -> str:
        known = self._colors or {voc.color(number): number for number in range(len(self._names))}
        place = known.get(color)
        if place is not None:
            return self._called(place)
        if color == _VOID_COLOR:
            return ""
        shown = ", ".join(map(str, color))
        raise Wrong("category_dangling", f"The mask holds the colour {shown}, for which the zip file has no class.")

    def _called(self, place: int) -> str:
        name = self._names[place]
        return "" if place == 0 and name.casefold() == _BACKGROUND else name

    def _name(self, value: int, place: int | None) -> str:
        if place is not None and place < len(self._names):
            return self._called(place)
        if value == _VOID:
            return ""
        raise Wrong("category_dangling", f"The mask holds the value {value}, for which the zip file has no class.")


def _lines(text: str) -> Iterator[tuple[str, Color | None]]:
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found and (found["red"] or not line.startswith("#")):
            color = (int(found["red"]), int(found["green"]), int(found["blue"])) if found["red"] else None
            yield found["name"].strip(), color
