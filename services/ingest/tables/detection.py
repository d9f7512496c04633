"""Encoding, delimiter and header of a text file from its first bytes. What the owner chose is never overruled."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from services.contracts.projects import TableSettings
from services.contracts.rows import ENCODINGS
from services.ingest.probes.window import UnreadableError
from services.ingest.tables.models import Dialect

DELIMITERS: Final = (",", ";", "\t", "|")
"""That are looked for. Any other single character may be chosen."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOUR_BYTE_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LOOKED: Final = 200_000
_RECORDS: Final = 200
_MOST_CONTROLS: Final = 0.05
_WIDE_ZEROS: Final = 0.3
_RIGHT: Final = 0.5
_CUT: Final = 0.25
_NUMBER: Final = re.compile(r"[-+]?[\d., ]+%?|")
_NAME: Final = re.compile(r"[^\s.,;!?](?:.{0,62}[^\s.,;!?])?")
"""Of a column, as far as it can be told from a part of a sentence."""


def dialect(sample: bytes, settings: TableSettings | None, *, tabbed: bool) -> Dialect:
    """`sample` is the begin of the file, `tabbed` says that its name ends in .tsv. Raises UnreadableError."""
    if not sample:
        raise UnreadableError("The file is empty.", "table_empty")
    encoding, mark = _encoding(sample, settings.encoding if settings else "")
    text = sample[mark : mark + _LOOKED].decode(encoding, "replace")
    if sum(c < " " and c not in "\t\r\n\f" for c in text[:_LOOKED]) > _MOST_CONTROLS * len(text):
        raise UnreadableError("The file is no text.", "not_text")
    terminator = "\r" if "\r" in text and "\n" not in text else "\n"
    delimiter = settings.delimiter if settings else ""
    if not delimiter:
        delimiter = "\t" if tabbed else _delimiter(text, terminator)
    header = settings.header if settings else _has_header(_records(text, delimiter, terminator))
    return Dialect(encoding=encoding, mark=mark, delimiter=delimiter, header=header, terminator=terminator)


def _encoding(sample: bytes, chosen: str) -> tuple[str, int]:
    """The codec, and how many bytes its mark takes."""
    if sample.startswith(_FOUR_BYTE_MARKS):  # before the others, since one of them is how UTF-16 begins
        raise UnreadableError("The file is encoded in UTF-32. Save it as UTF-8.", "not_utf8")
    marked = next(((codec, len(mark)) for mark, codec in _MARKS if sample.startswith(mark)), None)
    if chosen == "utf-16":
        return marked if marked and marked[0] != "utf-8" else (_utf16(sample), 0)
    if chosen and chosen not in ENCODINGS:
        raise UnreadableError(
            f"The encoding {chosen!r} is not known. Choose one of {', '.join(ENCODINGS)}.", "encoding"
        )
    if chosen:
        codec = {"windows-1252": "cp1252"}.get(chosen, chosen)
        return codec, marked[1] if marked and marked[0] == codec else 0
    return marked or (_guessed(sample[:_LOOKED]), 0)


def _utf16(sample: bytes) -> str:
    return "utf-16-be" if sample[0::2].count(0) > sample[1::2].count(0) else "utf-16-le"


def _guessed(sample: bytes) -> str:
    """The codec of bytes without a mark. A few bytes that are wrong do not make UTF-8 another encoding."""
    if sample.count(0) > _WIDE_ZEROS * len(sample):
        return _utf16(sample)
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    right = sum(not c.isascii() for c in text) - wrong
    if wrong <= right // 4 or (wrong == 1 and not right and len(sample) > _LOOKED // 2):
        return "utf-8"
    return "cp1252" if any(0x80 <= byte < 0xA0 for byte in sample) else "latin-1"  # noqa: PLR2004 - C1 controls


def _records(text: str, delimiter: str, terminator: str) -> list[list[str]]:
    """The first records, but not the last one, which may be cut off."""
    lines = [line + terminator for line in text.split(terminator)]
    found: list[list[str]] = []
    try:
        found = [cells for cells in islice(csv.reader(lines, delimiter=delimiter), _RECORDS) if cells]
    except csv.Error:
        return found
    return found[:-1] if len(found) > 1 and len(found) < _RECORDS and not text.endswith(terminator) else found


def _delimiter(text: str, terminator: str) -> str:
    """That which cuts most records into as many fields as the first one, more than one if there is such.

    A ragged table has none: then that which is between the names of its columns.
    """

    def fits(delimiter: str) -> tuple[bool, bool, float, int]:
        records = _records(text, delimiter, terminator)
        widths = [len(cells) for cells in records]
        if not widths:
            return False, False, 0.0, 0
        share = Counter(widths)[widths[0]] / len(widths)
        cut = widths[0] > 1
        return cut and share > _RIGHT, cut and _is_ragged(records), round(share, 1), widths[0]

    return max(DELIMITERS, key=fits)


def _is_ragged(records: Sequence[Sequence[str]]) -> bool:
    """Whether this may be a table some of whose rows are cut as well as its header. Sentences are no names."""
    rows = records[1:]
    cut = sum(len(cells) > 1 for cells in rows)
    return cut >= _CUT * len(rows) and _has_header(records) and all(map(_NAME.fullmatch, records[0]))


def _has_header(records: Sequence[Sequence[str]]) -> bool:
    """Names are there, differ, and are no numbers."""
    if not records:
        return True
    first = [cell.strip() for cell in records[0]]
    return len(set(first)) == len(first) and not any(_NUMBER.fullmatch(cell) for cell in first)
