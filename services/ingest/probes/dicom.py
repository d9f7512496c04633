"""What a DICOM file holds, from its header. Must never trust a length that it claims, nor decode pixels."""

import zlib
from collections.abc import Mapping
from typing import Final

from services.contracts.items import Media, MediaFormat
from services.ingest.probes import dicom_elements as elements
from services.ingest.probes.dicom_elements import Coding, Found
from services.ingest.probes.dicom_shape import SHAPE_TAGS, Shape, text
from services.ingest.probes.window import NotFetchedError, UnreadableError, Window

MAGIC: Final = b"DICM"
MAGIC_AT: Final = 128
_META: Final = Coding("<", explicit=True)
_META_GROUP: Final = 2
_MOST_META: Final = 100
_SYNTAX, _MODALITY = 0x00020010, 0x00080060
EXPLICIT: Final = "1.2.840.10008.1.2.1"
BIG: Final = "1.2.840.10008.1.2.2"
DEFLATED: Final = "1.2.840.10008.1.2.1.99"
NATIVE: Final = {"1.2.840.10008.1.2", EXPLICIT, BIG, DEFLATED}
"""Transfer syntaxes whose pixels are not compressed by themselves."""
_JPEG: Final = "1.2.840.10008.1.2.4."
_ENCAPSULATED: Final = {
    "1.2.840.10008.1.2.5",  # RLE
    *(_JPEG + kind for kind in ("50", "51", "57", "70")),  # JPEG: baseline, extended, lossless
    *(_JPEG + kind for kind in ("80", "81")),  # JPEG-LS
    *(_JPEG + kind for kind in ("90", "91", "201", "202", "203")),  # JPEG 2000, high throughput too
}
_VIDEO: Final = {_JPEG + str(kind) for kind in range(100, 109)}
_DEFLATED_READ: Final = 1024 * 1024
_MOST_INFLATED: Final = 8 * 1024 * 1024
_UNKNOWN_SIZE: Final = 2**62


def recognizes(window: Window) -> bool:
    """Whether the file has the mark of DICOM behind its preamble."""
    return window.size >= MAGIC_AT + len(MAGIC) and window.read(MAGIC_AT, len(MAGIC)) == MAGIC


def parse(window: Window) -> Media:
    """Raises UnreadableError, or NotFetchedError to be called again with more."""
    syntax, begin = meta(window)
    if syntax not in NATIVE and syntax not in _ENCAPSULATED:
        raise UnreadableError(_unknown(syntax))
    source, at = (_inflated(window, begin), 0) if syntax == DEFLATED else (window, begin)
    coding, found = _walk(source, at, ">" if syntax == BIG else "<")
    shape = Shape.of(found.values, coding)
    if shape is None or found.pixels is None or found.pixels.tag != elements.PIXELS:
        raise UnreadableError(_no_picture(found))
    shape.check(window.size)
    if syntax in NATIVE:
        shape.check_length(found.pixels, source.size)
    elif found.pixels.length != elements.UNDEFINED:
        raise UnreadableError("The DICOM file is damaged: its compressed pixels do not stand in frames.")
    return Media(format=MediaFormat.DICOM, width=shape.columns, height=shape.rows, frames=shape.frames)


def meta(window: Window) -> tuple[str, int]:
    """The transfer syntax, and where the data set begins."""
    at, syntax = MAGIC_AT + len(MAGIC), ""
    for _ in range(_MOST_META):
        if at >= window.size:
            break
        found = elements.element(window, at, _META)
        if found.tag >> 16 != _META_GROUP:
            break
        if found.tag == _SYNTAX:
            syntax = text(window.read(found.at, min(found.length, 64)))
        at = found.at + found.length
    return syntax, at


def _inflated(window: Window, begin: int) -> Window:
    """The beginning of a data set that is compressed as a whole."""
    packed = window.read(begin, min(window.size - begin, _DEFLATED_READ))
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, _MOST_INFLATED)
    except zlib.error as error:
        raise UnreadableError("The DICOM file is damaged: its deflated data set can't be inflated.") from error
    inflated = Window(len(data) if inflater.eof else _UNKNOWN_SIZE)
    inflated.add(0, data)
    return inflated


def _walk(source: Window, at: int, order: str) -> tuple[Coding, Found]:
    try:
        coding = Coding(order, explicit=elements.says_types(source, at))
        return coding, elements.walk(source, at, coding, {_MODALITY, *SHAPE_TAGS})
    except NotFetchedError as error:
        if source.size == _UNKNOWN_SIZE:  # it is inflated only so far
            raise UnreadableError("The DICOM file has no pixels in the first 8 MB of its inflated data.") from error
        raise


def _unknown(syntax: str) -> str:
    if not syntax:
        return "The DICOM file is damaged: it does not say how it is encoded (transfer syntax)."
    if syntax in _VIDEO:
        return "The DICOM file holds a video (MPEG), of which no frame can be shown."
    return f"The DICOM file is encoded in a way that is not supported (transfer syntax {syntax[:64]!r})."


def _no_picture(found: Found) -> str:
    if found.pixels is not None and found.pixels.tag in elements.FLOAT_PIXELS:
        return "The DICOM file holds floating-point values instead of grey values or colours: they can't be shown."
    modality = text(found.values.get(_MODALITY, b""))[:16]
    what = f" (modality {modality})" if modality.isalnum() else ""
    lacks = "pixels" if found.pixels is None else _lacking(found.values)
    return f"The DICOM file{what} holds no picture: it has no {lacks}."


def _lacking(values: Mapping[int, bytes]) -> str:
    return ", no ".join(name for tag, name in SHAPE_TAGS.items() if name and not values.get(tag))
