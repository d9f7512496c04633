"""DICOM files for tests: pydicom's own, and how the probe and the renderer read any."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pydicom
from numpy.typing import NDArray

from services.contracts.items import Media
from services.ingest.dicom import frames
from services.ingest.probes import header
from services.ingest.probes.window import NotFetchedError, UnreadableError, Window

FOLDER: Final = Path(pydicom.__file__).parent / "data" / "test_files"
FILES: Final = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
"""Every file of pydicom's test set that is in its package."""
Array = NDArray[Any]


def probed(content: bytes, first: int = 64 * 1024) -> Media:
    """As the probe reads it: in ranges that grow."""
    window, fetched = Window(len(content)), first
    window.add(0, content[:first])
    for _ in range(32):
        try:
            return header.parse(window)
        except NotFetchedError as missing:
            length = max(missing.length, fetched)
            fetched += length
            window.add(missing.offset, content[missing.offset : missing.offset + length])
    raise AssertionError("too many reads")


def seen(path: Path) -> frames.Frame:
    """The first frame of a file, if it can be shown. Raises UnreadableError."""
    probed(path.read_bytes())
    return frames.read(path, 0)


def told(path: Path) -> str:
    """Why a file can't be shown; empty if it can."""
    try:
        seen(path)
    except UnreadableError as error:
        return error.reason
    return ""


def ramp(rows: int = 40, columns: int = 60, kind: str = "u2", bits: int = 16) -> Array:
    """All values from the least to the greatest, and none next to its like."""
    least = -(1 << (bits - 1)) if kind.startswith("i") else 0
    steps = np.linspace(least, least + (1 << bits) - 1, rows * columns)
    return np.random.default_rng(1).permutation(steps.astype(kind)).reshape(rows, columns)
