"""Regions that lie in object storage instead of documents and events.

An object is named by its content: it is written before what refers to it, and must never change.
"""

import hashlib
from typing import Final

from services.contracts.base import PROTO
from services.contracts.labels import Region, Regions, RegionsRef
from services.kit.blobs import BlobMissing, Blobs

_TYPE: Final = "application/json"


class RegionsLost(Exception):
    """The object is not there, or holds something else than was written."""


def encode(regions: list[Region]) -> bytes:
    """ProtoJSON of `Regions`; what is not set is left out."""
    message = Regions(regions=regions)
    return message.model_dump_json(by_alias=True, exclude_defaults=True, context=PROTO).encode()


def folder(project: str) -> str:
    """What all keys of a project begin with."""
    return f"Labeling/regions/{project}/"


class RegionObjects:
    """The objects, in the default bucket of the deployment."""

    def __init__(self, blobs: Blobs, bucket: str) -> None:
        """Connects at the first call."""
        self._blobs, self._bucket = blobs, bucket

    async def put(self, project: str, content: bytes, count: int) -> RegionsRef:
        """Write what `encode` made of `count` regions."""
        digest = hashlib.sha256(content).hexdigest()
        key = f"{folder(project)}{digest}.json"
        await self._blobs.put(self._bucket, key, content, _TYPE)
        return RegionsRef(key=key, sha256=digest, count=count)

    async def get(self, ref: RegionsRef) -> list[Region]:
        """Read and verify. Raises RegionsLost."""
        try:
            content = await self._blobs.get(self._bucket, ref.key)
        except BlobMissing as error:
            raise RegionsLost(f"{ref.key} is not in object storage") from error
        if hashlib.sha256(content).hexdigest() != ref.sha256:
            raise RegionsLost(f"{ref.key} is not what was written")
        return Regions.model_validate_json(content).regions

    async def delete(self, project: str) -> bool:
        """Delete some objects of a project; True if there may be more."""
        found, more = await self._blobs.list_page(self._bucket, folder(project))
        for blob in found:
            await self._blobs.delete(self._bucket, blob.key)
        return bool(more)
