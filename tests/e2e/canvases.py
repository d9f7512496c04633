"""Generated pictures to draw on: a grid whose lines are where a test says."""

import io

from PIL import Image, ImageDraw

ORIENTATION = 0x0112
# What a camera that was held so stored: the transposition that makes the stored picture out of the upright one.
_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def grid(width: int, height: int, step: int = 50) -> Image.Image:
    """Lines every `step` pixels."""
    image = Image.new("RGB", (width, height), "#2b4c6b")
    pen = ImageDraw.Draw(image)
    for x in range(0, width, step):
        pen.line([(x, 0), (x, height)], fill="#6f9cc4")
    for y in range(0, height, step):
        pen.line([(0, y), (width, y)], fill="#6f9cc4")
    return image


def png(width: int = 400, height: int = 300) -> bytes:
    """A grid."""
    target = io.BytesIO()
    grid(width, height).save(target, "PNG")
    return target.getvalue()


def photo(width: int, height: int, orientation: int) -> bytes:
    """A JPEG that is `width` by `height` when seen upright."""
    image = grid(width, height)
    turned = image.transpose(_STORED[orientation]) if orientation in _STORED else image
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    target = io.BytesIO()
    turned.save(target, "JPEG", exif=exif, quality=90)
    return target.getvalue()
