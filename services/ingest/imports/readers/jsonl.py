"""JSON Lines as Azure Machine Learning reads and writes it: one line an item, coordinates as shares."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from services.contracts.labels import Shape
from services.contracts.projects import ColumnMapping
from services.ingest.imports.readers.lines import lines
from services.ingest.imports.readers.marks import (
    Kind,
    Mark,
    Picture,
    Unit,
    Wrong,
    broken,
    field,
    number,
    numbers,
    parsed,
    share,
    short,
)
from services.ingest.imports.spool import Spool

IMAGE: Final = "image_url"
LABEL: Final = "label"
CONFIDENCE: Final = "label_confidence"
_MASK: Final = "mask_url"
_CORNERS: Final = ("topX", "topY", "bottomX", "bottomY")


def read(path: Path, spool: Spool, mapping: ColumnMapping, shape: Shape | None, name: str = "") -> None:
    """Fill the spool; a line that can't be read is noted. Raises Unreadable, Stopped.

    `shape` is what the project takes. A polygon of several parts is no single region, but may fill one mask. `name` is
    that of one file of several.
    """
    spool.unit = Unit.SHARES
    for place, line in lines(path):
        if not line.strip():
            continue
        where = f"{name}, line {place}" if name else f"line {place}"
        try:
            _row(parsed(line), where, spool, mapping, parts=shape is Shape.MASK)
        except Wrong as wrong:
            spool.lost(where, wrong.code, str(wrong))


def _row(row: Any, where: str, spool: Spool, mapping: ColumnMapping, *, parts: bool) -> None:
    if not isinstance(row, Mapping):
        raise Wrong("not_an_object", f"It must be a JSON object, not {short(row)}.")
    name = field(row, mapping.image or IMAGE)
    if not isinstance(name, str) or not name:
        raise Wrong("not_a_text", f"{mapping.image or IMAGE} must be a text, not {short(name)}.")
    label = row.get(mapping.category or LABEL)
    confidences = _confidences(row.get(mapping.confidence or CONFIDENCE))
    found = labels(label, row.get(_MASK), where, confidences, parts=parts)
    spool.picture(Picture(where, where, [name]))
    for mark in found:
        spool.mark(where, mark)


def _confidences(value: Any) -> Iterator[Any]:
    return iter(value) if isinstance(value, list) else repeat(value)


def labels(label: Any, mask: Any, where: str, confidences: Iterator[Any], *, parts: bool = False) -> list[Mark]:
    """Marks of a row. `parts`: a polygon may have several."""
    if isinstance(mask, str) and mask:
        return [Mark(where, "", Kind.MASK, key=mask)]
    if label is None or label == "":
        return []
    several = label if isinstance(label, list) else [label]
    found: list[Mark] = []
    for place, one in enumerate(several, 1):
        here = f"{where}, label {place}" if isinstance(label, list) else where
        try:
            found += _marks(one, here, share(next(confidences, None), CONFIDENCE), parts=parts)
        except Wrong as wrong:
            found.append(broken(here, wrong))
    return found


def _marks(one: Any, where: str, confidence: float | None, *, parts: bool) -> list[Mark]:
    if isinstance(one, str):
        return [Mark(where, one, Kind.WHOLE, confidence=confidence)]
    if not isinstance(one, Mapping):
        raise Wrong("label", f"A label must be a text or an object, not {short(one)}.")
    name = field(one, "label")
    if not isinstance(name, str):
        raise Wrong("label", f"label must be a text, not {short(name)}.")
    kind, regions = _regions(one, parts=parts)
    return [Mark(where, name, kind, points, confidence=confidence) for points in regions]


def _regions(one: Mapping[str, Any], *, parts: bool) -> tuple[Kind, Sequence[Sequence[float]]]:
    if "topX" in one:
        return Kind.BOX, [[number(field(one, side), side) for side in _CORNERS]]
    if "offsetStart" in one:
        return Kind.SPAN, [[number(field(one, side), side) for side in ("offsetStart", "offsetEnd")]]
    if "polygon" in one:
        rings = one["polygon"]
        if not isinstance(rings, list) or not rings:
            raise Wrong("polygon", f"polygon must be a list of lists of numbers, not {short(rings)}.")
        rings = rings if isinstance(rings[0], list) else [rings]
        if len(rings) > 1 and not parts:
            raise Wrong("polygon_parts", "A polygon of several parts is no single region.")
        return Kind.POLYGON, [numbers(ring, "polygon") for ring in rings]
    return Kind.WHOLE, [()]
