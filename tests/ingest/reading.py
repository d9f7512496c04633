"""Files of labels read without any service: what a reader puts into a spool."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from services.ingest.imports.readers.marks import Mark, Picture, Unit
from services.ingest.imports.spool import Note, Spool


class Contents(NamedTuple):
    """Pictures with their marks, the problems, and what numbers count."""

    pictures: list[tuple[Picture, list[Mark]]]
    problems: list[Note]
    unit: Unit

    @property
    def codes(self) -> set[tuple[str, str]]:
        """Place and code of each problem, and of each mark that can't be read."""
        broken = {(mark.where, mark.wrong[0]) for _, marks in self.pictures for mark in marks if mark.wrong}
        return {(note.where, note.code) for note in self.problems} | broken


def contents(data: bytes, read: Callable[[Path, Spool], None]) -> Contents:
    """Of a file. Raises what the reader raises."""
    with tempfile.TemporaryDirectory() as folder, Spool(Path(folder, "spool")) as spool:
        path = Path(folder, "file")
        path.write_bytes(data)
        read(path, spool)
        spool.seal()
        found = spool.batch(0, 10_000)
        return Contents([(one.picture, one.marks) for one in found], list(spool.problems()), spool.unit)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


def dumped(document: Any) -> bytes:
    """JSON as Python writes it, NaN and all."""
    return json.dumps(document).encode()
