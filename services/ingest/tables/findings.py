"""Sentences for the owner about files of rows. Codes are stable."""

from collections.abc import Iterable
from datetime import datetime

from services.contracts.refreshes import MessageLevel, StatusMessage
from services.ingest.probes.window import UnreadableError
from services.ingest.scans.findings import about
from services.ingest.tables.models import Layout, Record

_INFORMATION, _WARNING, _ERROR = MessageLevel.INFORMATION, MessageLevel.WARNING, MessageLevel.ERROR


def wrong_row(key: str, record: Record, at: datetime) -> StatusMessage:
    """A row that was left out. It is counted from 1, without the header, as people do."""
    line = f" (line {record.line:,})" if record.line else ""
    code, reason = record.problem or ("row_wrong", "can't be read.")
    return about(_WARNING, code, key, f"- row {record.row + 1:,}{line} was left out: it {reason}", at)


def unreadable(key: str, error: UnreadableError, at: datetime) -> StatusMessage:
    """A file that can't be read, or no further."""
    return about(_ERROR, error.code, key, f"- {error.reason}", at)


def renamed(key: str, layout: Layout, at: datetime) -> list[StatusMessage]:
    """Columns whose names are empty or not the only ones."""
    if not layout.renamed:
        return []
    shown = ", ".join(layout.columns[:20])
    what = f"- names of columns are empty or not unique. They were made so: {shown}."
    return [about(_INFORMATION, "columns_renamed", key, what, at)]


def changed(keys: Iterable[str], at: datetime) -> list[StatusMessage]:
    """Tables that were changed after they were read (F48)."""
    what = "was changed after it was read. Only new files are taken: put further rows into a new file."
    return [about(_WARNING, "table_changed", key, what, at) for key in keys]


def missing(keys: Iterable[str], at: datetime) -> list[StatusMessage]:
    """Files that are gone. What was read of tables stays."""
    return [about(_ERROR, "object_missing", key, "is no longer in the bucket.", at) for key in keys]
