"""From the object of an import to a filled spool. Slow: `fill` is for a thread."""

import re
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from services.contracts.imports import ImportFormat, ImportJob
from services.contracts.projects import ColumnMapping, Project
from services.ingest.imports.readers import coco, conll, csv, cvat, jsonl, label_studio, voc, yolo
from services.ingest.imports.readers.encoding import as_utf8
from services.ingest.imports.readers.marks import Unreadable
from services.ingest.imports.spool import Spool
from services.ingest.manifests import transformations
from services.ingest.probes.window import UnreadableError
from services.kit.blobs import BlobMissing, Blobs

_MLTABLE: Final = "MLTable"
_MLTABLE_BYTES: Final = 1_000_000
_PLAIN: Final = (ImportFormat.COCO, ImportFormat.JSONL, ImportFormat.LABEL_STUDIO, ImportFormat.CONLL)
"""That are read as UTF-8. Readers of the others look for the encoding themselves."""
_GLOB: Final = re.compile(r"[*?\[\]{}]")


async def download(blobs: Blobs, job: ImportJob, path: Path) -> ColumnMapping:
    """Write the file of an import to `path`, and answer how its columns are called. Raises Unreadable, BlobMissing."""
    mapping, keys = job.mapping or ColumnMapping(), [job.key]
    if PurePosixPath(job.key).name == _MLTABLE:
        text = await blobs.get_range(job.datastore, job.key, 0, _MLTABLE_BYTES)
        keys, mapping = _table(job.key, text, mapping)
    with path.open("wb") as file:
        for key in keys:
            async for piece in _pieces(blobs, job.datastore, key):
                file.write(piece)
            if len(keys) > 1:
                file.write(b"\n")
    return mapping


async def _pieces(blobs: Blobs, datastore: str, key: str) -> AsyncIterator[bytes]:
    try:
        async for piece in blobs.stream(datastore, key):
            yield piece
    except BlobMissing:
        raise Unreadable(f"There is no file {key!r} in {datastore}.") from None


def fill(job: ImportJob, path: Path, spool: Spool, project: Project, mapping: ColumnMapping) -> None:
    """Read the file. Raises Unreadable, Stopped."""
    shape = project.task_type.regions
    if job.format in _PLAIN:
        as_utf8(path)
    match job.format:
        case ImportFormat.COCO:
            coco.read(path, spool, shape)
        case ImportFormat.JSONL:
            jsonl.read(path, spool, mapping, shape)
        case ImportFormat.CSV:
            csv.read(path, spool, mapping, project)
        case ImportFormat.YOLO:
            yolo.read(path, spool)
        case ImportFormat.VOC:
            voc.read(path, spool, shape)
        case ImportFormat.CVAT:
            cvat.read(path, spool)
        case ImportFormat.LABEL_STUDIO:
            label_studio.read(path, spool)
        case ImportFormat.CONLL:
            conll.read(path, spool)
    spool.seal()


def _table(key: str, text: bytes, mapping: ColumnMapping) -> tuple[list[str], ColumnMapping]:
    """Keys of the files that an MLTable names, and its columns where the owner named none. Raises Unreadable."""
    try:
        table = yaml.safe_load(text)
        paths = [str(entry["file"]) for entry in table["paths"]]
    except (yaml.YAMLError, RecursionError, KeyError, TypeError) as error:
        raise Unreadable("The MLTable has no list of paths, each with a file, or is no YAML.") from error
    metadata = table.get("metadata")
    names: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    columns = ColumnMapping(
        image=mapping.image or str(names.get("image_column_name") or ""),
        category=mapping.category or str(names.get("label_column_name") or ""),
        confidence=mapping.confidence,
    )
    try:
        transformations.asked(transformations.steps(table), columns.image or jsonl.IMAGE, len(paths))
    except UnreadableError as error:
        raise Unreadable(error.reason) from error
    return [_beside(key, path) for path in paths], columns


def _beside(key: str, path: str) -> str:
    """The key of a file named by an MLTable: below its own folder. Raises Unreadable."""
    parts = [part for part in path.removeprefix("./").split("/") if part]
    if "://" in path or path.startswith("/") or ".." in parts or _GLOB.search(path):
        raise Unreadable(f"The MLTable names {path!r}: only single files below its own folder can be read.")
    return str(PurePosixPath(key).parent / "/".join(parts)).removeprefix("./")
