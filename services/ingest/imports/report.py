"""What is told of a file: counts, the first problems, and a line for everything in the whole report."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from services.ingest.imports.judging import Verdict
from services.ingest.imports.models import PROBLEMS, problem
from services.ingest.imports.readers.marks import Picture, Wrong
from services.ingest.imports.spool import Note

if TYPE_CHECKING:
    from services.contracts.imports import ImportProblem

_WRONG_KIND: Final = "wrong_kind"
_RESULTS: Final = ("matched", "unmatched", "refused", "empty")


class Report:
    """Of one check. The whole report is written to a file on the way."""

    def __init__(self, path: Path) -> None:
        """A new file at `path`."""
        self._file = path.open("w", encoding="utf-8")
        self._problems: list[ImportProblem] = []
        self._counts: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._written = 0
        self._first_wrong_kind = ""

    def matched(self, picture: Picture, item: str, verdict: Verdict) -> None:
        """An item that was found, and what is taken of it."""
        name = picture.called
        result = "matched" if verdict.line else "refused" if verdict.faults else "empty"
        self._counts[result] += 1
        self._write(result=result, row=picture.where, key=name, item=item)
        if verdict.line:
            self._counts["left_out"] += sum(not fault.kept for fault in verdict.faults)
        else:
            self._refusals.update({fault.code for fault in verdict.faults})
        for fault in verdict.faults:
            if fault.code == _WRONG_KIND:
                self._first_wrong_kind = self._first_wrong_kind or fault.message
            self._problem(fault.where, name, fault.code, fault.message)

    def unmatched(self, picture: Picture, wrong: Wrong) -> None:
        """A picture without an item."""
        self._counts["unmatched"] += 1
        self._write(result="unmatched", row=picture.where, key=picture.called)
        self._problem(picture.where, picture.called, wrong.code, str(wrong))

    def refused(self, picture: Picture, wrong: Wrong) -> None:
        """A picture whose item was found, and nothing can be taken."""
        self._counts["refused"] += 1
        self._write(result="refused", row=picture.where, key=picture.called)
        self._problem(picture.where, picture.called, wrong.code, str(wrong))

    def noted(self, note: Note) -> None:
        """Something of the file that is no item, or can't be read as one."""
        if note.lost:
            self._counts["refused"] += 1
            self._write(result="refused", row=note.where, key=note.key)
        self._problem(note.where, note.key, note.code, note.message)

    def counts(self) -> dict[str, Any]:
        """How many items of each kind, and single labels left out."""
        return {name: self._counts[name] for name in (*_RESULTS, "left_out")}

    def fields(self) -> dict[str, Any]:
        """What the job tells of it in the end."""
        total = sum(self._counts[name] for name in _RESULTS)
        kept = list(self._problems)
        return {**self.counts(), "total": total, "problems": kept, "suppressed": self._written - len(kept)}

    def only_wrong_kind(self) -> str:
        """The first sentence if every item was refused because its labels are of another kind (F192); else empty."""
        return self._first_wrong_kind if not self._counts["matched"] and set(self._refusals) == {_WRONG_KIND} else ""

    def close(self) -> None:
        """End the file."""
        self._file.close()

    def _problem(self, row: str, key: str, code: str, message: str) -> None:
        self._written += 1
        self._write(result="problem", row=row, key=key, code=code, message=message)
        if len(self._problems) < PROBLEMS:
            self._problems.append(problem(row, key, code, message))

    def _write(self, **line: str) -> None:
        self._file.write(f"{json.dumps(line)}\n")
