"""Which format a file has, from its first bytes and its name. A guess: the owner may say otherwise."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from services.contracts.imports import ImportFormat
from services.ingest.imports.readers import csv
from services.ingest.imports.readers.encoding import decoded
from services.ingest.probes.window import UnreadableError

HEAD: Final = 65_536
"""Bytes that are looked at, from the beginning and from the end."""
_MOST_COLUMNS: Final = 100
_TAG: Final = re.compile(r"\S+(?:[ \t].*)?[ \t](?:O|[BIESLU]-\S+)")
_MOST: Final = 0.5
"""Of the lines: one that is wrong does not make a file another one, and is named when it is read."""
_CSV: Final = re.compile(r"^.*(?:^|[,;\t|])\"?label_*\"?(?:[,;\t|\r]|$)", re.IGNORECASE)
"""A header with our column of labels."""
_DELIMITED: Final = (".csv", ".tsv")
_MLTABLE: Final = re.compile(r"^\s*type:\s*mltable\s*$", re.MULTILINE)


class Guess(NamedTuple):
    """The format, None where nothing fits; and the columns of CSV or of the first line of JSON Lines."""

    format: ImportFormat | None
    columns: list[str]


def guess(name: str, head: bytes, members: Iterable[str] = ()) -> Guess:
    """Look at a file by its name, its first bytes, and the names in it where it is a zip."""
    if head.startswith(b"PK"):
        return Guess(_zipped(members), [])
    text = decoded(head).lstrip()
    if name.lower().endswith(_DELIMITED) or _CSV.match(text):
        return Guess(ImportFormat.CSV, _columns(head))
    if text.startswith("{"):
        return _object(name, text)
    return Guess(_text(name, text), [])


def _columns(head: bytes) -> list[str]:
    try:
        return csv.header(head, whole=len(head) < HEAD).columns[:_MOST_COLUMNS]
    except UnreadableError:
        return []


def _text(name: str, text: str) -> ImportFormat | None:
    if text.startswith("<"):
        return ImportFormat.CVAT if "<annotations" in text else None
    if text.startswith("["):
        return ImportFormat.LABEL_STUDIO
    if PurePosixPath(name).name == "MLTable" or _MLTABLE.search(text):
        return ImportFormat.JSONL
    rows = [line for line in text.splitlines()[:50] if line.strip() and not line.startswith("#")]
    tagged = [_TAG.fullmatch(row.strip()) is not None for row in rows[:-1] or rows]
    return ImportFormat.CONLL if sum(tagged) > _MOST * len(tagged) else None


def _object(name: str, text: str) -> Guess:
    """JSON Lines have a whole object in the first line, COCO has not, or names its arrays in it."""
    first = text.partition("\n")[0]
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        is_lines = name.lower().endswith(".jsonl")
        return Guess(ImportFormat.JSONL if is_lines else ImportFormat.COCO, [])
    if not isinstance(row, Mapping) or {"images", "annotations"} & row.keys():
        return Guess(ImportFormat.COCO, [])
    return Guess(ImportFormat.JSONL, [str(column) for column in row][:_MOST_COLUMNS])


def _zipped(members: Iterable[str]) -> ImportFormat | None:
    names = list(members)
    if any(PurePosixPath(name).name == "annotations.xml" for name in names):
        return ImportFormat.CVAT
    if any(name.lower().endswith(".xml") or "SegmentationClass" in PurePosixPath(name).parts for name in names):
        return ImportFormat.VOC
    if any(name.lower().endswith(".txt") for name in names):
        return ImportFormat.YOLO
    return None
