"""From the object of an import to a filled spool. Slow: `fill` is for a thread."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from services.contracts.imports import ImportFormat, ImportJob
from services.contracts.projects import ColumnMapping, Project
from services.ingest.imports.readers import coco, conll, csv, cvat, jsonl, label_studio, voc, yolo
from services.ingest.imports.readers.encoding import as_utf8
from services.ingest.imports.readers.marks import Unreadable
from services.ingest.imports.spool import Spool
from services.ingest.manifests import mltable
from services.ingest.manifests.addresses import Home
from services.ingest.manifests.mltable import Table
from services.ingest.probes.window import UnreadableError
from services.ingest.sources.accepted import TABLES, extension, is_mltable
from services.ingest.tables.models import Form
from services.kit.blobs import BlobMissing, Blobs

_PLAIN: Final = (ImportFormat.COCO, ImportFormat.JSONL, ImportFormat.LABEL_STUDIO, ImportFormat.CONLL)
"""That are read as UTF-8. Readers of the others look for the encoding themselves."""


class Downloaded(NamedTuple):
    """Files of an import by how its report calls them, empty where there is one only; and what columns are called."""

    files: Mapping[str, Path]
    mapping: ColumnMapping


async def download(blobs: Blobs, home: Home, job: ImportJob, folder: Path) -> Downloaded:
    """Write the file of an import, or those that its MLTable names, into `folder`. Raises Unreadable."""
    mapping, keys = job.mapping or ColumnMapping(), [job.key]
    if is_mltable(job.key):
        table = await _table(blobs, home, job, mapping.image)
        keys = [blob.key for blob in table.files]
        mapping = mapping.model_copy(update={"image": table.image, "category": mapping.category or table.label})
    names = [""] if len(keys) == 1 else _names(job.key, keys)
    files = {name: folder / f"file-{number}" for number, name in enumerate(names)}
    for key, path in zip(keys, files.values(), strict=True):
        with path.open("wb") as file:
            async for piece in _pieces(blobs, job.datastore, key):
                file.write(piece)
    return Downloaded(files, mapping)


async def _table(blobs: Blobs, home: Home, job: ImportJob, column: str) -> Table:
    """Raises Unreadable."""
    try:
        table = await mltable.read(blobs, home, await blobs.stat(job.datastore, job.key), column)
    except UnreadableError as error:
        raise Unreadable(error.reason) from error
    except BlobMissing:
        raise Unreadable(_missing(job.key, job.datastore)) from None
    if len(table.files) > 1 and job.format is not ImportFormat.JSONL:
        raise Unreadable(f"The MLTable names {len(table.files):,} files; only JSON Lines may be more than one.")
    if job.format is ImportFormat.JSONL:
        _require_lines(table)
    return table


def _require_lines(table: Table) -> None:
    """Raises Unreadable."""
    if table.asked and table.asked.form is not Form.JSON_LINES:
        raise Unreadable(f"The MLTable asks for read_{table.asked.form}; labels are read of JSON Lines only.")
    other = next((blob.key for blob in table.files if extension(blob.key) in TABLES), "")
    if other and not table.asked:
        raise Unreadable(f"The MLTable names {other!r}; labels are read of JSON Lines only.")


def _names(root: str, keys: list[str]) -> list[str]:
    """Keys as their MLTable calls them: below its own folder."""
    folder = root[: root.rfind("/") + 1]
    return [key.removeprefix(folder) for key in keys]


async def _pieces(blobs: Blobs, datastore: str, key: str) -> AsyncIterator[bytes]:
    try:
        async for piece in blobs.stream(datastore, key):
            yield piece
    except BlobMissing:
        raise Unreadable(_missing(key, datastore)) from None


def _missing(key: str, datastore: str) -> str:
    return f"There is no file {key!r} in {datastore}."


def fill(job: ImportJob, found: Downloaded, spool: Spool, project: Project) -> None:
    """Read the files. Raises Unreadable, Stopped."""
    for name, path in found.files.items():
        if job.format in _PLAIN:
            as_utf8(path)
        _read(job.format, name, path, spool, project, found.mapping)
    spool.seal()


def _read(format_: ImportFormat, name: str, path: Path, spool: Spool, project: Project, mapping: ColumnMapping) -> None:
    shape = project.task_type.regions
    match format_:
        case ImportFormat.COCO:
            coco.read(path, spool, shape)
        case ImportFormat.JSONL:
            jsonl.read(path, spool, mapping, shape, name)
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
