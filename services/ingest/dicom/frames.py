"""Reads one frame of a DICOM file. Must be given a probed file only, and must never read the other frames."""

import logging
import tempfile
import warnings
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydicom import config, dcmread
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_color_lut
from pydicom.pixels.utils import as_pixel_options

from services.ingest.dicom import codestreams, header
from services.ingest.dicom.opened import Opened
from services.ingest.probes import dicom
from services.ingest.probes import dicom_elements as elements
from services.ingest.probes.window import UnreadableError

_MOST_INFLATED: Final = 2 * 1024**3
_PIECE: Final = 1024 * 1024
_SHAPE: Final = (
    *("SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration", "NumberOfFrames", "Rows", "Columns"),
    *("BitsAllocated", "BitsStored", "PixelRepresentation", "ExtendedOffsetTable", "ExtendedOffsetTableLengths"),
)
_TAGS: Final = [tag for tag in map(tag_for_keyword, (*_SHAPE, *header.TAGS)) if tag is not None]
_PALETTE: Final = "PALETTE COLOR"
_COLORS: Final = 3
_LEAST: Final = -(1 << 15)
_GREATEST: Final = (1 << 16) - 1


Pixels: TypeAlias = NDArray[np.integer[Any]]


class Frame(NamedTuple):
    """A frame of stored values, rows x columns, or of colours of 8 bits, rows x columns x 3."""

    header: Dataset
    pixels: Pixels

    @property
    def color(self) -> bool:
        """Whether it is a picture of colours."""
        return self.pixels.ndim == _COLORS


def prepare() -> None:
    """Make pydicom ready. Once a process."""
    codestreams.install()
    config.settings.reading_validation_mode = config.IGNORE
    logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # what it would say of a damaged file is told otherwise
    warnings.filterwarnings("ignore", module="pydicom")


def read(path: Path, index: int) -> Frame:
    """Frame `index`, from 0. Raises UnreadableError."""
    try:
        with path.open("rb") as file:
            syntax, begin = dicom.meta(Opened(file))
            if syntax != dicom.DEFLATED:
                return _read(file, syntax, index)
            with tempfile.TemporaryFile(prefix="labelbus-") as inflated:
                file.seek(begin)
                inflate(file, inflated, _MOST_INFLATED)
                return _read(inflated, dicom.EXPLICIT, index)
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError("The DICOM file can't be decoded: it needs too much memory.", "too_large") from error
    except Exception as error:  # pydicom raises whatever it stumbles over
        raise UnreadableError(f"The DICOM file can't be decoded: {_reason(error)}.", "undecodable") from error


def _read(file: BinaryIO, syntax: str, index: int) -> Frame:
    file.seek(0)
    # What was inflated has no file header any more, which only `force` allows.
    found = dcmread(file, force=True, stop_before_pixels=True, specific_tags=list(_TAGS))
    _require_frame(found, index)
    window, at = Opened(file), file.tell()
    coding = elements.Coding(">" if syntax == dicom.BIG else "<", explicit=elements.says_types(window, at))
    pixels = elements.element(window, at, coding)
    file.seek(pixels.at)
    options = as_pixel_options(found, pixel_keyword="PixelData", pixel_vr=pixels.kind.decode() or "OW")
    plugin = "" if syntax in dicom.NATIVE else codestreams.NAME
    decoded, _ = get_decoder(syntax).as_array(file, index=index, decoding_plugin=plugin, **options)
    return _shown(found, decoded)


def _require_frame(found: Dataset, index: int) -> None:
    frames = int(found.get("NumberOfFrames") or 1)
    if index >= frames:
        raise UnreadableError(f"There is no frame {index}: the file has {frames:,}, counted from 0.", "frame_unknown")


def _shown(found: Dataset, pixels: Pixels) -> Frame:
    if found.PhotometricInterpretation == _PALETTE:
        colors = apply_color_lut(pixels, found)
        return Frame(found, _eight(colors, 8 * colors.dtype.itemsize))
    if pixels.ndim == _COLORS:
        return Frame(found, _eight(pixels, found.BitsStored))
    if pixels.min() < _LEAST or pixels.max() > _GREATEST:
        raise UnreadableError(
            "The DICOM file holds values of more than 16 bits, which its header denies.", "undecodable"
        )
    table = header.modality_lut(found)
    if table is None:
        return Frame(found, pixels)
    places = np.clip(pixels.astype(np.int32) - table.first, 0, len(table.entries) - 1)
    return Frame(found, table.entries[places])


def _eight(colors: Pixels, bits: int) -> Pixels:
    """Colours of 8 bits; of those with more, what a screen can't show is left out."""
    shown: Pixels = np.right_shift(colors, max(bits - 8, 0)).astype(np.uint8)
    return shown


def inflate(source: BinaryIO, target: BinaryIO, most: int) -> None:
    """Into at most `most` bytes, piece by piece. Raises UnreadableError."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while not inflater.eof and (piece := inflater.unconsumed_tail or source.read(_PIECE)):
        target.write(inflater.decompress(piece, _PIECE))
        if target.tell() > most:
            raise UnreadableError("The DICOM file is too large when it is inflated.", "too_large")


def _reason(error: Exception) -> str:
    """The last line of a message: pydicom lists there what its plug-in said."""
    return str(error).strip().rpartition("\n")[2].strip().removeprefix(f"{codestreams.NAME}: ").rstrip(".")[:300]
