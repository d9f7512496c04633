"""MLTable files: which manifests a folder is made of, and how they are to be read."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final, NamedTuple

import yaml

from services.ingest.manifests import addresses, transformations
from services.ingest.manifests.addresses import ElsewhereError, Home
from services.ingest.manifests.documents import place_of, plain
from services.ingest.probes.window import UnreadableError
from services.ingest.sources.accepted import MANIFESTS, extension
from services.ingest.sources.patterns import Pattern, WrongPatternError
from services.ingest.tables.models import Asked
from services.kit.blobs import Blob, BlobMissing, Blobs

IMAGE: Final = "image_url"
"""The column with the object where nobody named one."""
_MOST_BYTES: Final = 1_000_000
_MOST_FILES: Final = 10_000
_PAGE: Final = 1_000
_CODE: Final = "mltable"


class Table(NamedTuple):
    """What an MLTable says: its files, how they are read, and which columns hold objects and labels, if it says so."""

    files: list[Blob]
    asked: Asked | None
    image: str
    label: str


async def read(blobs: Blobs, home: Home, root: Blob, chosen: str) -> Table:
    """The table that the file `root` describes; `chosen` is the column of the objects where its owner named one.

    Raises UnreadableError, and what object storage raises.
    """
    if root.size > _MOST_BYTES:
        raise UnreadableError(f"The MLTable file is larger than {_MOST_BYTES:,} bytes.", _CODE)
    table = await asyncio.to_thread(_table, await blobs.get(home.datastore, root.key))
    steps = transformations.steps(table)
    found: dict[str, Blob] = {}
    for path in _paths(table):
        async for blob in _named(blobs, home, root.key.rpartition("/")[0], path):
            found[blob.key] = blob
            if len(found) > _MOST_FILES:
                raise UnreadableError(f"The MLTable file names more than {_MOST_FILES:,} files.", _CODE)
    if not found:
        raise UnreadableError("The MLTable file names no file that is there.", _CODE)
    image = chosen or _column(table, "image_column_name")
    asked = transformations.asked(steps, image or IMAGE, len(found))
    return Table(list(found.values()), asked, image, _column(table, "label_column_name"))


def _column(table: Mapping[str, Any], name: str) -> str:
    """A column that the metadata name; empty where they do not."""
    metadata = table.get("metadata")
    found = metadata.get(name) if isinstance(metadata, Mapping) else None
    return found if isinstance(found, str) else ""


def _table(content: bytes) -> Mapping[str, Any]:
    try:
        table = plain(content)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise UnreadableError(f"The MLTable file can't be read as YAML{place_of(error)}.", _CODE) from error
    return table if isinstance(table, Mapping) else {}


def _paths(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    paths = table.get("paths")
    if not isinstance(paths, list) or not paths or not all(isinstance(path, Mapping) for path in paths):
        raise UnreadableError("The MLTable file has no list of paths.", _CODE)
    return paths


async def _named(blobs: Blobs, home: Home, folder: str, path: Mapping[str, Any]) -> AsyncIterator[Blob]:
    folder = folder and folder + "/"
    if isinstance(file := path.get("file"), str):
        yield await _file(blobs, home, folder, file)
        return
    inner, pattern = path.get("folder"), path.get("pattern")
    if isinstance(inner, str):
        below, glob = _key(home, folder, inner).rstrip("/") + "/", "**"
    elif isinstance(pattern, str):
        below, glob = folder, pattern.removeprefix("./")
    else:
        raise UnreadableError("A path of the MLTable file has neither file nor folder nor pattern.", _CODE)
    try:
        wanted = Pattern(glob)
    except WrongPatternError as error:
        raise UnreadableError(f"A pattern of the MLTable file {error}.", _CODE) from error
    after = ""
    while True:
        page, after = await blobs.list_page(home.datastore, below, after, _PAGE)
        for blob in page:
            if extension(blob.key) in MANIFESTS and wanted.matches(blob.key[len(below) :]):
                yield blob
        if not after:
            return


async def _file(blobs: Blobs, home: Home, folder: str, file: str) -> Blob:
    key = _key(home, folder, file)
    try:
        return await blobs.stat(home.datastore, key)
    except BlobMissing as error:
        raise UnreadableError(f"The MLTable file names {file!r}, which is not there.", _CODE) from error


def _key(home: Home, folder: str, path: str) -> str:
    """What has no scheme is relative to the folder of the MLTable file."""
    try:
        found = addresses.keys(path if ":" in path or path.startswith(".") else f"./{path}", home, folder)
    except ElsewhereError as error:
        raise UnreadableError(f"The MLTable file {error}", _CODE) from error
    return found[0]
