"""COCO JSON: that of Azure in shares, the standard one in pixels, masks as run-length encodings of both kinds.

The file is read three times, for its categories, its images and its annotations, since they may stand in any order.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from services.contracts import limits
from services.contracts.labels import Shape
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
    numbers,
    share,
    short,
)
from services.ingest.imports.spool import Spool
from services.kit import masks

_NAMES: Final = ("file_name", "coco_url", "absolute_url", "path", "image_url")
_BOX: Final = 4


def read(path: Path, spool: Spool, shape: Shape | None) -> None:
    """Fill the spool. `shape` is what the project takes where an annotation has several. Raises Unreadable, Stopped."""
    for place, category in enumerate(elements(path, "categories.item")):
        where = f"categories[{place}]"
        try:
            name = _named(_object(category))
            spool.category(_ref(field(category, "id"), "id"), name)
        except Wrong as wrong:
            spool.problem(where, wrong.code, str(wrong))
    found = 0
    for place, image in enumerate(elements(path, "images.item")):
        found += 1
        where = f"images[{place}]"
        try:
            spool.picture(_picture(_object(image), where))
        except Wrong as wrong:
            spool.lost(where, wrong.code, str(wrong))
    for place, annotation in enumerate(elements(path, "annotations.item")):
        found += 1
        where = f"annotations[{place}]"
        try:
            found_in = _object(annotation)
            ref = _ref(field(found_in, "image_id"), "image_id")
        except Wrong as wrong:
            spool.problem(where, wrong.code, str(wrong))
        else:
            _annotate(found_in, ref, where, spool, shape)
    if not found:
        raise Unreadable("The file is no COCO file: it has neither images nor annotations.")
    spool.unit = Unit.SHARES if spool.small > spool.large else Unit.PIXELS


def _named(category: Mapping[str, Any]) -> str:
    """Raises Wrong."""
    name = field(category, "name")
    if name is None or name == "":
        raise Wrong("field_missing", "name is empty.")
    return str(name)


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Wrong("not_an_object", f"It must be an object, not {short(value)}.")
    return value


def _picture(image: Mapping[str, Any], where: str) -> Picture:
    names = [name for key in _NAMES if isinstance(name := image.get(key), str) and name]
    if not names:
        raise Wrong("field_missing", "file_name is missing.")
    width, height = (number(image.get(side) or 0, side) for side in ("width", "height"))
    return Picture(_ref(field(image, "id"), "id"), where, names, width, height)


def _annotate(annotation: Mapping[str, Any], ref: str, where: str, spool: Spool, shape: Shape | None) -> None:
    try:
        category = _category(annotation, spool)
        confidence = share(annotation.get("score"), "score")
        marks = list(_marks(annotation, where, category, shape))
    except Wrong as wrong:
        marks, confidence = [broken(where, wrong)], None
    for mark in marks:
        spool.mark(ref, mark._replace(confidence=confidence))


def _category(annotation: Mapping[str, Any], spool: Spool) -> str:
    category = _ref(field(annotation, "category_id"), "category_id")
    if category not in spool.categories:
        raise Wrong("category_dangling", f"The category {category} is not in the file.")
    return category


def _marks(annotation: Mapping[str, Any], where: str, label: str, shape: Shape | None) -> Iterator[Mark]:
    """One mark; more for a polygon of several parts."""
    box, outline = annotation.get("bbox"), annotation.get("segmentation")
    if box and (shape in (None, Shape.BOX) or not outline):
        yield Mark(where, label, Kind.BOX, _corners(numbers(box, "bbox")))
    elif isinstance(outline, Mapping):
        yield _mask(outline, where, label)
    elif outline:
        if not isinstance(outline, Sequence) or isinstance(outline, str):
            raise Wrong("not_a_list", f"segmentation must be a list or an object, not {short(outline)}.")
        for ring in outline if isinstance(outline[0], Sequence) else [outline]:
            yield Mark(where, label, Kind.POLYGON, numbers(ring, "segmentation"))
    else:
        yield Mark(where, label, Kind.WHOLE)


def _corners(box: Sequence[float]) -> list[float]:
    if len(box) != _BOX:
        raise Wrong("bbox", f"bbox must have four numbers, x, y, width and height; it has {len(box)}.")
    x, y, width, height = box
    if width < 0 or height < 0:
        raise Wrong("bbox", f"bbox has a negative {'width' if width < 0 else 'height'}.")
    return [x, y, x + width, y + height]


def _mask(found: Mapping[str, Any], where: str, label: str) -> Mark:
    size = [int(side) for side in numbers(field(found, "size"), "segmentation.size")]
    counts = field(found, "counts")
    if isinstance(counts, str):
        return Mark(where, label, Kind.MASK, rle=counts, size=size)
    runs = numbers(counts, "segmentation.counts")
    if len(runs) > limits.MASK_RUNS:
        raise Wrong("mask", f"segmentation.counts has more than {limits.MASK_RUNS:,} runs.")
    if any(run < 0 or not run.is_integer() for run in runs):
        raise Wrong("mask", "segmentation.counts must have whole numbers from 0.")
    return Mark(where, label, Kind.MASK, rle=masks.encoded(np.array(runs, np.int64)), size=size)


def _ref(value: Any, name: str) -> str:
    """An id as text: 1, 1.0 and "1" are one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Wrong("id", f"{name} must be a number or a text, not {short(value)}.")
    return str(value)
