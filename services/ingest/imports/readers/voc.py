"""Pascal VOC: a zip of an XML file a picture, boxes in pixels as they stand there, masks as PNGs."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element

from services.contracts.labels import Shape
from services.ingest.imports.readers.archives import PICTURES, Archive
from services.ingest.imports.readers.labelmap import LabelMap
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unreadable, Wrong, broken, decimal
from services.ingest.imports.readers.rasters import png
from services.ingest.imports.readers.xml import elements
from services.ingest.imports.spool import Spool

_SIDES: Final = ("xmin", "ymin", "xmax", "ymax")
_TEXTS: Final = "Annotations"
_MASKS: Final = "SegmentationClass"
_CLASSES: Final = "labelmap.txt"


def read(path: Path, spool: Spool, shape: Shape | None) -> None:
    """Fill the spool; a file or object that can't be read is noted. Raises Unreadable, Stopped.

    Where the project has masks and the zip too, XML files only say what pictures are called.
    """
    with Archive(path, spool) as archive:
        names = list(archive.names())
        texts = [name for name in names if name.lower().endswith(".xml")]
        masks = _masks(names) if shape is Shape.MASK else {}
        known = dict(_read_text(archive, name, masks, spool) for name in texts)
        if masks:
            classes = _classes(archive, names)
            for stem, name in masks.items():
                _read_mask(archive, name, known.get(stem, ""), classes, spool)
    if not texts and not masks:
        raise Unreadable(f"The zip file has no XML file{f' and no PNG in {_MASKS}' if shape is Shape.MASK else ''}.")


def _masks(names: Sequence[str]) -> dict[str, str]:
    """PNGs of classes by what they have in common with their XML files."""
    pngs = (name for name in names if name.lower().endswith(".png") and _MASKS in PurePosixPath(name).parts)
    return {_stem(name, _MASKS): name for name in pngs if not PurePosixPath(name).name.startswith("._")}


def _stem(name: str, folder: str) -> str:
    """A name without its ending and the first part that is called `folder`."""
    parts = list(PurePosixPath(name).with_suffix("").parts)
    if folder in parts:
        parts.remove(folder)
    return "/".join(parts)


def _read_text(archive: Archive, name: str, masks: Mapping[str, str], spool: Spool) -> tuple[str, str]:
    """The stem of an XML file, and the picture it tells of; none where it can't be read."""
    stem = _stem(name, _TEXTS)
    if masks and stem not in masks:
        spool.problem(name, "mask_missing", f"The zip file has no mask for it in {_MASKS}.")
        return stem, ""
    try:
        _read_file(archive.read(name), name, spool, boxes=not masks)
    except Wrong as wrong:
        spool.problem(name, wrong.code, str(wrong))
        return stem, ""
    return stem, name


def _read_file(data: bytes, name: str, spool: Spool, *, boxes: bool) -> None:
    """Raises Wrong."""
    try:
        for annotation in elements(io.BytesIO(data), "annotation", "annotation"):
            _read(annotation, name, spool, boxes=boxes)
    except Unreadable as unreadable:
        raise Wrong("not_xml", str(unreadable)) from unreadable


def _read(annotation: Element, name: str, spool: Spool, *, boxes: bool) -> None:
    width, height = (decimal(annotation.findtext(f"size/{side}") or "0", side) for side in ("width", "height"))
    spool.picture(Picture(name, name, _names(annotation, name), width, height))
    for place, found in enumerate(annotation.iterfind("object") if boxes else (), 1):
        where = f"{name}, object {place}"
        try:
            spool.mark(name, _mark(found, where))
        except Wrong as wrong:
            spool.mark(name, broken(where, wrong))


def _names(annotation: Element, name: str) -> Sequence[str]:
    file = (annotation.findtext("filename") or "").strip()
    if not file:
        raise Wrong("field_missing", "filename is missing.")
    folder = (annotation.findtext("folder") or "").strip()
    beside = PurePosixPath(name).parent / PurePosixPath(file).name
    path = (annotation.findtext("path") or "").strip()
    return [one for one in (file, f"{folder}/{file}" if folder else "", str(beside), path) if one]


def _mark(found: Element, where: str) -> Mark:
    label = (found.findtext("name") or "").strip()
    if not label:
        raise Wrong("field_missing", "name is missing.")
    box = found.find("bndbox")
    if box is None:
        return Mark(where, label, Kind.OTHER)
    return Mark(where, label, Kind.BOX, [decimal(box.findtext(side) or "", side) for side in _SIDES])


def _classes(archive: Archive, names: Sequence[str]) -> LabelMap:
    """The list of classes; those of VOC without one. Raises Unreadable."""
    name = next((name for name in names if PurePosixPath(name).name == _CLASSES), "")
    try:
        return LabelMap(archive.text(name) if name else None)
    except Wrong as wrong:
        raise Unreadable(f"{name}: {wrong}") from wrong


def _read_mask(archive: Archive, name: str, ref: str, classes: LabelMap, spool: Spool) -> None:
    """A mask for each class of a PNG. One without an XML file is called like the picture that it is for."""
    if not ref:
        ref, stem = name, _stem(name, _MASKS)
        spool.picture(Picture(ref, name, [f"{stem}{ending}" for ending in PICTURES], stem=stem))
    try:
        found = png(archive.read(name), colors=True)
        masks = [
            Mark(name, label, Kind.MASK, rle=text, size=found.size)
            for (_, text), label in zip(found.values, classes.names(found), strict=True)
            if label
        ]
    except Wrong as wrong:
        masks = [broken(name, wrong)]
    for mark in masks:
        spool.mark(ref, mark)
