"""Sentences for the owner about what a scan met. Codes are stable."""

from collections.abc import Iterable
from datetime import datetime

from services.contracts.projects import MediaKind, SourceKind
from services.contracts.refreshes import MessageLevel, StatusMessage
from services.ingest.datastores.explaining import listing_problem, reading_problem
from services.ingest.objects.models import Listed, Outcome
from services.ingest.scans.models import Scan
from services.ingest.sources.accepted import accepted
from services.kit.blob_reasons import why
from services.kit.blobs import BlobDenied, BlobsDown, BucketMissing

_INFORMATION, _WARNING, _ERROR = MessageLevel.INFORMATION, MessageLevel.WARNING, MessageLevel.ERROR


def summary(scan: Scan, kind: SourceKind, media: MediaKind, limit: int, at: datetime) -> list[StatusMessage]:
    """What a whole listing shows: items beyond the limit, or nothing at all."""
    told = []
    if scan.refresh.left_out:
        what = "matching files" if kind is SourceKind.FILES else "rows"
        text = f"{scan.refresh.left_out:,} {what} were left out: a project holds at most {limit:,} items."
        told.append(StatusMessage(level=_WARNING, code="limit_reached", text=text, at=at))
    if not scan.kept and (kind is SourceKind.FILES or not scan.refresh.messages):
        types = ", ".join(accepted(kind, media))
        text = f"No file of an accepted type ({types}) matches the folder and the pattern."
        told.append(StatusMessage(level=_WARNING, code="nothing_found", text=text, at=at))
    return told


def unlistable(error: BlobDenied | BucketMissing, datastore: str) -> tuple[str, str]:
    """Code and sentence for a data source that can't be listed."""
    if isinstance(error, BucketMissing):
        return "bucket_missing", f"The data store {datastore} does not exist (any more)."
    return "access_denied", listing_problem(datastore, error)


def unreadable_store(error: BlobDenied | BucketMissing, datastore: str) -> tuple[str, str]:
    """Code and sentence for a data source whose objects can't be read."""
    if isinstance(error, BucketMissing):
        return unlistable(error, datastore)
    return "access_denied", reading_problem(datastore, error)


def unsupported_names(keys: Iterable[str], at: datetime) -> list[StatusMessage]:
    """Objects that HTTP can't name."""
    what = "was left out: an object whose path has a part named . or .. can't be read."
    return [about(_WARNING, "unsupported_name", key, what, at) for key in keys]


def missing(keys: Iterable[str], at: datetime) -> list[StatusMessage]:
    """Objects of items that are gone."""
    return [about(_ERROR, "object_missing", key, "is no longer in the bucket.", at) for key in keys]


def changed(objects: Iterable[Listed], at: datetime) -> list[StatusMessage]:
    """Objects whose content was replaced."""
    what = "was replaced in the bucket. A label that it has is kept."
    return [about(_WARNING, "object_changed", listed.key, what, at) for listed in objects]


def unreadable(outcomes: Iterable[Outcome], at: datetime) -> list[StatusMessage]:
    """Files that are not what they should be, or damaged ones."""
    told = [outcome for outcome in outcomes if outcome.code]
    return [
        about(_WARNING if outcome.media else _ERROR, outcome.code, outcome.object.key, f"- {outcome.reason}", at)
        for outcome in told
    ]


def failed(code: str, text: str, at: datetime) -> StatusMessage:
    """Why a refresh could not go on."""
    return StatusMessage(level=_ERROR, code=code, text=text, at=at)


def waiting(error: Exception, at: datetime) -> StatusMessage:
    """The object storage does not answer, or something else that we need; the scan goes on when it does."""
    reason = why(error).text if isinstance(error, BlobsDown) else "Something that is needed does not answer."
    text = f"The data can't be reached at the moment. {reason} The refresh goes on as soon as it can."
    return StatusMessage(level=_WARNING, code="store_unavailable", text=text, at=at)


def readable_key(key: str) -> str:
    """A key on one line: control characters are shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in key)


def about(level: MessageLevel, code: str, key: str, what: str, at: datetime) -> StatusMessage:
    """Of an object: `what` goes on after its key."""
    return StatusMessage(level=level, code=code, text=f"{readable_key(key)} {what}", key=key, at=at)
