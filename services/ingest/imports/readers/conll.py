"""CoNLL: a token and its tag a line, an empty line between items, tags as B-, I-, O (or with E-, S-, L-, U-).

`# newdoc id = name` before the tokens names the item; without it the item is the one with these tokens.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from services.ingest.imports.readers.lines import lines
from services.ingest.imports.readers.marks import Kind, Mark, Picture, short
from services.ingest.imports.spool import Spool

_NAME: Final = re.compile(r"#\s*(?:newdoc id|file|file_name|id)\s*[=:]\s*(\S.*)")
_BEGIN: Final = ("B", "S", "U")
_INSIDE: Final = ("I", "E", "L")
_SKIPPED: Final = "-DOCSTART-"
_TOKENS: Final = 5_000_000


class _Line(NamedTuple):
    number: int
    token: str
    tag: str


def read(path: Path, spool: Spool) -> None:
    """Fill the spool; an item that can't be read is noted. Raises Unreadable, Stopped."""
    name, found = "", list[_Line]()
    for number, line in lines(path):
        words = line.split()
        if not words:
            if found:
                _close(found, name, spool)
                name, found = "", []
        elif begin := _NAME.fullmatch(line.strip()):
            name = begin.group(1).strip()
        elif words[0] != _SKIPPED and len(found) < _TOKENS:
            found.append(_Line(number, words[0], words[-1] if len(words) > 1 else ""))
    if found:
        _close(found, name, spool)


def _close(found: Sequence[_Line], name: str, spool: Spool) -> None:
    where = f"line {found[0].number}"
    wrong = next((line for line in found if not _is_tag(line.tag)), None)
    if wrong is not None:
        what = f"{short(wrong.tag)} is no tag" if wrong.tag else f"Behind {short(wrong.token)} there is no tag"
        spool.lost(f"line {wrong.number}", "tag", f"{what}: B-name, I-name or O are.", name)
        return
    spool.picture(Picture(where, where, [name] if name else [], text=" ".join(line.token for line in found)))
    for mark in _spans(found):
        spool.mark(where, mark)


def _is_tag(tag: str) -> bool:
    letter, dash, label = tag.partition("-")
    return tag == "O" or bool(dash and label and letter in _BEGIN + _INSIDE)


def _spans(found: Sequence[_Line]) -> list[Mark]:
    """Entities in code points of the tokens with a blank between any two."""
    spans: list[Mark] = []
    offset, before = 0, ""
    for line in found:
        letter, _, label = line.tag.partition("-")
        end = offset + len(line.token)
        if letter in _INSIDE and label == before and spans:
            spans[-1] = spans[-1]._replace(points=(spans[-1].points[0], end))
        elif label:
            spans.append(Mark(f"line {line.number}", label, Kind.SPAN, (offset, end)))
        before = label if letter in ("B", "I") else ""
        offset = end + 1
    return spans
