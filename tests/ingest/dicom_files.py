"""DICOM files for tests: pydicom's own, and made ones whose pixels are known."""

import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom import uid
from pydicom.dataset import Dataset, FileMetaDataset

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


def data_set(pixels: Array, colors: str = "MONOCHROME2", stored: int = 0, **elements: Any) -> Dataset:
    """Pixels as rows x columns, frames x rows x columns, and either with 3 colours as the last dimension."""
    samples = 3 if pixels.shape[-1] == 3 and pixels.ndim > 2 else 1
    shape = pixels.shape[:-1] if samples == 3 else pixels.shape
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = uid.SecondaryCaptureImageStorage, uid.generate_uid()
    made.Rows, made.Columns = shape[-2:]
    if len(shape) > 2:
        made.NumberOfFrames = shape[0]
    made.SamplesPerPixel, made.PhotometricInterpretation = samples, colors
    if samples == 3:
        made.PlanarConfiguration = 0
    made.BitsAllocated = 8 * pixels.dtype.itemsize
    made.BitsStored = stored or made.BitsAllocated
    made.HighBit = made.BitsStored - 1
    made.PixelRepresentation = int(pixels.dtype.kind == "i")
    for name, value in elements.items():
        setattr(made, name, value)
    content = pixels.tobytes()
    made.PixelData = content + b"\0" * (len(content) % 2)
    made["PixelData"].VR = "OW" if made.BitsAllocated > 8 else "OB"
    return made


def file(made: Dataset, syntax: uid.UID = uid.ExplicitVRLittleEndian) -> bytes:
    """A whole file. Pixels are compressed where the syntax does that."""
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian if syntax.is_encapsulated else syntax
    if syntax.is_encapsulated:
        made.compress(syntax)
    content = io.BytesIO()
    pydicom.dcmwrite(content, made, enforce_file_format=True)
    return content.getvalue()


def dicom(pixels: Array, syntax: uid.UID = uid.ExplicitVRLittleEndian, **elements: Any) -> bytes:
    """A file of these pixels."""
    return file(data_set(pixels, **elements), syntax)


def ramp(rows: int = 40, columns: int = 60, kind: str = "u2", bits: int = 16) -> Array:
    """All values from the least to the greatest, and none next to its like."""
    least = -(1 << (bits - 1)) if kind.startswith("i") else 0
    steps = np.linspace(least, least + (1 << bits) - 1, rows * columns)
    return np.random.default_rng(1).permutation(steps.astype(kind)).reshape(rows, columns)
