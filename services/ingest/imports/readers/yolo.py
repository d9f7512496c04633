"""YOLO: a zip of class names and a text file a picture, with lines `class x y width height` or `class x1 y1 …`."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from services.ingest.imports.readers.archives import PICTURES, Archive
from services.ingest.imports.readers.marks import (
    Kind,
    Mark,
    Picture,
    Unit,
    Unreadable,
    Wrong,
    broken,
    decimal,
    share,
    short,
)
from services.ingest.imports.spool import Spool
from services.ingest.manifests.documents import place_of, plain

_NAMES: Final = ("classes.txt", "obj.names", "labels.txt")
_NO_LABELS: Final = (*_NAMES, "train.txt", "val.txt", "valid.txt", "test.txt", "readme.txt", "predefined_classes.txt")
_BOX, _SURE_BOX, _LEAST_POLYGON = 4, 5, 6


def read(path: Path, spool: Spool) -> None:
    """Fill the spool; a file or line that can't be read is noted. Raises Unreadable, Stopped."""
    spool.unit = Unit.SHARES
    with Archive(path, spool) as archive:
        names = list(archive.names())
        classes = _classes(archive, names)
        pictures = _pictures(names)
        for name in names:
            file = PurePosixPath(name)
            if file.suffix.lower() != ".txt" or file.name.lower() in _NO_LABELS:
                continue
            try:
                text = archive.text(name)
            except Wrong as wrong:
                spool.lost(name, wrong.code, str(wrong))
                continue
            spool.picture(_picture(name, file, pictures))
            _read_file(text, name, classes, spool)


def _read_file(text: str, name: str, classes: Mapping[int, str], spool: Spool) -> None:
    for place, line in enumerate(text.splitlines(), 1):
        where = f"{name}, line {place}"
        if not line.strip():
            continue
        try:
            spool.mark(name, _mark(line.split(), where, classes))
        except Wrong as wrong:
            spool.mark(name, broken(where, wrong))


def _mark(words: Sequence[str], where: str, classes: Mapping[int, str]) -> Mark:
    if not words[0].isdecimal() or int(words[0]) not in classes:
        raise Wrong("category_dangling", f"There is no class {short(words[0])} in the list of classes.")
    label = classes[int(words[0])]
    values = [decimal(word, "A coordinate") for word in words[1:]]
    if len(values) in (_BOX, _SURE_BOX):
        x, y, width, height = values[:_BOX]
        box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
        confidence = share(values[_BOX], "The confidence") if len(values) > _BOX else None
        return Mark(where, label, Kind.BOX, box, confidence=confidence)
    if len(values) >= _LEAST_POLYGON and len(values) % 2 == 0:
        return Mark(where, label, Kind.POLYGON, values)
    if not values:
        return Mark(where, label, Kind.WHOLE)
    raise Wrong("line", f"A box has 4 numbers behind its class, a polygon pairs of them; this line has {len(values)}.")


def _classes(archive: Archive, names: Sequence[str]) -> dict[int, str]:
    """Number to name. Raises Unreadable."""
    try:
        for name in names:
            if name.lower().endswith((".yaml", ".yml")) and (found := _listed(_document(archive, name))):
                return found
        for name in names:
            if PurePosixPath(name).name.lower() in _NAMES:
                return dict(enumerate(line.strip() for line in archive.text(name).splitlines() if line.strip()))
    except Wrong as wrong:
        raise Unreadable(f"The list of classes, {name}, can't be read: {wrong}") from wrong
    raise Unreadable("The zip file has no list of classes: data.yaml with names, or classes.txt, is missing.")


def _document(archive: Archive, name: str) -> Any:
    """Raises Wrong, Unreadable."""
    try:
        return plain(archive.text(name))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Unreadable(f"The list of classes, {name}, can't be read as YAML{place_of(error)}.") from error


def _listed(document: Any) -> dict[int, str]:
    names = document.get("names") if isinstance(document, Mapping) else None
    if isinstance(names, list):
        return {number: str(name) for number, name in enumerate(names)}
    if isinstance(names, Mapping):
        return {number: str(name) for number, name in names.items() if isinstance(number, int)}
    return {}


def _pictures(names: Sequence[str]) -> dict[str, str]:
    """Pictures in the zip, by their names without an extension."""
    pictures = [PurePosixPath(name) for name in names if name.lower().endswith(PICTURES)]
    return {str(picture.with_suffix("")): str(picture) for picture in pictures}


def _picture(name: str, file: PurePosixPath, pictures: Mapping[str, str]) -> Picture:
    """What the picture of a label file may be called: beside it, or in `images` instead of `labels`."""
    stem = file.with_suffix("")
    parts = list(stem.parts)
    stems = [str(stem)]
    if "labels" in parts:
        place = parts.index("labels")
        stems.append("/".join([*parts[:place], "images", *parts[place + 1 :]]))
        stems.append("/".join(parts[place + 1 :]))
    known = [pictures[one] for one in stems if one in pictures]
    if known:
        return Picture(name, name, [known[0], *_inside(known[0])])
    guesses = [f"{one}{ending}" for one in reversed(stems) for ending in PICTURES]
    return Picture(name, name, guesses, stem=stems[-1])


def _inside(picture: str) -> list[str]:
    """The name below `images`, which is ours when the zip was made from a project."""
    _, found, rest = picture.partition("images/")
    return [rest] if found else []
