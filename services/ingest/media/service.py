"""Finds, or makes, the picture of an object in a wanted size. Knows no HTTP but its refusals."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from services.contracts.items import Media
from services.ingest import metrics
from services.ingest.media import render
from services.ingest.media.previews import Previews
from services.ingest.media.render import Size
from services.ingest.objects.models import Found, Pending, ProbeState
from services.ingest.objects.store import Objects
from services.ingest.probes.probe import probe
from services.ingest.probes.window import UnreadableError
from services.ingest.projects.store import Projects
from services.ingest.sources.accepted import can_be_read, is_reserved
from services.kit.blobs import BlobDenied, BlobMissing, Blobs, BucketMissing
from services.kit.problems import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Picture:
    """What to send. `etag` names object, content and size; `content` is all of it or a stream."""

    etag: str
    content_type: str
    content: bytes | AsyncIterator[bytes]


class Pictures:
    """Pictures of items and of objects that may become some."""

    def __init__(
        self, blobs: Blobs, objects: Objects, projects: Projects, previews: Previews, bucket: str, renders: int
    ) -> None:
        """At most `renders` pictures are made at once. `bucket` is the default one."""
        self._blobs, self._objects, self._projects, self._previews = blobs, objects, projects, previews
        self._bucket = bucket
        self._slots = asyncio.Semaphore(renders)
        self._making: dict[str, asyncio.Task[bytes]] = {}

    async def of_item(self, item: str, size: Size, known: str) -> Picture | None:
        """The picture of an item; None if the caller has it, `known` being the etag of what it has. Raises Refused."""
        found = await self._objects.find(item)
        project = None if found is None else await self._projects.find(found.project)
        if found is None or project is None or project.is_going:
            raise Refused(404, "item_unknown", "There is no such item.")
        if found.state is ProbeState.UNREADABLE:
            raise Refused(422, "unreadable", found.reason)
        etag = f'"{found.etag}-{size}"'
        if known == etag:
            return None
        media = found.media or await self._probed(project.source.datastore, found)
        return await self._picture(project.source.datastore, found, media, size, etag, keep=True)

    async def of_object(self, datastore: str, key: str, size: Size, known: str) -> Picture | None:
        """The picture of an object that is no item yet. Raises Refused."""
        if not can_be_read(key) or (datastore == self._bucket and is_reserved(key)):
            raise Refused(404, "object_missing", "There is no such file.")
        blob = await _told(self._blobs.stat(datastore, key), datastore)
        etag = f'"{blob.etag}-{size}"'
        if known == etag:
            return None
        found = Found("", "", key, blob.etag, blob.size, ProbeState.PENDING, "", None)
        return await self._picture(datastore, found, await self._probed(datastore, found), size, etag, keep=False)

    async def _picture(
        self, datastore: str, found: Found, media: Media, size: Size, etag: str, *, keep: bool
    ) -> Picture:
        if render.original_serves(media, found.size, size):
            metrics.MEDIA_SERVED.labels(size, "original").inc()
            return Picture(etag, render.original_type(media), await self._original(datastore, found))
        content_type = render.rendered_type(media, size)
        kept = await self._previews.get(found, size, content_type) if keep else None
        metrics.MEDIA_SERVED.labels(size, "made" if kept is None else "kept").inc()
        if kept is not None:
            return Picture(etag, content_type, kept)
        made = await self._made_once(datastore, found, media, size)
        if keep:
            await self._previews.keep(found, size, content_type, made)
        return Picture(etag, content_type, made)

    async def _original(self, datastore: str, found: Found) -> bytes | AsyncIterator[bytes]:
        if found.size <= render.SMALL_BYTES:
            return await _told(self._blobs.get(datastore, found.key), datastore)
        pieces = self._blobs.stream(datastore, found.key)
        first = await _told(anext(pieces), datastore)
        return _chained(first, pieces)

    async def _made_once(self, datastore: str, found: Found, media: Media, size: Size) -> bytes:
        """Who asks while the same picture is made waits for it; that one of them goes away does not stop it."""
        name = f"{datastore}/{found.key}/{found.etag}-{size}"
        task = self._making.get(name)
        if task is None:
            task = self._making[name] = asyncio.create_task(self._make(datastore, found, media, size))
            task.add_done_callback(lambda _: self._making.pop(name))
        return await asyncio.shield(task)

    async def _make(self, datastore: str, found: Found, media: Media, size: Size) -> bytes:
        with metrics.RENDER_SECONDS.labels(size).time():
            async with self._slots:
                with tempfile.NamedTemporaryFile(prefix="labelbus-") as file:
                    pieces = self._blobs.stream(datastore, found.key)
                    file.write(await _told(anext(pieces), datastore))
                    async for piece in pieces:
                        await asyncio.to_thread(file.write, piece)
                    file.flush()
                    try:
                        return await asyncio.to_thread(render.render, Path(file.name), media, size)
                    except UnreadableError as error:
                        raise Refused(422, error.code, error.reason) from error

    async def _probed(self, datastore: str, found: Found) -> Media:
        outcome = await _told(
            probe(self._blobs, datastore, Pending(found.id, found.key, found.etag, found.size)), datastore
        )
        if outcome.state is ProbeState.GONE:
            raise Refused(404, "object_missing", outcome.reason)
        if outcome.media is None:
            raise Refused(422, "unreadable", outcome.reason)
        return outcome.media


async def _told(asked: Awaitable[T], datastore: str) -> T:
    """The answer, or the refusal that says what the object storage lacks."""
    try:
        return await asked
    except BlobMissing as error:
        raise Refused(404, "object_missing", "The file is no longer in the bucket.") from error
    except BucketMissing as error:
        raise Refused(404, "datastore_unknown", f"There is no data store {datastore}.") from error
    except BlobDenied as error:
        raise Refused(502, "access_denied", f"The data store {datastore} does not let us read this file.") from error


async def _chained(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
