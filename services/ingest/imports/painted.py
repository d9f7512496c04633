"""Masks that the file only names: indexed PNGs in object storage, and what their values mean."""

import asyncio
import json
import re
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from services.contracts.projects import Project
from services.ingest.imports.classes import Classes
from services.ingest.imports.readers.marks import Kind, Mark, Wrong, short
from services.ingest.imports.readers.rasters import png
from services.kit.blobs import BlobDenied, BlobMissing, BlobRefused, Blobs, BucketMissing

_ADDRESS: Final = re.compile(r"(?:AmlDatastore|s3)://([^/]+)/(.+)", re.IGNORECASE | re.DOTALL)
_MAP: Final = "classes.json"
_MOST_BYTES: Final = 64_000_000
_KEPT: Final = 16
_AWAY: Final = (BlobMissing, BucketMissing, BlobDenied, BlobRefused)


class Painted:
    """Masks for one project."""

    def __init__(self, blobs: Blobs, project: Project) -> None:
        """Reads when asked."""
        self._blobs, self._classes = blobs, Classes(project)
        self._maps: OrderedDict[tuple[str, str], dict[int, str]] = OrderedDict()

    async def resolved(self, marks: Sequence[Mark]) -> list[Mark]:
        """Marks with those that name a picture replaced by the masks in it. Raises Wrong."""
        found: list[Mark] = []
        for mark in marks:
            found += await self._masks(mark) if mark.key else [mark]
        return found

    async def _masks(self, mark: Mark) -> list[Mark]:
        address = _ADDRESS.fullmatch(mark.key)
        if address is None:
            raise Wrong("mask", f"mask_url must be AmlDatastore://<data store>/<path>, not {short(mark.key)}.")
        datastore, key = address.groups()
        try:
            if (await self._blobs.stat(datastore, key)).size > _MOST_BYTES:
                raise Wrong("mask", f"The mask has more than {_MOST_BYTES:,} bytes.")
            data = await self._blobs.get(datastore, key)
        except _AWAY as error:
            raise Wrong("mask", f"The mask {short(mark.key)} can't be read.") from error
        found = await asyncio.to_thread(png, data)
        names = await self._names(datastore, str(PurePosixPath(key).parent.parent / _MAP))
        return [
            Mark(mark.where, names.get(value) or self._classes.numbered(value), Kind.MASK, rle=text, size=found.size)
            for value, text in found.values
        ]

    async def _names(self, datastore: str, key: str) -> dict[int, str]:
        """What the class map beside the folder of masks says; nothing without one. Raises Wrong."""
        known = self._maps.get((datastore, key))
        if known is None:
            known = self._maps[datastore, key] = await self._read(datastore, key)
            if len(self._maps) > _KEPT:
                self._maps.popitem(last=False)
        return known

    async def _read(self, datastore: str, key: str) -> dict[int, str]:
        try:
            listed = json.loads(await self._blobs.get(datastore, key))["classes"]
            return {int(entry["id"]): str(entry["name"]) for entry in listed}
        except BlobMissing:
            return {}
        except (ValueError, KeyError, TypeError, *_AWAY) as error:
            raise Wrong("mask", f"The class map {short(key)} can't be read.") from error
