"""Rows of tables: where the text of each lies, and what of it is shown. Whoever reads a row reads it through this."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

FOLDER: Final = "Labelbus/tables/"
"""In the default bucket, below a folder of ours that no scan lists."""
ENCODINGS: Final = ("utf-8", "utf-16", "latin-1", "windows-1252")
"""That an owner may choose for a table."""
_PART: Final = re.compile(r"(\d{1,10}):(\d{1,10}):(\d{1,10}):(\d{1,10})", re.ASCII)


class Row(NamedTuple):
    """A row, counted from 0 without the header: `length` bytes from `offset` of chunk `chunk`, without a line break.

    They are a JSON object of all columns in their order, each a string.
    """

    number: int
    chunk: int
    offset: int
    length: int

    @property
    def part(self) -> str:
        """As `part` of a source: `<row>:<chunk>:<offset>:<length>`."""
        return f"{self.number}:{self.chunk}:{self.offset}:{self.length}"

    @classmethod
    def of(cls, part: str) -> Self:
        """Raises ValueError when it is not the part of a row."""
        found = _PART.fullmatch(part)
        if found is None:
            raise ValueError(f"{part!r} is not the part of a row")
        return cls(*map(int, found.groups()))


def folder(project: str) -> str:
    """Where the chunks of all tables of a project lie."""
    return f"{FOLDER}{project}/"


def chunk_key(project: str, key: str, etag: str, chunk: int) -> str:
    """The object with a chunk of about 1 MB of the table `key` as it was when its ETag was `etag`."""
    digest = hashlib.sha256(f"{key}\0{etag}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{folder(project)}{digest[:32]}/{chunk:06d}.jsonl"


def shown(cells: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """The cells that labelers see: `columns` in that order, all if none are named."""
    return {name: cells[name] for name in columns if name in cells} if columns else dict(cells)


def text(cells: Mapping[str, str]) -> str:
    """The shown cells as one text: that of the only column as it is, several with a line break between them.

    Its code points are what `Media.chars` counts and what spans point into.
    """
    return "\n".join(cells.values())


def item_name(key: str, part: str = "") -> str:
    """What an item is called: its file, and of a row also the number as people count."""
    file = key.rpartition("/")[2]
    return f"{file} · {ordinal(part):,}" if part else file


def ordinal(part: str) -> int:
    """The number of a row as people count: 1 is the first one behind the header."""
    return Row.of(part).number + 1
