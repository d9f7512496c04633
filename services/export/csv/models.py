"""Rows of CSV as RFC 4180 has it, UTF-8. Pure.

Pictures and texts: `Url,Label,LabelConfidence`. Rows of tables: the columns of the table, then `Label,LabelConfidence`.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from services.contracts.projects import TaskType
from services.export.items.models import Loaded, Placed
from services.export.jsonl.models import Rows
from services.export.projects.models import Category
from services.export.sheets.models import Document, Drawn, Sheet, place_of

_LABEL: Final = ("Label", "LabelConfidence")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Csv(Sheet):
    """Writes a row for each item."""

    documents = (Document("labels.csv", "text/csv"),)

    def __init__(
        self, task_type: TaskType, classes: Sequence[Category], columns: Sequence[str], *, escape: bool
    ) -> None:
        """`columns` are those of the tables, none where items are objects. `escape`: cells that look like formulas."""
        self._rows, self._task_type = Rows(task_type, classes, ""), task_type
        self._names = {category.label: category.name for category in classes}
        self._columns, self._escape = columns, escape

    def begin(self) -> Sequence[str]:
        """As Sheet: the header."""
        return (self._line([*(self._columns or ["Url"]), *_free(self._columns)]),)

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """As Sheet."""
        if self._columns:
            cells = [loaded.cells.get(column, "") for column in self._columns]
        else:
            cells = [f"images/{placed.name}" if placed.name else place_of(loaded)]
        label, confidence = self._rows.label(loaded.item, loaded.marks)
        if self._task_type.regions is None and not self._task_type.multi:
            label = self._names[loaded.item.labels[0]]
        return Drawn((self._line([*cells, label, confidence]),))

    def _line(self, cells: Iterable[str]) -> str:
        line = io.StringIO()
        csv.writer(line).writerow(map(_plain, cells) if self._escape else cells)
        return line.getvalue()


def _free(columns: Sequence[str]) -> list[str]:
    """The headers of our own columns; a table that has such a column gets them with a line behind."""
    found = []
    for name in _LABEL:
        own = name
        while own in columns:
            own += "_"
        found.append(own)
    return found


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
