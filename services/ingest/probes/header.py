"""A picture's format, upright size and orientation from its header. Must never decode pixels and never trust a name."""

from collections.abc import Callable
from typing import Final

from services.contracts import limits
from services.contracts.items import Media, MediaFormat
from services.ingest.probes import bmp, dicom, exif, jpeg, png, tiff
from services.ingest.probes.raw import Raw
from services.ingest.probes.window import UnreadableError, Window

_FORMATS: Final[list[tuple[bytes, MediaFormat, Callable[[Window], Raw]]]] = [
    (jpeg.MAGIC, MediaFormat.JPEG, jpeg.parse),
    (png.MAGIC, MediaFormat.PNG, png.parse),
    *((magic, MediaFormat.TIFF, tiff.parse) for magic in tiff.MAGICS),
    (bmp.MAGIC, MediaFormat.BMP, bmp.parse),
]
_OTHERS: Final = {
    b"GIF8": "a GIF picture",
    b"RIFF": "a RIFF file, such as WebP",
    b"%PDF": "a PDF document",
    b"PK\3\4": "a ZIP archive",
    b"<?xm": "an XML document",
    b"<svg": "an SVG drawing",
    b"<!DO": "an HTML page",
    b"<htm": "an HTML page",
}
_BARE: Final = "a DICOM data set without its file header"
_BARE_DICOM: Final = {b"\x08\0": _BARE, b"\0\x08": _BARE, b"\x02\0": _BARE}
"""They begin with group 8 or 2, in either byte order."""
_TEXT: Final = {*range(0x20, 0x7F), 0x09, 0x0A, 0x0D}
_SNIFF: Final = 64
TAIL_BYTES: Final = 4096
"""In so many last bytes a picture has its end."""


def parse(window: Window) -> Media:
    """Raises UnreadableError with the reason, or NotFetchedError to be called again with more."""
    if dicom.recognizes(window):  # first, since a TIFF header may stand in its preamble
        return dicom.parse(window)
    head = window.head(_SNIFF)
    for magic, format_, parser in _FORMATS:
        if head.startswith(magic):
            return _media(format_, parser(window), window.size)
    raise UnreadableError(_what_else(head))


def takes_long(window: Window) -> bool:
    """Whether to parse is work for a thread: a DICOM header may have any number of elements."""
    return dicom.recognizes(window)


def _media(format_: MediaFormat, raw: Raw, size: int) -> Media:
    if raw.width < 1 or raw.height < 1:
        raise UnreadableError(
            f"The file is a damaged {format_.upper()}: its picture is {raw.width} x {raw.height} pixels."
        )
    pixels = raw.width * raw.height
    if pixels > limits.PREVIEW_PIXELS:
        reason = f"The picture has {raw.width:,} x {raw.height:,} = {pixels:,} pixels ({size:,} bytes)"
        raise UnreadableError(f"{reason}; the limit is {limits.PREVIEW_PIXELS:,} pixels.", "too_large")
    width, height = (raw.height, raw.width) if exif.swaps(raw.orientation) else (raw.width, raw.height)
    return Media(format=format_, width=width, height=height, orientation=raw.orientation, converted=raw.converted)


def has_more_pages(media: Media, window: Window) -> bool:
    """Whether something of the file is not shown. Raises NotFetchedError to be called again with more."""
    return media.format is MediaFormat.TIFF and tiff.has_more_pages(window)


def _what_else(head: bytes) -> str:
    if not head:
        return "The file is empty."
    known = _OTHERS.get(head[:4]) or _BARE_DICOM.get(head[:2])
    if known is None:
        known = "a text file" if _TEXT.issuperset(head) else "of an unknown format"
    return f"The file is {known}, not a JPEG, PNG, BMP, TIFF or DICOM picture."


def ends_early(media: Media, content: bytes) -> bool:
    """Whether a part of the picture may be missing. `content` is the whole file, or the last bytes of a large one."""
    if media.format is MediaFormat.JPEG:
        return jpeg.END not in content[-TAIL_BYTES:]
    if media.format is not MediaFormat.PNG:
        return False
    return png.END not in content[-TAIL_BYTES:] or (content.startswith(png.MAGIC) and png.lacks_pixels(content))
