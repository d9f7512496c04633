"""The page `docs/dicom.md`, made from what happens. `python -m tests.ingest.dicom_table` writes it; a test compares."""

import functools
import warnings
from pathlib import Path
from typing import Final

import pydicom
from pydicom.errors import InvalidDicomError

from services.ingest.dicom import frames
from tests.ingest.dicom_files import FILES, FOLDER, told

PAGE: Final = Path(__file__).parents[2] / "docs" / "dicom.md"
_BEGIN, _END = "<!-- files -->\n", "<!-- /files -->"


@functools.cache
def prepare() -> None:
    """As a decoding process does; once."""
    frames.prepare()


@functools.cache
def results() -> dict[str, str]:
    """Of every file, why it can't be shown; empty if it can."""
    prepare()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {name: told(FOLDER / name) for name in FILES}


def table() -> str:
    """Files of one folder that fare alike share a row."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for name, reason in results().items():
        folder, _, base = name.rpartition("/")
        how, what = facts(name)
        rows.setdefault((folder, how, what, reason) if folder else (name, how, what, reason), []).append(base)
    lines = ["| file | stored as | picture | in Labelbus |", "|---|---|---|---|"]
    for (place, how, what, reason), names in rows.items():
        shown = place if len(names) == 1 and place.endswith(names[0]) else f"{place}/ ({_list(names)})"
        lines.append(f"| {shown} | {how} | {what} | {reason or 'shown'} |")
    return "\n".join(lines) + "\n"


def _list(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 5 else f"{names[0]} … {names[-1]}, {len(names)} files"


def facts(name: str) -> tuple[str, str]:
    """How a file is stored, and the picture in it; empty where pydicom finds neither."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pydicom.dcmread(FOLDER / name, stop_before_pixels=True)
    except InvalidDicomError:
        return "", ""
    how = found.file_meta.get("TransferSyntaxUID")
    if how is None or "Rows" not in found:
        return "" if how is None else how.name, ""
    sign = "signed " if found.get("PixelRepresentation") == 1 else ""
    count = found.get("NumberOfFrames") or 1
    shape = f"{found.Columns} x {found.Rows}, {found.PhotometricInterpretation}"
    return how.name, f"{shape}, {sign}{found.BitsStored} bits{f', {count} frames' if count != 1 else ''}"


def page() -> str:
    """The page with its table as it is now."""
    text = PAGE.read_text()
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    shown = sum(not reason for reason in results().values())
    count = f"{shown} of {len(FILES)} files are shown; the others hold no picture, or say what is wrong.\n\n"
    return f"{before}{_BEGIN}{count}{table()}{_END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page())
