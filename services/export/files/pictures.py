"""The pictures themselves, from data stores into the output. Small ones are read ahead, large ones are streamed."""

import asyncio
from collections.abc import Sequence
from typing import Final

from services.export.files.output import Output
from services.export.sheets.models import Own
from services.kit.annotations import LabeledItem
from services.kit.blobs import BlobMissing, BlobRefused
from services.kit.datastores import Datastores

Picture = bytes | int | None
"""The bytes of a small one, the size of a large one, None where the object is gone."""
_SMALL: Final = 2 * 1024 * 1024


class Pictures:
    """Pictures of items."""

    def __init__(self, datastores: Datastores) -> None:
        """Reads only."""
        self._datastores = datastores

    async def read(self, items: Sequence[LabeledItem]) -> list[Picture]:
        """In the order of `items`."""
        return await asyncio.gather(*(self._read(item) for item in items))

    async def _read(self, item: LabeledItem) -> Picture:
        try:
            size = (await self._datastores.stat(item.datastore, item.key)).size
            return size if size > _SMALL else await self._datastores.get(item.datastore, item.key)
        except (BlobMissing, BlobRefused):
            return None

    async def put(self, output: Output, name: str, item: LabeledItem, picture: bytes | int) -> None:
        """Write one. Raises SizeChanged, and BlobMissing where it has gone since it was looked at."""
        if isinstance(picture, bytes):
            await output.put(Own(name, picture))
        else:
            await output.stream(name, picture, self._datastores.stream(item.datastore, item.key))
