"""Pixels: an upright sRGB picture of 8 bits that fits a square. Must never be given an unprobed file."""

from enum import StrEnum
from pathlib import Path
from typing import Final

import pyvips
from PIL import Image

from services.contracts.items import Media, MediaFormat
from services.ingest.media import depths
from services.ingest.probes.exif import UPRIGHT
from services.ingest.probes.window import UnreadableError

SMALL_BYTES: Final = 200_000
"""An original up to this size that also fits is served as it is."""
_LOSSLESS_PIXELS: Final = 32_000_000
"""A larger original is shown as JPEG, since a PNG of it would take minutes."""
EDITION: Final = 3
"""To be raised with every change of what is made, so that nothing that was kept before is shown."""
_SAVERS: Final[dict[str, tuple[str, dict[str, int | str | bool]]]] = {
    "image/jpeg": (".jpg", {"Q": 90, "optimize_coding": True, "subsample_mode": "off"}),
    "image/webp": (".webp", {"Q": 90, "effort": 2, "smart_subsample": True}),
    "image/png": (".png", {"compression": 3}),
}
_TYPES: Final = {
    MediaFormat.JPEG: "image/jpeg",
    MediaFormat.PNG: "image/png",
    MediaFormat.BMP: "image/bmp",
    MediaFormat.TIFF: "image/tiff",
}

pyvips.cache_set_max(0)
Image.MAX_IMAGE_PIXELS = None  # The limit is ours, and checked before.


class Size(StrEnum):
    """How large a picture is wanted."""

    THUMBNAIL = "thumbnail"
    PREVIEW = "preview"
    FULL = "full"


FIT: Final = {Size.THUMBNAIL: 320, Size.PREVIEW: 1600}
"""Longest edge in pixels."""


def original_type(media: Media) -> str:
    """Content type of the object itself."""
    return _TYPES[media.format]


def original_serves(media: Media, byte_count: int, size: Size) -> bool:
    """Whether the object itself is what to send: browsers show it, upright, and it is no larger than asked for.

    Browsers turn a JPEG as its Exif says; not all of them do so with a PNG.
    """
    turned = media.format is MediaFormat.PNG and media.orientation != UPRIGHT
    if media.converted or turned or media.format in (MediaFormat.TIFF, MediaFormat.DICOM):
        return False
    return size is Size.FULL or (byte_count <= SMALL_BYTES and max(media.width, media.height) <= FIT[size])


def rendered_type(media: Media, size: Size) -> str:
    """Content type of what `render` makes. It follows from the media alone, so that a kept preview can be named.

    Who labels single pixels must see them as they are: what is not scaled down loses nothing.
    """
    if size is Size.FULL:
        return "image/png" if media.width * media.height <= _LOSSLESS_PIXELS else "image/jpeg"
    if media.format is not MediaFormat.JPEG and max(media.width, media.height) <= FIT[size]:
        return "image/png"
    return "image/webp" if media.format in (MediaFormat.PNG, MediaFormat.TIFF) else "image/jpeg"


def suffix(content_type: str) -> str:
    """`.jpg` of `image/jpeg`."""
    return _SAVERS[content_type][0]


def render(path: Path, media: Media, size: Size) -> bytes:
    """The picture in `path` as `rendered_type` says. Raises UnreadableError when its pixels can't be decoded."""
    edge = FIT.get(size, max(media.width, media.height))
    try:
        picture = _bitmap(path, edge) if media.format is MediaFormat.BMP else _thumbnail(path, edge)
        return encoded(picture, rendered_type(media, size))
    except (pyvips.Error, OSError, ValueError, SyntaxError) as error:
        reason = "The picture can't be decoded: the file is cut off or its pixels are damaged."
        raise UnreadableError(reason, "undecodable") from error


def encoded(picture: pyvips.Image, content_type: str) -> bytes:
    """The file that is sent. Raises pyvips.Error."""
    extension, options = _SAVERS[content_type]
    if picture.hasalpha() and extension == ".jpg":
        picture = picture.flatten(background=255)
    made: bytes = picture.write_to_buffer(extension, keep="none", **options)
    return made


def _thumbnail(path: Path, edge: int) -> pyvips.Image:
    options = {"height": edge, "size": "down", "output_profile": "srgb", "fail_on": "error"}
    opened = pyvips.Image.new_from_file(str(path), fail_on="error")
    if depths.is_deep(opened):
        picture = depths.spread(opened).thumbnail_image(edge, **options)
    else:
        picture = pyvips.Image.thumbnail(str(path), edge, **options)
    return picture.colourspace("srgb").cast("uchar")


def _bitmap(path: Path, edge: int) -> pyvips.Image:
    """Pillow reads BMP, which libvips does without a helper not at all."""
    with Image.open(path, formats=["BMP"]) as opened:
        opened.thumbnail((edge, edge))
        picture = opened.convert("RGB")
    return pyvips.Image.new_from_memory(picture.tobytes(), picture.width, picture.height, 3, "uchar").copy(
        interpretation="srgb"
    )
