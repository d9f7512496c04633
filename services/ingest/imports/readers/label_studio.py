"""The JSON export of Label Studio: tasks with annotations or predictions; boxes and polygons in percent, brushes."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from services.ingest.imports.readers import brush
from services.ingest.imports.readers.elements import elements
from services.ingest.imports.readers.marks import (
    Kind,
    Mark,
    Picture,
    Unit,
    Unreadable,
    Wrong,
    broken,
    field,
    number,
    share,
    short,
)
from services.ingest.imports.spool import Spool

_PERCENT: Final = 100
_LABELS: Final = ("choices", "taxonomy", "rectanglelabels", "polygonlabels", "labels", "hypertextlabels", "brushlabels")
_REGIONS: Final = _LABELS[2:]
"""What has a place in the item, so that it is of no use without a label. Other results have none and are no labels."""


def read(path: Path, spool: Spool) -> None:
    """Fill the spool; a task or result that can't be read is noted. Raises Unreadable, Stopped."""
    spool.unit = Unit.SHARES
    for place, task in enumerate(elements(path, "item")):
        where = f"task {place + 1}"
        try:
            _read(task, where, spool)
        except Wrong as wrong:
            spool.lost(where, wrong.code, str(wrong))
    if not spool.pictures:
        raise Unreadable("The file is no export of Label Studio: it has no list of tasks with data.")


def _read(task: Any, where: str, spool: Spool) -> None:
    data = task.get("data") if isinstance(task, Mapping) else None
    if not isinstance(data, Mapping):
        raise Wrong("field_missing", "data is missing.")
    results, confidence = _results(task)
    field_name = next((one.get("to_name") for one in results if isinstance(one, Mapping)), "")
    text = data.get("text") if isinstance(data.get("text"), str) else ""
    names = [value for value in data.values() if isinstance(value, str) and value != text]
    if not names and not text:
        raise Wrong("field_missing", f"data names no file and has no text{f' for {field_name}' if field_name else ''}.")
    spool.picture(Picture(where, where, names, text=text or ""))
    for number_, result in enumerate(results, 1):
        here = f"{where}, result {number_}"
        try:
            for mark in _marks(result, here, text or ""):
                spool.mark(where, mark._replace(confidence=confidence))
        except Wrong as wrong:
            spool.mark(where, broken(here, wrong))


def _results(task: Mapping[str, Any]) -> tuple[Sequence[Any], float | None]:
    """Those of the last annotation that was not skipped, else of the first prediction with its score."""
    for name, given in (("annotations", reversed), ("predictions", list)):
        found = task.get(name) or []
        if not isinstance(found, list):
            raise Wrong("not_a_list", f"{name} must be a list, not {short(found)}.")
        for one in given(found):
            if isinstance(one, Mapping) and not one.get("was_cancelled") and isinstance(one.get("result"), list):
                return one["result"], share(one.get("score"), "score") if name == "predictions" else None
    return [], None


def _marks(result: Any, where: str, text: str) -> Iterator[Mark]:
    value = result.get("value") if isinstance(result, Mapping) else None
    if not isinstance(value, Mapping):
        raise Wrong("field_missing", "value is missing.")
    key = next((name for name in _LABELS if name in value), "")
    if not key:
        if result.get("type") in _REGIONS:
            raise Wrong("field_missing", f"{result['type']} is missing.")
        return
    labels = value[key]
    if not isinstance(labels, list):
        raise Wrong("not_a_list", f"{key} must be a list, not {short(labels)}.")
    if not labels and key in _REGIONS:
        raise Wrong("field_missing", f"{key} is empty: the region has no label.")
    mark = _brushed(result, value, where) if key == "brushlabels" else Mark(where, "", *_region(key, value, text))
    for label in labels:
        yield mark._replace(label="/".join(map(str, label)) if isinstance(label, list) else str(label))


def _brushed(result: Mapping[str, Any], value: Mapping[str, Any], where: str) -> Mark:
    if value.get("format") != "rle":
        raise Wrong("mask", f"format of a brush must be 'rle', not {short(value.get('format'))}.")
    sides = (number(field(result, side), side) for side in ("original_height", "original_width"))
    height, width = map(int, sides)
    return Mark(where, "", Kind.MASK, rle=brush.rle(field(value, "rle"), height, width), size=(height, width))


def _region(key: str, value: Mapping[str, Any], text: str) -> tuple[Kind, list[float]]:
    if key in ("choices", "taxonomy"):
        return Kind.WHOLE, []
    if key == "rectanglelabels":
        x, y, width, height = (number(field(value, side), side) / _PERCENT for side in ("x", "y", "width", "height"))
        if value.get("rotation"):
            raise Wrong("rotated", "A rotated box is no box here.")
        return Kind.BOX, [x, y, x + width, y + height]
    if key == "polygonlabels":
        pairs = field(value, "points")
        if not isinstance(pairs, list) or not all(isinstance(pair, list) for pair in pairs):
            raise Wrong("polygon", f"points must be a list of pairs, not {short(pairs)}.")
        return Kind.POLYGON, [number(one, "points") / _PERCENT for pair in pairs for one in pair]
    if key == "labels":
        return Kind.SPAN, [float(_code_points(text, number(field(value, side), side))) for side in ("start", "end")]
    return Kind.OTHER, []


def _code_points(text: str, offset: float) -> int:
    """Label Studio counts as browsers do, two for what lies beyond the first 65,536 characters."""
    if not text or text.isascii():
        return int(offset)
    return len(text.encode("utf-16-le")[: 2 * int(offset)].decode("utf-16-le", "ignore"))
