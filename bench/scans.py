"""DICOM files whose pixels are known. They are made here, never read."""

import io
from typing import Any, Final

from numpy.typing import NDArray
from pydicom import dcmwrite, uid
from pydicom.dataset import Dataset, FileMetaDataset

_PLANE: Final = 2
"""Dimensions of one grey frame."""
_COLORS: Final = 3
_BYTE: Final = 8


def data_set(pixels: NDArray[Any], colors: str = "MONOCHROME2", stored: int = 0, **elements: Any) -> Dataset:
    """Pixels as rows x columns, frames x rows x columns, and either with 3 colours as the last dimension.

    `stored`: bits that are used of each value, by default all. `elements` by keyword, after all others.
    """
    samples = _COLORS if pixels.shape[-1] == _COLORS and pixels.ndim > _PLANE else 1
    shape = pixels.shape[:-1] if samples == _COLORS else pixels.shape
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = uid.SecondaryCaptureImageStorage, uid.generate_uid()
    made.Rows, made.Columns = shape[-_PLANE:]
    if len(shape) > _PLANE:
        made.NumberOfFrames = shape[0]
    made.SamplesPerPixel, made.PhotometricInterpretation = samples, colors
    if samples == _COLORS:
        made.PlanarConfiguration = 0
    made.BitsAllocated = _BYTE * pixels.dtype.itemsize
    made.BitsStored = stored or made.BitsAllocated
    made.HighBit = made.BitsStored - 1
    made.PixelRepresentation = int(pixels.dtype.kind == "i")
    for name, value in elements.items():
        setattr(made, name, value)
    content = pixels.tobytes()
    made.PixelData = content + b"\0" * (len(content) % 2)
    made["PixelData"].VR = "OW" if made.BitsAllocated > _BYTE else "OB"
    return made


def file(made: Dataset, syntax: uid.UID = uid.ExplicitVRLittleEndian) -> bytes:
    """A whole file. Pixels are compressed where the syntax does that."""
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian if syntax.is_encapsulated else syntax
    if syntax.is_encapsulated:
        made.compress(syntax)
    content = io.BytesIO()
    dcmwrite(content, made, enforce_file_format=True)
    return content.getvalue()


def dicom(pixels: NDArray[Any], syntax: uid.UID = uid.ExplicitVRLittleEndian, **elements: Any) -> bytes:
    """A file of these pixels."""
    return file(data_set(pixels, **elements), syntax)
