"""From numbers of a file to pixels of the upright picture. Pure; nothing outside the picture is moved into it."""

from collections.abc import Callable, Sequence
from typing import Final

from services.contracts.items import Media
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unit, Wrong

_ROUNDING: Final = 0.01
_SHARE: Final = 2e-6
"""Numbers written with six decimals miss the edge by so much of it: what lies no further outside lies on the edge."""

_UPRIGHT: Final[dict[int, Callable[[float, float, float, float], tuple[float, float]]]] = {
    5: lambda x, y, _width, _height: (y, x),
    6: lambda x, y, _width, height: (height - y, x),
    7: lambda x, y, width, height: (height - y, width - x),
    8: lambda x, y, width, _height: (y, width - x),
}
"""By EXIF orientation: from the raster as stored, `width` x `height`, to the upright picture."""


class Scale:
    """One picture. Raises Wrong when the file says that it has another size, unless that of the raster as stored."""

    def __init__(self, media: Media, picture: Picture, unit: Unit, *, exact: bool = False) -> None:
        """`exact`: points keep all their decimals."""
        self._media, self._shares, self._exact = media, unit is Unit.SHARES, exact
        self._turn: Callable[[float, float, float, float], tuple[float, float]] | None = None
        said, true = (picture.width, picture.height), (media.width, media.height)
        if self._shares or not all(said) or said == true:
            return
        if said != (media.height, media.width) or media.orientation not in _UPRIGHT:
            text = f"The file says {said[0]:g} x {said[1]:g} pixels; the picture has {true[0]} x {true[1]}."
            raise Wrong("size_differs", text)
        self._turn = _UPRIGHT[media.orientation]

    def points(self, mark: Mark) -> list[float]:
        """Of a mark, in pixels with two decimals, unless all are wanted."""
        if mark.kind not in (Kind.BOX, Kind.POLYGON):
            return list(mark.points)
        pairs = list(zip(mark.points[::2], mark.points[1::2], strict=False))
        odd = list(mark.points[len(pairs) * 2 :])
        width, height = float(self._media.width), float(self._media.height)
        if self._shares:
            pairs = [(x * width, y * height) for x, y in pairs]
        if self._turn is not None:
            pairs = [self._turn(x, y, height, width) for x, y in pairs]
        found = [value for x, y in pairs for value in (self._settled(x, width), self._settled(y, height))] + odd
        return _ordered(found) if mark.kind is Kind.BOX and self._turn is not None else found

    def _settled(self, value: float, most: float) -> float:
        slack = _ROUNDING + most * _SHARE
        if -slack <= value < 0:
            return 0.0
        if most < value <= most + slack:
            return most
        return value if self._exact else round(value, 2) + 0.0


def _ordered(box: Sequence[float]) -> list[float]:
    x0, y0, x1, y1 = box
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]
