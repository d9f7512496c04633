"""What a project may be made of, by its task. Pure: nothing is looked at but what was named."""

from typing import Final

from services.contracts.ingest_api import SourcePreview
from services.contracts.projects import DataSource, SourceKind, TableSettings, TaskType
from services.contracts.rows import ENCODINGS
from services.gateway.refusals import wrong

_BREAKS: Final = '\r\n"'


def check(task_type: TaskType, source: DataSource) -> None:
    """Raises Refused."""
    if source.kind is SourceKind.TABLE:
        _check_table(task_type, source.table or TableSettings())
    if source.mapping and (source.mapping.category or source.mapping.confidence):
        field = "source.mapping.category" if source.mapping.category else "source.mapping.confidence"
        message = "is for imports: leave it out, and ask for an import of the labels, which waits for the items"
        raise wrong(field, message)


def check_columns(source: DataSource, preview: SourcePreview) -> None:
    """The columns that were chosen are in the first file. What can't be read is told by the scan. Raises Refused."""
    if preview.problem or not preview.columns:
        return
    there = f"the columns of {preview.key} are {', '.join(preview.columns[:50])}"
    for name in source.table.columns if source.table else []:
        if name not in preview.columns:
            raise wrong("source.table.columns", f"{name!r} is not there: {there}")
    if source.mapping and source.mapping.image and source.mapping.image not in preview.columns:
        raise wrong("source.mapping.image", f"{source.mapping.image!r} is not there: {there}")


def check_kind(kind: SourceKind, *, has_table: bool, has_mapping: bool) -> None:
    """Settings of rows are for sources that have rows. Raises Refused."""
    if has_table and kind is not SourceKind.TABLE:
        raise wrong("source.table", "is for tables")
    if has_mapping and kind is not SourceKind.MANIFEST:
        raise wrong("source.mapping", "is for manifests")


def _check_table(task_type: TaskType, table: TableSettings) -> None:
    if task_type.media != "text":
        raise wrong("source.kind", "must be files or manifest: the rows of a table are texts")
    if table.encoding and table.encoding not in ENCODINGS:
        raise wrong("source.table.encoding", f"must be one of {', '.join(ENCODINGS)}, or empty to be detected")
    if table.delimiter and table.delimiter in _BREAKS:
        raise wrong("source.table.delimiter", "must be another character than a quote or a line break")
    if len(set(table.columns)) != len(table.columns):
        raise wrong("source.table.columns", "must name each column once")
    if task_type is TaskType.TEXT_ENTITIES and len(table.columns) != 1:
        raise wrong("source.table.columns", "must name exactly one column: entities are parts of one text")
