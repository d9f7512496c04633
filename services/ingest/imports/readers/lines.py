"""Lines of a text file, one after the other with flat memory."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from services.ingest.imports.readers.marks import Unreadable

LONGEST: Final = 64_000_000
"""Bytes of a line. A row with more geometry than an item may have is shorter."""


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number from 1 and text of each line, without its end and a byte order mark. Raises Unreadable."""
    number = 0
    with path.open("rb") as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        while line := file.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise Unreadable(f"Line {number} is longer than {LONGEST:,} bytes.")
            try:
                yield number, line.decode().rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise Unreadable(f"Line {number} is not UTF-8: byte {error.start + 1} of it.") from error
