"""Decodes one compressed frame for pydicom. Must never decode one that is larger than the header says.

This is a plug-in as pydicom wants it: `DECODER_DEPENDENCIES`, `is_available` and the function itself.
"""

import struct
from collections.abc import Callable
from typing import Final

import gdcm
from pydicom import uid
from pydicom.pixels.decoders import pyjpegls, pylibjpeg
from pydicom.pixels.decoders.base import DecodeRunner, get_decoder

NAME: Final = "labelbus"
_JPEG: Final = {uid.JPEGBaseline8Bit, uid.JPEGExtended12Bit, uid.JPEGLossless, uid.JPEGLosslessSV1}
_JPEG_LS: Final = {uid.JPEGLSLossless, uid.JPEGLSNearLossless}
_JPEG_2000: Final = {uid.JPEG2000, uid.JPEG2000Lossless, uid.HTJ2K, uid.HTJ2KLossless, uid.HTJ2KLosslessRPCL}
DECODER_DEPENDENCIES: Final = dict.fromkeys(_JPEG | _JPEG_LS | _JPEG_2000 | {uid.RLELossless}, ("labelbus",))
_SOI: Final = b"\xff\xd8"
_SOC_SIZ: Final = b"\xff\x4f\xff\x51"
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC} | {0xF7}
"""Markers that begin with the size of the picture; F7 is that of JPEG-LS."""
_SCAN: Final = 0xDA


def install() -> None:
    """Make it known to pydicom. Once a process."""
    for syntax in DECODER_DEPENDENCIES:
        get_decoder(syntax).add_plugin(NAME, (__name__, "decode"))


def is_available(_syntax: str) -> bool:
    """What it needs is installed, else this module could not be imported."""
    return True


def decode(src: bytes, runner: DecodeRunner) -> bytes | bytearray:
    """One frame. Raises ValueError when the frame is not what the header says."""
    syntax = runner.transfer_syntax
    if syntax == uid.RLELossless:
        return pylibjpeg._decode_frame(src, runner)  # noqa: SLF001 - how pydicom itself names the entry of a plug-in
    size = _j2k_size(src) if syntax in _JPEG_2000 else _jpeg_size(src)
    told = runner.columns, runner.rows, runner.samples_per_pixel
    if size != told:
        raise ValueError(f"the frame has {_words(*size)}, the header says {_words(*told)}")
    return _decoder(syntax)(src, runner)


def _decoder(syntax: uid.UID) -> Callable[[bytes, DecodeRunner], bytes | bytearray]:
    if syntax in _JPEG_2000:
        return pylibjpeg._decode_frame  # noqa: SLF001 - as above
    return pyjpegls._decode_frame if syntax in _JPEG_LS else _decode_jpeg  # noqa: SLF001 - as above


def _words(columns: int, rows: int, samples: int) -> str:
    return f"{columns} x {rows} pixels of {samples} samples"


def _jpeg_size(src: bytes) -> tuple[int, int, int]:
    """Columns, rows and samples of a JPEG or JPEG-LS."""
    at = 2 if src.startswith(_SOI) else len(src)
    while at + 4 <= len(src) and src[at] == _SOI[0]:
        marker = src[at + 1]
        if marker == _SOI[0]:
            at += 1
        elif marker in _FRAMES and at + 10 <= len(src):
            rows, columns, samples = struct.unpack_from(">HHB", src, at + 5)
            return columns, rows, samples
        elif marker == _SCAN:
            break
        else:
            at += 2 + int(struct.unpack_from(">H", src, at + 2)[0])
    raise ValueError("the frame is no JPEG")


def _j2k_size(src: bytes) -> tuple[int, int, int]:
    """Columns, rows and samples of a JPEG 2000 code stream, which may stand in a JP2 file."""
    at = src.find(_SOC_SIZ, 0, 4096)
    if at < 0 or at + 42 > len(src):
        raise ValueError("the frame is no JPEG 2000")
    right, bottom, left, top = struct.unpack_from(">IIII", src, at + 8)
    return right - left, bottom - top, struct.unpack_from(">H", src, at + 40)[0]


def _decode_jpeg(src: bytes, runner: DecodeRunner) -> bytes:
    """By GDCM itself, since pydicom's own plug-in leaves out the 12 bits that GDCM can read."""
    fragment = gdcm.Fragment()
    fragment.SetByteStringValue(src)
    fragments = gdcm.SequenceOfFragments.New()
    fragments.AddFragment(fragment)
    pixels = gdcm.DataElement(gdcm.Tag(0x7FE0, 0x0010))
    pixels.SetValue(fragments.__ref__())
    image = gdcm.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((runner.columns, runner.rows, 1))
    image.SetDataElement(pixels)
    colors = gdcm.PhotometricInterpretation.GetPIType(str(runner.photometric_interpretation))
    image.SetPhotometricInterpretation(gdcm.PhotometricInterpretation(colors))
    if runner.samples_per_pixel > 1:
        image.SetPlanarConfiguration(runner.planar_configuration)
    syntax = gdcm.TransferSyntax.GetTSType(str.__str__(runner.transfer_syntax))
    image.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    stored = runner.bits_stored
    image.SetPixelFormat(
        gdcm.PixelFormat(
            runner.samples_per_pixel, runner.bits_allocated, stored, stored - 1, runner.pixel_representation
        )
    )
    decoded = image.GetBuffer()  # text, with each byte that is no UTF-8 as a surrogate
    if decoded is None:
        raise ValueError("the frame can't be decoded")
    return bytes(decoded.encode("utf-8", "surrogateescape"))
