"""Bytes that wait in object storage for their place in the file. They lie beside it; none is left when it is done."""

from collections.abc import AsyncIterator, Sequence

from services.kit.blobs import Blobs


class Spools:
    """Named objects of one export."""

    def __init__(self, blobs: Blobs, bucket: str, key: str) -> None:
        """`key` is that of the file."""
        self._blobs, self._bucket, self._prefix = blobs, bucket, f"{key}.spool/"

    async def put(self, name: str, data: bytes) -> None:
        """Write a spool, again if it is there from an earlier try."""
        await self._blobs.put(self._bucket, f"{self._prefix}{name}", data)

    async def get(self, name: str) -> bytes:
        """All of one. Raises BlobMissing."""
        return await self._blobs.get(self._bucket, f"{self._prefix}{name}")

    async def read(self, spools: Sequence[tuple[str, int]], skip: int = 0) -> AsyncIterator[bytes]:
        """The bytes of (name, size) after one another, without the first `skip`."""
        for name, size in spools:
            if skip < size:
                async for piece in self._blobs.stream(self._bucket, f"{self._prefix}{name}", skip):
                    yield piece
            skip = max(0, skip - size)

    async def delete(self) -> None:
        """Delete all, those of earlier tries too."""
        while found := (await self._blobs.list_page(self._bucket, self._prefix))[0]:
            for blob in found:
                await self._blobs.delete(self._bucket, blob.key)
