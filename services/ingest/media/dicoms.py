"""Facts and stored values of DICOM pictures, for browsers that choose the window themselves."""

import asyncio
import gzip
from pathlib import Path
from typing import Final

from services.contracts.items import MediaFormat
from services.ingest import metrics
from services.ingest.dicom import tasks
from services.ingest.dicom.tasks import Task
from services.ingest.dicom.workers import Workers
from services.ingest.media.answers import Answer
from services.ingest.media.lookup import Lookup, Target
from services.ingest.media.making import Made, Making
from services.ingest.media.previews import Previews
from services.kit.problems import Refused

_BYTES: Final = "application/octet-stream"
_JSON: Final = "application/json"
_FACTS: Final = "dicom.json"


class Dicoms:
    """DICOM items."""

    def __init__(self, lookup: Lookup, making: Making, previews: Previews, workers: Workers) -> None:
        """All of one process."""
        self._lookup, self._making, self._previews, self._workers = lookup, making, previews, workers

    async def facts(self, item: str, known: str) -> Answer | None:
        """`DicomFacts` as JSON; None if the caller has it. Raises Refused."""
        target = await self._dicom(item)
        etag = f'"{target.found.etag}-dicom"'
        if known == etag:
            return None
        kept = await self._previews.get(target.found, _FACTS)
        _count("dicom", kept)
        return Answer(etag, _JSON, (await self._made(target, 0))[tasks.FACTS] if kept is None else kept)

    async def pixels(self, item: str, frame: int, known: str, *, packed: bool) -> Answer | None:
        """Stored values of a frame, in gzip if `packed`; None if the caller has them. Raises Refused."""
        target = await self._dicom(item)
        etag = f'"{target.found.etag}-pixels-{frame}{"-gzip" if packed else ""}"'
        if known == etag:
            return None
        kept = await self._previews.get(target.found, _name(frame))
        _count("pixels", kept)
        content = kept if kept is not None else (await self._made(target, frame)).get(tasks.PIXELS)
        if content is None:
            raise Refused(422, "color", "Pictures in colour have no stored values; ask for the image in size full.")
        if packed:
            return Answer(etag, _BYTES, content, "gzip")
        return Answer(etag, _BYTES, await asyncio.to_thread(gzip.decompress, content))

    async def _dicom(self, item: str) -> Target:
        target = await self._lookup.item(item)
        if (await self._lookup.media(target)).format is not MediaFormat.DICOM:
            raise Refused(422, "no_dicom", "This item is no DICOM file.")
        return target

    async def _made(self, target: Target, frame: int) -> Made:
        """Of the first frame the facts as well: a browser asks for both, and either needs the pixels decoded."""

        async def make(path: Path) -> Made:
            return await self._workers.run(Task.of(path, tasks.PIXELS if frame else tasks.FACTS, frame=frame))

        with metrics.RENDER_SECONDS.labels("pixels").time():
            made = await self._making.once(f"pixels-{frame}", target, make)
        if tasks.FACTS in made:
            await self._previews.keep(target.found, _FACTS, _JSON, made[tasks.FACTS])
        if tasks.PIXELS in made:
            await self._previews.keep(target.found, _name(frame), _BYTES, made[tasks.PIXELS])
        return made


def _name(frame: int) -> str:
    return f"pixels-{frame}.gz"


def _count(what: str, kept: bytes | None) -> None:
    metrics.MEDIA_SERVED.labels(what, "made" if kept is None else "kept").inc()
