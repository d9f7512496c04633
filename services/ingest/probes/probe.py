"""Probes one object by ranged reads. Whatever it is becomes an outcome; only outages and closed buckets raise."""

import asyncio
from collections.abc import Sequence
from typing import Final

from services.contracts.items import Media
from services.contracts.projects import MediaKind
from services.ingest.objects.models import Outcome, Pending, ProbeState
from services.ingest.probes import header, text
from services.ingest.probes.window import EndsEarlyError, NotFetchedError, UnreadableError, Window
from services.kit.blobs import BlobMissing, BlobRefused, Blobs, BlobsDown

FIRST_BYTES: Final = 64 * 1024
_MOST_BYTES: Final = 16 * 1024 * 1024
_MOST_READS: Final = 32
_PAUSES_S: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""A storage that was started anew may tell of its objects for some seconds before it gives them out."""


async def probe(
    blobs: Blobs, bucket: str, wanted: Pending, media: MediaKind, pauses_s: Sequence[float] = _PAUSES_S
) -> Outcome:
    """Reads that fail are repeated after `pauses_s`. Raises BucketMissing, BlobDenied, BlobsDown."""
    try:
        if media == "text":
            return await _count(blobs, bucket, wanted)
        return await _read(blobs, bucket, wanted, Window(wanted.size))
    except UnreadableError as error:
        return Outcome(wanted, ProbeState.UNREADABLE, None, error.reason, error.code)
    except BlobMissing:
        return _gone(wanted, "The file was removed before it could be read.")
    except BlobRefused:
        return await _second_look(blobs, bucket, wanted)
    except BlobsDown:
        return await _after_silence(blobs, bucket, wanted, media, pauses_s)


async def _count(blobs: Blobs, bucket: str, wanted: Pending) -> Outcome:
    return Outcome(wanted, ProbeState.PROBED, await text.probe(wanted.size, blobs.stream(bucket, wanted.key)))


async def _read(blobs: Blobs, bucket: str, wanted: Pending, window: Window) -> Outcome:
    fetched, whole = 0, b""
    offset, length = 0, min(FIRST_BYTES, wanted.size)
    for _ in range(_MOST_READS):
        data = await blobs.get_range(bucket, wanted.key, offset, length) if length else b""
        if len(data) < length:
            raise EndsEarlyError(offset + len(data))
        window.add(offset, data)
        whole = data if length == wanted.size else whole
        fetched += length
        try:
            media = await _parsed(window)
            more_pages = header.has_more_pages(media, window)
        except NotFetchedError as missing:
            offset = missing.offset
            length = min(max(missing.length, FIRST_BYTES, fetched), wanted.size - offset)
            if fetched + length > _MOST_BYTES:
                break
            continue
        if whole and header.ends_early(media, whole):
            reason = "The file ends early: a part of the picture may be missing."
            return Outcome(wanted, ProbeState.PROBED, media, reason, "ends_early")
        if more_pages:
            reason = "Only the first page of the file is shown and labeled."
            return Outcome(wanted, ProbeState.PROBED, media, reason, "first_page_only")
        return Outcome(wanted, ProbeState.PROBED, media)
    raise UnreadableError("The size of the picture is not found in what can be read of its header.")


async def _parsed(window: Window) -> Media:
    return await asyncio.to_thread(header.parse, window) if header.takes_long(window) else header.parse(window)


async def _after_silence(
    blobs: Blobs, bucket: str, wanted: Pending, media: MediaKind, pauses_s: Sequence[float]
) -> Outcome:
    """Tell an outage, which passes or is raised, from an object that is replaced, gone or never given out."""
    found = await _second_look(blobs, bucket, wanted)
    if found.state is not ProbeState.UNREADABLE or not pauses_s:
        return found
    await asyncio.sleep(pauses_s[0])
    return await probe(blobs, bucket, wanted, media, pauses_s[1:])


async def _second_look(blobs: Blobs, bucket: str, wanted: Pending) -> Outcome:
    """A range beyond the end of an object that shrank looks like an outage: one request more tells them apart."""
    try:
        found = await blobs.stat(bucket, wanted.key)
    except BlobMissing:
        return _gone(wanted, "The file was removed before it could be read.")
    except BlobRefused:
        return _withheld(wanted)
    if found.etag != wanted.etag or found.size != wanted.size:
        return _gone(wanted, "The file was replaced while it was read. The next refresh takes the new one.")
    return _withheld(wanted)


def _withheld(wanted: Pending) -> Outcome:
    reason = "The object storage has the file but does not give it out."
    return Outcome(wanted, ProbeState.UNREADABLE, None, reason, "unreadable")


def _gone(wanted: Pending, reason: str) -> Outcome:
    return Outcome(wanted, ProbeState.GONE, None, reason, "object_missing")
