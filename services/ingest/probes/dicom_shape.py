"""The picture that a DICOM header describes, and whether it can be: nothing of it is believed before it was checked."""

import struct
from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from services.contracts import limits
from services.ingest.probes.dicom_elements import UNDEFINED, Coding, Element
from services.ingest.probes.window import UnreadableError

_SAMPLES, _COLORS, _FRAMES, _ROWS, _COLUMNS = 0x00280002, 0x00280004, 0x00280008, 0x00280010, 0x00280011
_ALLOCATED, _STORED, _SIGN = 0x00280100, 0x00280101, 0x00280103
SHAPE_TAGS: Final = {
    _ROWS: "rows",
    _COLUMNS: "columns",
    _SAMPLES: "samples per pixel",
    _COLORS: "photometric interpretation",
    _ALLOCATED: "bits allocated",
    _STORED: "bits stored",
    _SIGN: "pixel representation",
    _FRAMES: "",
}
"""What is read, with its name where no picture is without it."""
_MOST_BITS: Final = 16
_CONTAINERS: Final = (1, 8, 16, 32)
_SUBSAMPLED: Final = "YBR_FULL_422"
_SAMPLES_OF: Final = {
    "MONOCHROME1": 1,
    "MONOCHROME2": 1,
    "PALETTE COLOR": 1,
    "RGB": 3,
    "YBR_FULL": 3,
    _SUBSAMPLED: 3,
    "YBR_ICT": 3,
    "YBR_RCT": 3,
}


def text(value: bytes) -> str:
    """A short value in characters; DICOM pads with a space or a NUL."""
    return value.decode("ascii", "replace").strip(" \0")


class Shape(NamedTuple):
    """Size, and how a pixel is stored. `allocated` and `stored` are bits of a sample."""

    rows: int
    columns: int
    samples: int
    colors: str
    allocated: int
    stored: int
    frames: int

    @classmethod
    def of(cls, values: Mapping[int, bytes], coding: Coding) -> Self | None:
        """None when something is missing without which there is no picture. Raises UnreadableError."""
        if any(name and not values.get(tag) for tag, name in SHAPE_TAGS.items()):
            return None

        def number(tag: int) -> int:
            value = values.get(tag, b"")
            return int(struct.unpack(coding.order + "H", value[:2])[0]) if len(value) > 1 else 0

        return cls(
            rows=number(_ROWS),
            columns=number(_COLUMNS),
            samples=number(_SAMPLES),
            colors=text(values[_COLORS]),
            allocated=number(_ALLOCATED),
            stored=number(_STORED),
            frames=_frames(values.get(_FRAMES, b"")),
        )

    def check(self, file_bytes: int) -> None:
        """Raises UnreadableError with what can't be."""
        if self.rows < 1 or self.columns < 1:
            raise _damaged(f"its picture is {self.columns} x {self.rows} pixels")
        pixels = self.rows * self.columns
        if pixels > limits.DICOM_PIXELS:
            reason = f"The picture has {self.columns:,} x {self.rows:,} = {pixels:,} pixels ({file_bytes:,} bytes)"
            raise UnreadableError(f"{reason}; the limit is {limits.DICOM_PIXELS:,} pixels for DICOM.", "too_large")
        if self.frames > file_bytes:
            raise _damaged(f"it claims {self.frames:,} frames in {file_bytes:,} bytes")
        if self.colors not in _SAMPLES_OF:
            raise UnreadableError(f"The DICOM file stores its colours as {self.colors[:32]!r}, which is not supported.")
        if self.samples != _SAMPLES_OF[self.colors]:
            raise _damaged(f"{self.colors} has {_SAMPLES_OF[self.colors]} samples a pixel, not {self.samples}")
        if not 0 < self.stored <= self.allocated or self.allocated not in _CONTAINERS:
            raise _damaged(f"{self.stored} bits can't be stored in {self.allocated}")
        if self.stored > _MOST_BITS:
            raise UnreadableError(f"The DICOM file has {self.stored} bits a sample; at most {_MOST_BITS} can be shown.")

    def check_length(self, pixels: Element, file_bytes: int) -> None:
        """Whether uncompressed pixels are all there. Raises UnreadableError."""
        samples = 2 if self.colors == _SUBSAMPLED else self.samples
        wanted = (self.rows * self.columns * samples * self.allocated * self.frames + 7) // 8
        there = min(pixels.length, max(file_bytes - pixels.at, 0))
        if pixels.length == UNDEFINED:
            raise _damaged("its uncompressed pixels have no length")
        if there < wanted:
            frames = f" in {self.frames:,} frames" if self.frames > 1 else ""
            claim = f"{self.columns:,} x {self.rows:,} pixels{frames} take {wanted:,} bytes, but there are {there:,}"
            raise UnreadableError(f"The DICOM file is cut off or damaged: {claim}.", "truncated")


def _frames(value: bytes) -> int:
    written = text(value)
    if not written:
        return 1
    if not written.isdecimal() or int(written[:12]) < 1:
        raise _damaged(f"its number of frames is {written[:20]!r}")
    return int(written[:12])


def _damaged(why: str) -> UnreadableError:
    return UnreadableError(f"The DICOM file is damaged: {why}.")
