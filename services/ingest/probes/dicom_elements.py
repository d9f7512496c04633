"""Walks the data elements of a DICOM header (PS3.5 §7). Must never read a value that nobody asked for."""

import struct
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from services.ingest.probes.window import UnreadableError, Window

PIXELS: Final = 0x7FE00010
FLOAT_PIXELS: Final = (0x7FE00008, 0x7FE00009)
UNDEFINED: Final = 0xFFFFFFFF
_ITEM: Final = 0xFFFEE000
_ENDS: Final = (0xFFFEE00D, 0xFFFEE0DD)
_SHORT: Final = 8
"""Bytes of an element with an empty value."""
_TYPES: Final = {
    *(b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL"),
    *(b"SS", b"ST", b"TM", b"UI", b"UL", b"US"),
}
_LONG: Final = {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
_MOST_ELEMENTS: Final = 200_000
_MOST_VALUE: Final = 4_096
"""Bytes of a value that is read; what is asked for is much shorter."""


class Coding(NamedTuple):
    """How elements are written: `order` as in `struct`, and whether each says its type."""

    order: str
    explicit: bool


class Element(NamedTuple):
    """Where the value of an element stands."""

    tag: int
    kind: bytes
    at: int
    length: int


class Found(NamedTuple):
    """The wanted values, and the pixels if there are any."""

    values: Mapping[int, bytes]
    pixels: Element | None


def element(window: Window, at: int, coding: Coding) -> Element:
    """The element at `at`. Raises NotFetchedError, or EndsEarlyError."""
    head = window.read(at, _SHORT)
    group, number = struct.unpack_from(coding.order + "HH", head)
    tag = group << 16 | number
    if not coding.explicit or tag == _ITEM or tag in _ENDS:
        (length,) = struct.unpack_from(coding.order + "I", head, 4)
        return Element(tag, b"", at + _SHORT, length)
    kind = head[4:6]
    if kind in _LONG:
        (length,) = window.unpack(coding.order + "I", at + _SHORT)
        return Element(tag, kind, at + _SHORT + 4, length)
    (length,) = struct.unpack_from(coding.order + "H", head, 6)
    return Element(tag, kind, at + _SHORT, length)


def says_types(window: Window, at: int) -> bool:
    """Whether the element at `at` says its type. The transfer syntax is often wrong in this."""
    return at + _SHORT > window.size or window.read(at + 4, 2) in _TYPES | _LONG


def walk(window: Window, at: int, coding: Coding, wanted: Collection[int]) -> Found:
    """From `at` up to the pixels or the end. Sequences are passed over. Raises UnreadableError or NotFetchedError."""
    values: dict[int, bytes] = {}
    within: list[Coding] = []
    """How what surrounds the sequences and items that we are in is written."""
    for _ in range(_MOST_ELEMENTS):
        if at >= window.size:
            return Found(values, None)
        found = element(window, at, coding)
        at = found.at
        if found.tag in _ENDS:
            coding = within.pop() if within else coding
            continue
        if not within and (found.tag == PIXELS or found.tag in FLOAT_PIXELS):
            return Found(values, found)
        if found.length == UNDEFINED:
            within.append(coding)
            coding = coding._replace(explicit=False) if found.kind == b"UN" else coding
            continue
        if at + found.length > window.size:
            raise _beyond(found, window.size)
        if not within and found.tag in wanted:
            values[found.tag] = window.read(at, min(found.length, _MOST_VALUE))
        at += found.length
    raise UnreadableError(f"The DICOM header has more than {_MOST_ELEMENTS:,} elements.")


def _beyond(found: Element, size: int) -> UnreadableError:
    name = f"({found.tag >> 16:04X},{found.tag & 0xFFFF:04X})"
    claim = f"its element {name} claims {found.length:,} bytes at {found.at:,}, but the file has {size:,}"
    return UnreadableError(f"The DICOM file is cut off or damaged: {claim}.", "truncated")
