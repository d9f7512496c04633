"""Names of columns: each column gets one, and no two the same. Pure."""

from collections.abc import Sequence

from services.contracts import limits
from services.ingest.probes.window import UnreadableError


def columns(cells: Sequence[str]) -> list[str]:
    """Of a header. An empty name becomes `column 3`, the second `title` becomes `title (2)`. Raises UnreadableError."""
    require_few(len(cells))
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        again, unique = 1, name
        while unique in names:
            again += 1
            unique = f"{name} ({again})"
        names[unique] = None
    return list(names)


def numbered(count: int) -> list[str]:
    """Of a table without a header. Raises UnreadableError."""
    require_few(count)
    return [f"column {number}" for number in range(1, count + 1)]


def require_few(count: int) -> None:
    """Raises UnreadableError when there are more columns than a table may have."""
    if count > limits.TABLE_COLUMNS:
        reason = f"The table has {count:,} columns; the limit is {limits.TABLE_COLUMNS:,}."
        raise UnreadableError(reason, "too_many_columns")
