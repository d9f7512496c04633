"""What a DICOM header says of how stored values are shown. Must never fail on nonsense: that is left aside."""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

_FUNCTIONS: Final = ("LINEAR", "LINEAR_EXACT", "SIGMOID")
_GROUPS: Final = ("PerFrameFunctionalGroupsSequence", "SharedFunctionalGroupsSequence")
_TRANSFORMATION: Final = "PixelValueTransformationSequence"
_VOI: Final = "FrameVOILUTSequence"
_MOST: Final = 100
"""Windows and tables of one picture."""
_ENTRIES: Final = 65_536
_SIGN: Final = 32_768
TAGS: Final = (
    *("PixelPaddingValue", "PixelPaddingRangeLimit", "WindowCenter", "WindowWidth", "WindowCenterWidthExplanation"),
    *("VOILUTFunction", "RescaleSlope", "RescaleIntercept", "ModalityLUTSequence", "VOILUTSequence"),
    *_GROUPS,
    *(f"{color}PaletteColorLookupTable{part}" for color in ("Red", "Green", "Blue") for part in ("Descriptor", "Data")),
    *(f"Segmented{color}PaletteColorLookupTableData" for color in ("Red", "Green", "Blue")),
)
"""Keywords of what is read beside the pixels and their shape."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window as in `DicomWindow`."""

    name: str
    center: float
    width: float
    function: str = _FUNCTIONS[0]


@dataclass(frozen=True, slots=True)
class Lut:
    """A table as in `DicomLut`, with its entries."""

    name: str
    first: int
    bits: int
    entries: NDArray[np.uint16]


def inverted(header: Dataset) -> bool:
    """Whether the lowest value is white."""
    return bool(header.get("PhotometricInterpretation") == "MONOCHROME1")


def rescale(header: Dataset, frame: int) -> tuple[float, float]:
    """Slope and intercept."""
    for place in _places(header, frame, _TRANSFORMATION):
        slope, intercept = _numbers(place, "RescaleSlope"), _numbers(place, "RescaleIntercept")
        if slope and intercept and slope[0]:
            return slope[0], intercept[0]
    return 1.0, 0.0


def windows(header: Dataset, frame: int) -> list[Window]:
    """All that can be used."""
    for place in _places(header, frame, _VOI):
        pairs = zip(_numbers(place, "WindowCenter"), _numbers(place, "WindowWidth"), strict=False)
        names = _several(place.get("WindowCenterWidthExplanation"))
        function = str(place.get("VOILUTFunction") or _FUNCTIONS[0])
        least = 1.0 if function == _FUNCTIONS[0] else math.ulp(0)
        found = [
            Window(str(names[number]) if number < len(names) else "", center, width, function)
            for number, (center, width) in enumerate(pairs)
            if width >= least and function in _FUNCTIONS
        ]
        if found:
            return found[:_MOST]
    return []


def luts(header: Dataset, frame: int) -> list[Lut]:
    """Tables that say how values are shown."""
    for place in _places(header, frame, _VOI):
        if found := _luts(place, "VOILUTSequence", signed=_is_signed(header) or rescale(header, frame)[1] < 0):
            return found
    return []


def modality_lut(header: Dataset) -> Lut | None:
    """The table that takes the place of slope and intercept, if there is one."""
    return next(iter(_luts(header, "ModalityLUTSequence", signed=_is_signed(header))), None)


def padding(header: Dataset) -> tuple[int, int] | None:
    """The range of stored values that stand for no picture at all."""
    first, last = header.get("PixelPaddingValue"), header.get("PixelPaddingRangeLimit")
    if not isinstance(first, int):
        return None
    limit = last if isinstance(last, int) else first
    return min(first, limit), max(first, limit)


def _is_signed(header: Dataset) -> bool:
    return bool(header.get("PixelRepresentation") == 1)


def _places(header: Dataset, frame: int, group: str) -> Iterator[Dataset]:
    """Where something of a frame may stand, what counts more first."""
    for name in _GROUPS:
        of_all = header.get(name) or []
        number = frame if name == _GROUPS[0] else 0
        if number < len(of_all):
            yield from (of_all[number].get(group) or [])[:1]
    yield header


def _numbers(place: Dataset, keyword: str) -> list[float]:
    try:
        values = [float(value) for value in _several(place.get(keyword))]
    except (TypeError, ValueError):
        return []
    return values if all(math.isfinite(value) for value in values) else []


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, MultiValue | list) else [value]


def _luts(place: Dataset, keyword: str, *, signed: bool) -> list[Lut]:
    tables = [_lut(item, signed=signed) for item in (place.get(keyword) or [])[:_MOST]]
    return [table for table in tables if table is not None]


def _lut(item: Dataset, *, signed: bool) -> Lut | None:
    order = "<" if item.original_encoding[1] is not False else ">"
    descriptor, data = _words(item.get("LUTDescriptor"), order), item.get("LUTData")
    if len(descriptor) != len(("entries", "first", "bits")) or data is None:
        return None
    count, first, bits = (descriptor[0] % _ENTRIES) or _ENTRIES, descriptor[1], descriptor[2]
    if signed and first >= _SIGN:
        first -= _ENTRIES
    small = isinstance(data, bytes) and len(data) < 2 * count
    entries = (
        np.frombuffer(data, np.uint8).astype(np.uint16) if small else np.array(_words(data, order)).astype(np.uint16)
    )
    if len(entries) < count or not 1 <= bits <= 16:  # noqa: PLR2004 - bits of an entry
        return None
    return Lut(str(item.get("LUTExplanation") or ""), int(first), int(bits), entries[:count])


def _words(value: Any, order: str) -> list[int]:
    """Numbers of 16 bits, also where the header leaves open of which kind they are."""
    if isinstance(value, bytes):
        return list(struct.unpack(f"{order}{len(value) // 2}H", value[: len(value) // 2 * 2]))
    return [int(number) for number in _several(value)]
