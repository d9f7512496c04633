"""Pascal VOC: a zip of an XML file a picture, boxes in pixels as they stand there."""

import io
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element

from services.ingest.imports.readers.archives import Archive
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unreadable, Wrong, decimal
from services.ingest.imports.readers.xml import elements
from services.ingest.imports.spool import Spool

_SIDES: Final = ("xmin", "ymin", "xmax", "ymax")


def read(path: Path, spool: Spool) -> None:
    """Fill the spool; a file or object that can't be read is noted. Raises Unreadable, Stopped."""
    found = 0
    with Archive(path, spool) as archive:
        for name in archive.names():
            if not name.lower().endswith(".xml"):
                continue
            found += 1
            try:
                _read_file(archive.read(name), name, spool)
            except Wrong as wrong:
                spool.problem(name, wrong.code, str(wrong))
    if not found:
        raise Unreadable("The zip file has no XML file.")


def _read_file(data: bytes, name: str, spool: Spool) -> None:
    """Raises Wrong."""
    try:
        for annotation in elements(io.BytesIO(data), "annotation", "annotation"):
            _read(annotation, name, spool)
    except Unreadable as broken:
        raise Wrong("not_xml", str(broken)) from broken


def _read(annotation: Element, name: str, spool: Spool) -> None:
    width, height = (decimal(annotation.findtext(f"size/{side}") or "0", side) for side in ("width", "height"))
    spool.picture(Picture(name, name, _names(annotation, name), width, height))
    for place, found in enumerate(annotation.iterfind("object"), 1):
        where = f"{name}, object {place}"
        try:
            spool.mark(name, _mark(found, where))
        except Wrong as wrong:
            spool.problem(where, wrong.code, str(wrong), name)
            spool.mark(name, Mark(where, "", Kind.OTHER))


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
