"""Datastores through ingest: a look at a data source, uploads, samples. Nothing of a file stays here."""

from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import StreamingResponse

from services.contracts.ingest_api import SourceCheck, SourcePreview, SourceToCheck, UploadedObject
from services.gateway import streams
from services.kit.client import InternalClient

_CHECK_S: Final = 30.0
_UPLOAD_S: Final = 120.0


class Sources:
    """Ingest, as seen by owners."""

    def __init__(self, ingest: InternalClient) -> None:
        """Bind the client."""
        self._ingest = ingest

    async def check(self, source: SourceToCheck) -> SourceCheck:
        """A bounded look at what is there."""
        return await self._ingest.post("/internal/check", source, SourceCheck, timeout_s=_CHECK_S)

    async def preview(self, source: SourceToCheck) -> SourcePreview:
        """A look into the first file of rows."""
        return await self._ingest.post("/internal/preview", source, SourcePreview, timeout_s=_CHECK_S)

    async def upload(
        self, datastore: str, key: str, body: AsyncIterator[bytes], headers: Mapping[str, str], *, overwrite: bool
    ) -> UploadedObject:
        """Write an object piece by piece."""
        path = f"/internal/datastores/{quote(datastore, safe='')}/objects"
        params = {"key": key, "overwrite": str(overwrite).lower()}
        async with await self._ingest.stream(
            "PUT", path, params=params, content=body, headers=headers, timeout_s=_UPLOAD_S
        ) as answer:
            return UploadedObject.model_validate_json(await answer.read())

    async def sample(self, request: Request, datastore: str, key: str, size: str) -> StreamingResponse:
        """A picture that is no item yet."""
        params = {"datastore": datastore, "key": key, "size": size}
        kept = {"Cache-Control": "private, max-age=300"}
        return await streams.pass_on(self._ingest, "/internal/media/object", params, request, kept)
