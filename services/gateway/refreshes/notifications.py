"""Notifications of object stores as hints: which projects they are about. Never a source of truth.

The records are S3 event notifications as MinIO, Ceph and AWS write them, or those of SeaweedFS. They are nobody's
contract here: what can't be understood is counted and passed over.
"""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_plus

from services.gateway import metrics
from services.gateway.datastores.service import Datastores
from services.gateway.projects.store import ProjectsStore
from services.gateway.refreshes.hints import HintsStore
from services.kit import clock, errors, logs
from services.kit.foreign import Raw
from services.kit.problems import Refused

_OURS: Final = ("Labelbus/", "Labeling/")
"""Folders that hold our own files: they never become items."""
_BUCKETS: Final = "/buckets/"
_FRESH_S: Final = 5.0
_log = logs.get()


class Change(NamedTuple):
    """An object that was made, replaced or removed."""

    bucket: str
    key: str


class _Place(NamedTuple):
    project: str
    bucket: str
    prefix: str


class Notifications:
    """Handler of the topic that object stores write to."""

    def __init__(self, projects: ProjectsStore, datastores: Datastores, hints: HintsStore) -> None:
        """Bind the stores and services."""
        self._projects, self._datastores, self._hints = projects, datastores, hints
        self._places: list[_Place] = []
        self._until = 0.0

    async def handle(self, records: Sequence[Raw]) -> None:
        """Note which projects are concerned."""
        changed: set[Change] = set()
        for record in records:
            found = understood(record.value)
            metrics.NOTIFICATIONS.labels("ignored" if found is None else "understood").inc()
            changed.update(found or ())
        theirs = [change for change in changed if not change.key.startswith(_OURS)]
        if theirs:
            await self._hints.add(_concerned(theirs, await self._known_places()), clock.now_ms())

    async def _known_places(self) -> list[_Place]:
        if time.monotonic() >= self._until:
            buckets = await self._buckets()
            sources = await self._projects.regular_sources()
            self._places = [
                _Place(project, buckets.get(source.datastore, source.datastore), source.prefix)
                for project, source in sources
            ]
            self._until = time.monotonic() + _FRESH_S
        return self._places

    async def _buckets(self) -> dict[str, str]:
        """Bucket by data store. Without ingest each is taken for a bucket of its name, as most are."""
        try:
            return {store.name: store.bucket or store.name for store in await self._datastores.all()}
        except (Refused, errors.Infrastructure) as error:
            _log.info("datastores_unknown", error=repr(error))
            return {}


def understood(value: bytes | None) -> list[Change] | None:
    """What a record tells; None if it is no notification."""
    try:
        content = json.loads(value or b"")
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    if isinstance(content.get("Records"), list):
        return _s3(content["Records"])
    return _seaweedfs(content)


def _s3(records: Sequence[Any]) -> list[Change] | None:
    """Keys are encoded as in a form: a space is a plus."""
    found = []
    for record in records:
        try:
            bucket, key = record["s3"]["bucket"]["name"], record["s3"]["object"]["key"]
        except (KeyError, TypeError):
            return None
        if not (isinstance(bucket, str) and isinstance(key, str) and bucket):
            return None
        found.append(Change(bucket, unquote_plus(key)))
    return found


def _seaweedfs(content: dict[str, Any]) -> list[Change] | None:
    """Its filer names the path of what changed; buckets are folders."""
    path = content.get("key")
    if not (isinstance(path, str) and path.startswith(_BUCKETS)):
        return None
    bucket, _, key = path.removeprefix(_BUCKETS).partition("/")
    return [Change(bucket, key)] if bucket and key else None


def _concerned(changes: Iterable[Change], places: Sequence[_Place]) -> set[str]:
    return {
        place.project
        for change in changes
        for place in places
        if place.bucket == change.bucket and change.key.startswith(place.prefix)
    }
