"""Text that is not UTF-8, as Windows likes to write it. Never guesses: only what its first bytes prove."""

import codecs
import shutil
from pathlib import Path
from typing import Final

from services.ingest.imports.readers.marks import Unreadable

_FOUR_BYTES: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARKS: Final = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BARE: Final = {b"{\0": "utf-16-le", b"[\0": "utf-16-le", b"\0{": "utf-16-be", b"\0[": "utf-16-be"}
"""How JSON begins without a mark."""
_HEAD: Final = 4


def decoded(head: bytes) -> str:
    """The first bytes of a file as text; what can't be decoded is left out."""
    return head.decode(_codec(head), "ignore")


def as_utf8(path: Path) -> None:
    """Rewrite a file in UTF-16 as UTF-8. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_FOUR_BYTES):
        raise Unreadable("The file is encoded in UTF-32. Save it as UTF-8.")
    codec = _codec(head)
    if not codec.startswith("utf-16"):
        return
    plain = path.with_name(f"{path.name}.utf8")
    try:
        with path.open(encoding=codec, newline="") as file, plain.open("w", encoding="utf-8", newline="") as target:
            shutil.copyfileobj(file, target)
    except UnicodeError as error:
        raise Unreadable("The file begins as UTF-16 does, but is damaged further on. Save it as UTF-8.") from error
    plain.replace(path)


def _codec(head: bytes) -> str:
    return _MARKS.get(head[:2]) or _BARE.get(head[:2]) or "utf-8-sig"
