"""Writes what of a frame is sent: a picture of 8 bits, stored values, facts. Knows no pydicom but the header."""

import base64
import gzip
from typing import Final

import numpy as np
import pyvips
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from services.contracts.ingest_api import DicomFacts, DicomLut, DicomWindow
from services.ingest.dicom import header, shading
from services.ingest.dicom.frames import Frame, Pixels
from services.ingest.media import render
from services.ingest.probes.window import UnreadableError

_GZIP_LEVEL: Final = 1
"""Low bits are noise: level 6 takes three times as long and saves 1 %."""
_COLOR: Final = "Pictures in colour have no stored values to be read; ask for the image of size full."


def picture(frame: Frame, index: int, content_type: str, edge: int) -> bytes:
    """As a browser shows it, `edge` pixels at most; 0 is the whole."""
    shown = frame.pixels if frame.color else _grey(frame, index)
    rows, columns = shown.shape[:2]
    made = pyvips.Image.new_from_memory(
        np.ascontiguousarray(shown).data, columns, rows, 3 if frame.color else 1, "uchar"
    ).copy(interpretation="srgb" if frame.color else "b-w")
    if edge and max(rows, columns) > edge:
        made = made.thumbnail_image(edge, height=edge, size="down")
    return render.encoded(made, content_type)


def stored(frame: Frame) -> bytes:
    """Values of 16 bits, little-endian, row by row, in gzip. Raises UnreadableError."""
    if frame.color:
        raise UnreadableError(_COLOR, "color")
    values = frame.pixels.astype("<i2" if _is_signed(frame.pixels) else "<u2")
    return gzip.compress(values.tobytes(), _GZIP_LEVEL, mtime=0)


def facts(frame: Frame) -> DicomFacts:
    """Of the first frame."""
    found, (rows, columns) = frame.header, frame.pixels.shape[:2]
    table = None if frame.color else header.modality_lut(found)
    told = DicomFacts(
        width=columns,
        height=rows,
        frames=int(found.get("NumberOfFrames") or 1),
        color=frame.color,
        bits=table.bits if table else found.BitsStored,
        signed=_is_signed(frame.pixels),
        inverted=not frame.color and header.inverted(found),
    )
    if frame.color:
        return told.model_copy(update={"bits": 8})
    least, greatest = _range(frame)
    slope, intercept = _rescale(frame, 0)
    shown = {"slope": slope, "intercept": intercept, "min": least, "max": greatest}
    return told.model_copy(update=shown | {"windows": _windows(found), "luts": _luts(found)})


def _grey(frame: Frame, index: int) -> NDArray[np.uint8]:
    """Through the first window of the header, else its first table, else from the least to the greatest value."""
    least, greatest = int(frame.pixels.min()), int(frame.pixels.max())
    slope, intercept = _rescale(frame, index)
    values = np.arange(least, greatest + 1, dtype=np.float64) * slope + intercept
    windows, tables = header.windows(frame.header, index), header.luts(frame.header, index)
    if windows or not tables:
        ends = [end * slope + intercept for end in _range(frame)]
        shown = shading.through_window(values, windows[0] if windows else shading.all_of(min(ends), max(ends)))
    else:
        shown = shading.through_lut(values, tables[0])
    table = shading.grey(shown, inverted=header.inverted(frame.header))
    return table[frame.pixels.astype(np.int32) - least]


def _rescale(frame: Frame, index: int) -> tuple[float, float]:
    return (1.0, 0.0) if header.modality_lut(frame.header) else header.rescale(frame.header, index)


def _range(frame: Frame) -> tuple[int, int]:
    """Least and greatest stored value, without padding unless all is."""
    padding = header.padding(frame.header)
    values = frame.pixels
    if padding is not None:
        kept = values[(values < padding[0]) | (values > padding[1])]
        values = kept if kept.size else values
    return int(values.min()), int(values.max())


def _is_signed(values: Pixels) -> bool:
    return values.dtype.kind == "i"


def _windows(found: Dataset) -> list[DicomWindow]:
    return [
        DicomWindow(name=each.name, center=each.center, width=each.width, function=each.function)
        for each in header.windows(found, 0)
    ]


def _luts(found: Dataset) -> list[DicomLut]:
    return [
        DicomLut(
            name=each.name,
            first=each.first,
            bits=each.bits,
            data=base64.b64encode(each.entries.astype("<u2").tobytes()).decode(),
        )
        for each in header.luts(found, 0)
    ]
