"""Pictures whose pixels are known, in each way to store them: what labelers see is what they are."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from services.contracts.items import Media
from services.ingest.media import render
from services.ingest.media.render import Size
from services.ingest.probes import header
from services.ingest.probes.window import UnreadableError, Window

Pixels = NDArray[Any]
HEIGHT, WIDTH = 40, 60
NOISE: Final[Pixels] = np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
RAMP: Final[Pixels] = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
TRUTH = Image.fromarray(NOISE)


def probed(content: bytes) -> Media:
    window = Window(len(content))
    window.add(0, content)
    return header.parse(window)


def shown(content: bytes, folder: Path, size: Size = Size.FULL) -> Pixels:
    """As a browser shows what we send: the file itself, or what was made of it."""
    media = probed(content)
    if not render.original_serves(media, len(content), size):
        path = folder / "object"
        path.write_bytes(content)
        content = render.render(path, media, size)
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    assert max(picture.size) <= (render.FIT.get(size) or 10**6)
    return np.asarray(picture.convert("RGB")).astype(int)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def vips(pixels: Pixels, space: str) -> pyvips.Image:
    kind = {"uint8": "uchar", "uint16": "ushort", "float32": "float"}[pixels.dtype.name]
    bands = pixels.shape[2] if pixels.ndim > 2 else 1
    made = pyvips.Image.new_from_memory(pixels.tobytes(), pixels.shape[1], pixels.shape[0], bands, kind)
    return made.copy(interpretation=space)


RGB = vips(NOISE, "srgb")
EXACT: Final[dict[str, Callable[[], bytes]]] = {
    "strips": lambda: saved(TRUTH, "TIFF"),
    "strips of one row": lambda: saved(TRUTH, "TIFF", tiffinfo={278: 1}),
    "lzw": lambda: saved(TRUTH, "TIFF", compression="tiff_lzw"),
    "deflate": lambda: saved(TRUTH, "TIFF", compression="tiff_adobe_deflate"),
    "packbits": lambda: saved(TRUTH, "TIFF", compression="packbits"),
    "tiles": lambda: RGB.tiffsave_buffer(tile=True, tile_width=16, tile_height=16),
    "tiles, lzw, predictor": lambda: RGB.tiffsave_buffer(
        tile=True, tile_width=32, tile_height=16, compression="lzw", predictor="horizontal"
    ),
    "tiles, deflate, smaller copies": lambda: RGB.tiffsave_buffer(
        tile=True, tile_width=16, tile_height=16, compression="deflate", pyramid=True
    ),
    "big": lambda: RGB.tiffsave_buffer(bigtiff=True),
    "several pages": lambda: saved(TRUTH, "TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9), "blue")]),
    "with alpha": lambda: saved(TRUTH.convert("RGBA"), "TIFF"),
    "16 bits": lambda: vips(full(NOISE), "rgb16").tiffsave_buffer(compression="lzw"),
    "png of 16 bits": lambda: vips(full(NOISE), "rgb16").pngsave_buffer(),
    "png": lambda: saved(TRUTH, "PNG"),
    "bmp": lambda: saved(TRUTH, "BMP"),
    "bmp of 32 bits": lambda: saved(TRUTH.convert("RGBA"), "BMP"),
    "bmp upside down": lambda: bmp(NOISE, top_down=True),
    "bmp of OS/2": lambda: bmp(NOISE, core=True),
}


def full(pixels: Pixels) -> Pixels:
    """8 bits as 16, from 0 to 65,535."""
    spread = pixels.astype(np.uint16) * 257
    spread[0, 0] = 0
    spread[0, 1] = 65_535
    return spread


def bmp(pixels: Pixels, *, top_down: bool = False, core: bool = False) -> bytes:
    """24 bits a pixel, with the header that Pillow does not write."""
    rows = pixels[:, :, ::-1] if top_down else pixels[::-1, :, ::-1]
    data = b"".join(row.tobytes().ljust((WIDTH * 3 + 3) // 4 * 4, b"\0") for row in rows)
    if core:
        info = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
    else:
        info = struct.pack("<IiiHHIIiiII", 40, WIDTH, -HEIGHT if top_down else HEIGHT, 1, 24, 0, len(data), 0, 0, 0, 0)
    start = 14 + len(info)
    return struct.pack("<2sIHHI", b"BM", start + len(data), 0, 0, start) + info + data


def packed_bmp(pixels: Pixels) -> bytes:
    """RGB 5-6-5 with masks."""
    five = pixels.astype(np.uint16)
    words = (five[..., 0] >> 3 << 11) | (five[..., 1] >> 2 << 5) | five[..., 2] >> 3
    data = words[::-1].astype("<u2").tobytes()
    info = struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 16, 3, len(data), 0, 0, 0, 0)
    info += struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    start = 14 + len(info)
    return struct.pack("<2sIHHI", b"BM", start + len(data), 0, 0, start) + info + data


@pytest.mark.parametrize("name", EXACT)
def test_pixels_are_exact(tmp_path: Path, name: str) -> None:
    expected = NOISE.astype(int)
    if "16 bits" in name:
        expected = full(NOISE).astype(int) // 256
    assert np.array_equal(shown(EXACT[name](), tmp_path), expected)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
@pytest.mark.parametrize("kind", ["TIFF", "PNG", "BMP"])
def test_few_bits_a_pixel(tmp_path: Path, kind: str, mode: str) -> None:
    picture = TRUTH.convert(mode)
    assert np.array_equal(shown(saved(picture, kind), tmp_path), np.asarray(picture.convert("RGB")))


def test_fax_and_white_is_zero(tmp_path: Path) -> None:
    picture = TRUTH.convert("1")
    expected = np.asarray(picture.convert("RGB"))
    assert np.array_equal(shown(saved(picture, "TIFF", compression="group4"), tmp_path), expected)
    grey = vips(NOISE[:, :, 0].copy(), "b-w")
    made = shown(grey.tiffsave_buffer(miniswhite=True), tmp_path)
    assert np.array_equal(255 - made[:, :, 0], NOISE[:, :, 0]) or np.array_equal(made[:, :, 0], NOISE[:, :, 0])


def test_bmp_of_16_bits(tmp_path: Path) -> None:
    assert np.abs(shown(packed_bmp(NOISE), tmp_path) - NOISE).max() <= 8


@pytest.mark.parametrize("kind", ["TIFF", "PNG"])
@pytest.mark.parametrize(("low", "high"), [(0, 4_095), (0, 65_535), (30_000, 31_000), (0, 2)])
@pytest.mark.parametrize("size", [Size.FULL, Size.THUMBNAIL])
def test_grey_of_16_bits_uses_its_range(tmp_path: Path, kind: str, low: int, high: int, size: Size) -> None:
    share = RAMP / RAMP.max()
    values = (low + share * (high - low)).round().astype(np.uint16)
    expected = (values.astype(float) - low) / (high - low) * 255
    made = shown(saved(Image.fromarray(values), kind), tmp_path, size)
    assert np.abs(made - expected[:, :, None]).max() <= 1


def test_colours_of_12_bits_keep_their_hue(tmp_path: Path) -> None:
    values = (NOISE.astype(np.uint16) * 4_095) // 255
    for content in (vips(values, "rgb16").tiffsave_buffer(), vips(values, "rgb16").pngsave_buffer()):
        made = shown(content, tmp_path)
        assert np.abs(made - values * 255 / values.max()).max() <= 1


def test_one_value_only(tmp_path: Path) -> None:
    for value, expected in ((0, 0), (65_535, 255)):
        flat = np.full((HEIGHT, WIDTH), value, np.uint16)
        assert set(shown(saved(Image.fromarray(flat), "TIFF"), tmp_path).ravel()) == {expected}


def test_floating_point_with_gaps(tmp_path: Path) -> None:
    values = (RAMP / RAMP.max()).astype(np.float32)
    values[3, 4] = np.nan
    made = shown(saved(Image.fromarray(values), "TIFF"), tmp_path)
    expected = np.nan_to_num(values) * 255
    assert np.abs(made - expected[:, :, None]).max() <= 1


class TestCmyk:
    """Inks as littleCMS turns them into sRGB, by the same profile."""

    INKS = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    for _place, _ink in enumerate([(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255), (0, 0, 0, 0)]):
        INKS[:, _place * 12 : _place * 12 + 12] = _ink
    PICTURE = Image.fromarray(INKS, "CMYK")

    @staticmethod
    def profile() -> bytes:
        made: bytes = pyvips.Image.profile_load("cmyk")
        return made

    def expected(self) -> Pixels:
        source = ImageCms.ImageCmsProfile(io.BytesIO(self.profile()))
        made = ImageCms.profileToProfile(
            self.PICTURE,
            source,
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
        )
        assert made is not None
        return np.asarray(made).astype(int)

    @pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
    @pytest.mark.parametrize("with_profile", [True, False])
    @pytest.mark.parametrize("size", [Size.FULL, Size.PREVIEW])
    def test_is_shown_in_srgb(self, tmp_path: Path, kind: str, size: Size, *, with_profile: bool) -> None:
        options: dict[str, Any] = {"icc_profile": self.profile()} if with_profile else {}
        options |= {"quality": 98} if kind == "JPEG" else {}
        made = shown(saved(self.PICTURE, kind, **options), tmp_path, size)
        inner = [place * 12 + 6 for place in range(5)]
        assert np.abs(made[20, inner] - self.expected()[20, inner]).max() <= 12

    def test_values_of_jpeg_are_inverted_with_and_without_the_marker_of_adobe(self, tmp_path: Path) -> None:
        """Pillow writes the marker, and values the other way round, as all do that write such files."""
        adobe = saved(self.PICTURE, "JPEG", quality=98)
        start = adobe.index(b"\xff\xee")
        (length,) = struct.unpack_from(">H", adobe, start + 2)
        bare = adobe[:start] + adobe[start + 2 + length :]
        assert probed(bare).converted
        assert np.array_equal(shown(bare, tmp_path), shown(adobe, tmp_path))


SMOOTH = Image.fromarray(
    np.stack([RAMP % WIDTH * 4, RAMP // WIDTH * 6, 255 - RAMP % WIDTH * 4], axis=-1).astype(np.uint8)
)
DEEP = Image.fromarray((RAMP * 20).astype(np.uint16))
ORIENTED: Final[dict[str, Callable[[Image.Exif], bytes]]] = {
    "jpeg": lambda exif: saved(SMOOTH, "JPEG", exif=exif, quality=95, subsampling=0),
    "cmyk jpeg": lambda exif: saved(SMOOTH.convert("CMYK"), "JPEG", exif=exif, quality=95),
    "png": lambda exif: saved(SMOOTH, "PNG", exif=exif),
    "png of 16 bits": lambda exif: saved(DEEP, "PNG", exif=exif),
    "tiff": lambda exif: saved(SMOOTH, "TIFF", exif=exif, compression="tiff_lzw"),
    "tiff of 16 bits": lambda exif: saved(DEEP, "TIFF", exif=exif),
    "cmyk tiff": lambda exif: saved(SMOOTH.convert("CMYK"), "TIFF", exif=exif),
}


@pytest.mark.parametrize("name", ORIENTED)
@pytest.mark.parametrize("size", [Size.FULL, Size.THUMBNAIL])
def test_all_orientations_are_upright(tmp_path: Path, name: str, size: Size) -> None:
    """As turned here by hand, from what is shown without an orientation."""
    turns: list[Callable[[Pixels], Pixels]] = [
        lambda a: a,
        lambda a: a[:, ::-1],
        lambda a: a[::-1, ::-1],
        lambda a: a[::-1],
        lambda a: a.transpose(1, 0, 2),
        lambda a: np.rot90(a, -1),
        lambda a: a[::-1, ::-1].transpose(1, 0, 2),
        lambda a: np.rot90(a, 1),
    ]
    exif = Image.Exif()
    plain = shown(ORIENTED[name](exif), tmp_path, size)
    for orientation in range(1, 9):
        exif[0x0112] = orientation
        content = ORIENTED[name](exif)
        media = probed(content)
        made = shown(content, tmp_path, size)
        assert made.shape[:2] == (media.height, media.width)
        assert np.abs(made - turns[orientation - 1](plain)).mean() <= 4, orientation


class TestPages:
    @pytest.mark.parametrize(
        ("content", "more"),
        [
            (EXACT["several pages"](), True),
            (EXACT["strips"](), False),
            (EXACT["tiles, deflate, smaller copies"](), False),
            (EXACT["big"](), False),
        ],
    )
    def test_further_ones_are_noticed(self, content: bytes, *, more: bool) -> None:
        window = Window(len(content))
        window.add(0, content)
        assert header.has_more_pages(header.parse(window), window) is more

    def test_a_lost_second_page_is_none(self) -> None:
        content = bytearray(EXACT["strips"]())
        (directory,) = struct.unpack_from("<I", content, 4)
        (count,) = struct.unpack_from("<H", content, directory)
        struct.pack_into("<I", content, directory + 2 + 12 * count, len(content) + 99)
        window = Window(len(content))
        window.add(0, bytes(content))
        assert not header.has_more_pages(header.parse(window), window)


def test_damaged_pixels_are_refused(tmp_path: Path) -> None:
    content = vips(full(NOISE), "rgb16").tiffsave_buffer(compression="deflate")
    path = tmp_path / "object"
    path.write_bytes(content[:8] + bytes(2_000) + content[2_008:])
    with pytest.raises(UnreadableError):
        render.render(path, probed(content), Size.FULL)
