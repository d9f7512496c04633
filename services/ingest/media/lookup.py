"""What media needs to know of an item, or the refusal that says why there is nothing to show."""

from collections.abc import AsyncIterator, Awaitable
from typing import NamedTuple, TypeVar

from services.contracts.items import Media
from services.contracts.projects import MediaKind
from services.ingest.objects.models import Found, Pending, ProbeState
from services.ingest.objects.store import Objects
from services.ingest.probes.probe import probe
from services.ingest.projects.store import Projects
from services.ingest.sources.accepted import EXTENSIONS, can_be_read, extension, is_reserved
from services.kit.blobs import BlobDenied, BlobMissing, BlobRefused, Blobs, BucketMissing
from services.kit.problems import Refused

T = TypeVar("T")


class Target(NamedTuple):
    """An object and where it is. `kept`: what is made of it may be kept, since it is an item's.

    `columns` are those of a row that labelers see, all if none are named.
    """

    datastore: str
    found: Found
    kind: MediaKind
    kept: bool
    columns: tuple[str, ...] = ()


class Lookup:
    """Finds objects by item or by key."""

    def __init__(self, blobs: Blobs, objects: Objects, projects: Projects, bucket: str) -> None:
        """`bucket` is the default one."""
        self._blobs, self._objects, self._projects, self._bucket = blobs, objects, projects, bucket

    async def item(self, item: str) -> Target:
        """The object of an item. Raises Refused."""
        found = await self._objects.find(item)
        project = None if found is None else await self._projects.find(found.project)
        if found is None or project is None or project.is_going:
            raise Refused(404, "item_unknown", "There is no such item.")
        if found.state is ProbeState.UNREADABLE:
            raise Refused(422, "unreadable", found.reason)
        columns = tuple(project.source.table.columns) if project.source.table else ()
        return Target(project.source.datastore, found, project.media, kept=True, columns=columns)

    async def object(self, datastore: str, key: str) -> Target:
        """An object that is no item yet. Raises Refused."""
        if not can_be_read(key) or (is_reserved(key) and await self._blobs.is_own(datastore, self._bucket)):
            raise Refused(404, "object_missing", "There is no such file.")
        blob = await told(self._blobs.stat(datastore, key), datastore)
        kind: MediaKind = "text" if extension(key) in EXTENSIONS["text"] else "image"
        found = Found("", "", key, blob.etag, blob.size, ProbeState.PENDING, "", None)
        return Target(datastore, found, kind, kept=False)

    async def media(self, target: Target) -> Media:
        """What the object is, probed now if it was not before. Raises Refused."""
        if target.found.media is not None:
            return target.found.media
        found = target.found
        wanted = Pending(found.id, found.key, found.etag, found.size)
        outcome = await told(probe(self._blobs, target.datastore, wanted, target.kind), target.datastore)
        if outcome.state is ProbeState.GONE:
            raise Refused(404, "object_missing", outcome.reason)
        if outcome.media is None:
            raise Refused(422, "unreadable", outcome.reason)
        return outcome.media

    async def require_same(self, target: Target) -> None:
        """Refuse an object that was replaced since it was probed: what was counted in it would not fit."""
        blob = await told(self._blobs.stat(target.datastore, target.found.key), target.datastore)
        if blob.etag != target.found.etag:
            detail = "The file was replaced after the last refresh. The next refresh takes the new one."
            raise Refused(409, "object_changed", detail)


async def told(asked: Awaitable[T], datastore: str) -> T:
    """The answer, or the refusal that says what the object storage lacks."""
    try:
        return await asked
    except (BlobMissing, BlobRefused) as error:  # under a name that can't be, nothing is
        raise Refused(404, "object_missing", "The file is no longer in the bucket.") from error
    except BucketMissing as error:
        raise Refused(404, "datastore_unknown", f"There is no data store {datastore}.") from error
    except BlobDenied as error:
        raise Refused(502, "access_denied", f"The data store {datastore} does not let us read this file.") from error


async def streamed(blobs: Blobs, target: Target) -> AsyncIterator[bytes]:
    """The object. What can be refused is refused before the first piece is sent."""
    pieces = blobs.stream(target.datastore, target.found.key)
    first = await told(anext(pieces), target.datastore)
    return _chained(first, pieces)


async def _chained(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
