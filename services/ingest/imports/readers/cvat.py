"""CVAT for images 1.1: one XML file, or a zip with it. Boxes, polygons, masks and tags, in pixels."""

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from services.contracts import limits
from services.ingest.imports.readers.archives import Archive
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unreadable, Wrong, broken, decimal, field
from services.ingest.imports.readers.rasters import rle
from services.ingest.imports.readers.xml import elements
from services.ingest.imports.spool import Spool

_SIDES: Final = ("xtl", "ytl", "xbr", "ybr")
_KINDS: Final = {"box", "polygon", "mask", "tag", "polyline", "points", "ellipse", "cuboid", "skeleton"}


def read(path: Path, spool: Spool) -> None:
    """Fill the spool; a shape that can't be read is noted. Raises Unreadable, Stopped."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            for image in elements(file, "annotations", "image"):
                _read(image, spool)
        return
    with Archive(path, spool) as archive:
        name = next((name for name in archive.names() if PurePosixPath(name).name == "annotations.xml"), "")
        if not name:
            raise Unreadable("The zip file has no annotations.xml.")
        try:
            text = archive.read(name)
        except Wrong as wrong:
            raise Unreadable(f"{name}: {wrong}") from wrong
        for image in elements(io.BytesIO(text), "annotations", "image"):
            _read(image, spool)


def _read(image: Element, spool: Spool) -> None:
    where = f"image {spool.pictures + 1}"
    try:
        name = str(field(image.attrib, "name"))
        width, height = (decimal(image.get(side, "0"), side) for side in ("width", "height"))
    except Wrong as wrong:
        spool.lost(where, wrong.code, str(wrong))
        return
    spool.picture(Picture(where, where, [name], width, height))
    shapes = [(f"{where}, {shape.tag} {place}", shape) for place, shape in enumerate(_shapes(image), 1)]
    for here, shape in sorted(shapes, key=lambda one: _height(one[1])):
        try:
            spool.mark(where, _mark(shape, here, int(width), int(height)))
        except Wrong as wrong:
            spool.mark(where, broken(here, wrong))


def _shapes(image: Element) -> list[Element]:
    return [shape for shape in image if shape.tag in _KINDS]


def _height(shape: Element) -> float:
    """What lies higher hides what lies lower, wherever it stands in the file."""
    try:
        return decimal(shape.get("z_order", "0"), "z_order")
    except Wrong:
        return 0.0


def _mark(shape: Element, where: str, width: int, height: int) -> Mark:
    label = str(field(shape.attrib, "label"))
    if shape.tag == "tag":
        return Mark(where, label, Kind.WHOLE)
    if shape.tag == "box":
        if decimal(shape.get("rotation", "0"), "rotation"):
            raise Wrong("rotated", "A rotated box is no box here.")
        return Mark(where, label, Kind.BOX, [decimal(shape.get(side, ""), side) for side in _SIDES])
    if shape.tag == "polygon":
        words = shape.get("points", "").replace(";", ",").split(",")
        return Mark(where, label, Kind.POLYGON, [decimal(word, "points") for word in words if word.strip()])
    if shape.tag == "mask":
        return Mark(where, label, Kind.MASK, rle=_mask(shape, width, height), size=(height, width))
    return Mark(where, label, Kind.OTHER)


def _mask(shape: Element, width: int, height: int) -> str:
    """CVAT counts runs row by row inside a rectangle of the picture."""
    left, top, wide, high = (int(decimal(shape.get(side, ""), side)) for side in ("left", "top", "width", "height"))
    if not 0 < width * height <= limits.PREVIEW_PIXELS:
        raise Wrong("mask", "The size of the picture is missing or too large.")
    if left < 0 or top < 0 or wide < 1 or high < 1 or left + wide > width or top + high > height:
        raise Wrong("outside", "The mask lies outside the picture.")
    runs = np.array([int(decimal(word, "rle")) for word in shape.get("rle", "").split(",") if word.strip()], np.int64)
    if len(runs) > limits.MASK_RUNS or (runs < 0).any() or runs.sum() > wide * high:
        raise Wrong("mask", "rle does not fit its rectangle.")
    values = np.zeros(wide * high, np.uint8)
    painted = np.repeat(np.arange(len(runs)) % 2, runs)
    values[: len(painted)] = painted
    pixels = np.zeros((height, width), np.uint8)
    pixels[top : top + high, left : left + wide] = values.reshape(high, wide)
    return rle(pixels)
