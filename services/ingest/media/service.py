"""Finds, or makes, the picture of an object in a wanted size."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from services.contracts.items import Media, MediaFormat
from services.ingest import metrics
from services.ingest.dicom import tasks
from services.ingest.dicom.tasks import Task
from services.ingest.dicom.workers import Workers
from services.ingest.media import render
from services.ingest.media.answers import Answer
from services.ingest.media.lookup import Lookup, Target, streamed, told
from services.ingest.media.making import Made, Making
from services.ingest.media.previews import Previews
from services.ingest.media.render import Size
from services.ingest.probes import header
from services.kit.blobs import Blobs
from services.kit.problems import Refused


class Pictures:
    """Pictures of items and of objects that may become some."""

    def __init__(self, blobs: Blobs, lookup: Lookup, making: Making, previews: Previews, workers: Workers) -> None:
        """All of one process."""
        self._blobs, self._lookup, self._making = blobs, lookup, making
        self._previews, self._workers = previews, workers

    async def of_item(self, item: str, size: Size, known: str) -> Answer | None:
        """The picture of an item; None if the caller has it, `known` being the etag of what it has. Raises Refused."""
        return await self._picture(await self._lookup.item(item), size, known)

    async def of_object(self, datastore: str, key: str, size: Size, known: str) -> Answer | None:
        """The picture of an object that is no item yet. Raises Refused."""
        return await self._picture(await self._lookup.object(datastore, key), size, known)

    async def _picture(self, target: Target, size: Size, known: str) -> Answer | None:
        found = target.found
        etag = f'"{found.etag}-{size}-{render.EDITION}"'
        if known == etag:
            return None
        media = await self._lookup.media(target)
        if media.format in (MediaFormat.TEXT, MediaFormat.ROW):
            raise Refused(422, "no_picture", "A text has no picture.")
        if render.original_serves(media, found.size, size):
            metrics.MEDIA_SERVED.labels(size, "original").inc()
            return Answer(etag, render.original_type(media), await self._original(target, media))
        content_type = render.rendered_type(media, size)
        name = f"{size}-{render.EDITION}{render.suffix(content_type)}"
        kept = await self._previews.get(found, name) if target.kept else None
        metrics.MEDIA_SERVED.labels(size, "made" if kept is None else "kept").inc()
        return Answer(etag, content_type, await self._made(target, media, size, name) if kept is None else kept)

    async def _original(self, target: Target, media: Media) -> bytes | AsyncIterator[bytes]:
        datastore, key, size = target.datastore, target.found.key, target.found.size
        small, tail = size <= render.SMALL_BYTES, header.TAIL_BYTES
        read = self._blobs.get(datastore, key) if small else self._blobs.get_range(datastore, key, size - tail, tail)
        end = await told(read, datastore)
        if header.ends_early(media, end):  # or something follows the picture: only its pixels tell
            await self._made(target._replace(kept=False), media, Size.THUMBNAIL, "")
        return end if small else await streamed(self._blobs, target)

    async def _made(self, target: Target, media: Media, size: Size, name: str) -> bytes:
        async def make(path: Path) -> Made:
            if media.format is not MediaFormat.DICOM:
                return {tasks.PICTURE: await asyncio.to_thread(render.render, path, media, size)}
            content_type, edge = render.rendered_type(media, size), render.FIT.get(size, 0)
            return await self._workers.run(Task.of(path, tasks.PICTURE, content_type=content_type, edge=edge))

        with metrics.RENDER_SECONDS.labels(size).time():
            made = (await self._making.once(size, target, make))[tasks.PICTURE]
        if target.kept:
            await self._previews.keep(target.found, name, render.rendered_type(media, size), made)
        return made
