"""Normalised labels as objects of about 1 MB: what queue writes once a person has agreed."""

from typing import Final

from services.contracts.import_lines import ImportLine, chunk_key
from services.kit.blobs import Blobs

_BYTES: Final = 1_000_000
_TYPE: Final = "application/jsonl"


class Chunks:
    """The chunks of one import. A second try writes over those of the first."""

    def __init__(self, blobs: Blobs, bucket: str, project: str, import_id: str) -> None:
        """In the default bucket."""
        self._blobs, self._bucket, self._project, self._import = blobs, bucket, project, import_id
        self._buffer = bytearray()
        self.count = 0

    async def add(self, line: ImportLine) -> None:
        """The labels of one item."""
        self._buffer += line.model_dump_json(exclude_defaults=True).encode() + b"\n"
        if len(self._buffer) >= _BYTES:
            await self._write()

    async def close(self) -> None:
        """Write what is left."""
        if self._buffer:
            await self._write()

    async def _write(self) -> None:
        key = chunk_key(self._project, self._import, self.count)
        await self._blobs.put(self._bucket, key, bytes(self._buffer), _TYPE)
        self.count += 1
        self._buffer.clear()
