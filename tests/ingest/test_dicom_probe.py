"""Headers that lie: each gets a sentence, soon, from few bytes, and without a decoder."""

import contextlib
import io
import random
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from pydicom import uid
from pydicom.dataset import Dataset

from bench.scans import data_set, dicom, file
from services.contracts.items import MediaFormat
from services.ingest.dicom.frames import inflate
from services.ingest.probes import header
from services.ingest.probes.window import NotFetchedError, UnreadableError, Window
from tests.ingest.dicom_files import FOLDER, probed, ramp


def why(content: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as refused:
        probed(content)
    return refused.value.code, refused.value.reason


def changed(change: Callable[[Dataset], None], syntax: uid.UID = uid.ExplicitVRLittleEndian) -> bytes:
    made = data_set(ramp())
    change(made)
    return file(made, syntax)


def element(tag: int, kind: bytes, content: bytes, length: int | None = None) -> bytes:
    """In explicit little endian, with a length that may be a lie."""
    said = len(content) if length is None else length
    return struct.pack("<HH2sHI", tag >> 16, tag & 0xFFFF, kind, 0, said) + content


WHOLE = dicom(ramp())
SMALL = ("MR_small.dcm", "MR_small_RLE.dcm", "image_dfl.dcm", "reportsi.dcm", "examples_palette.dcm", "rtplan.dcm")
HEAD = WHOLE[: WHOLE.rindex(b"\xe0\x7f\x10\x00")]


class TestProbe:
    def test_what_is_right(self) -> None:
        media = probed(dicom(np.stack([ramp()] * 3)))
        assert (media.format, media.width, media.height, media.frames) == (MediaFormat.DICOM, 60, 40, 3)

    def test_only_the_header_is_read(self) -> None:
        made = data_set(ramp(1000, 1000))
        made.add_new(0x00091010, "LO", "Labelbus")
        made.add_new(0x00091011, "OB", bytes(3_000_000))
        content, fetched = file(made), 0
        window = Window(len(content))
        window.add(0, content[:65_536])
        for _ in range(4):
            try:
                media = header.parse(window)
                break
            except NotFetchedError as missing:
                fetched += missing.length
                window.add(missing.offset, content[missing.offset : missing.offset + 65_536])
        assert (media.width, fetched < 100) == (1000, True)

    @pytest.mark.parametrize(
        ("lie", "code", "part"),
        [
            (lambda d: setattr(d, "Rows", 50_000), "truncated", "60 x 50,000 pixels take 6,000,000 bytes"),
            (lambda d: setattr(d, "NumberOfFrames", 9), "truncated", "in 9 frames take 43,200 bytes, but there are"),
            (lambda d: setattr(d, "NumberOfFrames", 10**9), "unreadable", "claims 1,000,000,000 frames in"),
            (lambda d: setattr(d, "Rows", 0), "unreadable", "its picture is 60 x 0 pixels"),
            (lambda d: delattr(d, "Rows"), "unreadable", "it has no rows"),
            (lambda d: delattr(d, "Columns"), "unreadable", "it has no columns"),
            (lambda d: delattr(d, "PixelData"), "unreadable", "it has no pixels"),
            (lambda d: setattr(d, "PhotometricInterpretation", "HSV"), "unreadable", "'HSV', which is not supported"),
            (lambda d: setattr(d, "SamplesPerPixel", 4), "unreadable", "has 1 samples a pixel, not 4"),
            (lambda d: setattr(d, "BitsStored", 17), "unreadable", "17 bits can't be stored in 16"),
            (lambda d: setattr(d, "BitsAllocated", 64), "unreadable", "16 bits can't be stored in 64"),
        ],
    )
    def test_a_header_that_lies(self, lie: Callable[[Dataset], None], code: str, part: str) -> None:
        told = why(changed(lie))
        assert told[0] == code
        assert part in told[1]

    @pytest.mark.parametrize(
        "syntax", [uid.ExplicitVRLittleEndian, uid.RLELossless, uid.DeflatedExplicitVRLittleEndian]
    )
    def test_ten_gigabytes(self, syntax: uid.UID) -> None:
        content = changed(lambda _: None, syntax)
        if syntax == uid.DeflatedExplicitVRLittleEndian:
            content = changed(_huge, syntax)
        else:
            for tag, value in ((b"\x28\x00\x10\x00US\x02\x00", 40), (b"\x28\x00\x11\x00US\x02\x00", 60)):
                old = tag + struct.pack("<H", value)
                assert content.count(old) == 1
                content = content.replace(old, tag + b"\xff\xff")
        code, reason = why(content)
        assert code == "too_large"
        assert "65,535 x 65,535 = 4,294,836,225 pixels" in reason
        assert "67,108,864" in reason

    @pytest.mark.parametrize("length", [10 * 1024**3 % 2**32, 0xFFFFFFFE, 10_000])
    def test_an_element_longer_than_the_file(self, length: int) -> None:
        code, reason = why(HEAD + element(0x00290010, b"OB", b"abcd", length) + WHOLE[len(HEAD) :])
        assert code == "truncated"
        assert f"(0029,0010) claims {length:,} bytes" in reason

    def test_pixels_longer_than_the_file(self) -> None:
        cut = WHOLE[:-100]
        assert "take 4,800 bytes, but there are 4,700" in why(cut)[1]

    @pytest.mark.parametrize("keep", [0, 100, 131, 132, 140, 200, 400, 600])
    def test_a_file_that_ends_at_any_place(self, keep: int) -> None:
        assert why(WHOLE[:keep])[1].endswith(".")

    def test_every_cut_is_told(self) -> None:
        for keep in range(len(WHOLE) - 1):
            why(WHOLE[:keep])

    @pytest.mark.parametrize(
        "content", [b"", b"no DICOM at all", bytes(200), b"\x08\0\x05\0" + bytes(200), b"DICM" * 99]
    )
    def test_no_dicom_at_all(self, content: bytes) -> None:
        why(content)

    def test_sequences_without_an_end(self) -> None:
        nested = element(0x00081140, b"SQ", struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF), 0xFFFFFFFF) * 50_000
        assert "it has no pixels" in why(HEAD + nested)[1]

    def test_a_million_elements(self) -> None:
        small = struct.pack("<HH2sH", 0x0009, 0x0010, b"LO", 0)
        assert "more than 200,000 elements" in why(HEAD + small * 1_000_000 + WHOLE[len(HEAD) :])[1]

    def test_a_data_set_that_inflates_without_end(self) -> None:
        meta = changed(lambda _: None, uid.DeflatedExplicitVRLittleEndian)
        begin = meta.index(b"1.2.840.10008.1.2.1.99") + 22
        begin += next(n for n in range(200) if _inflates(meta[begin + n :]))
        bomb = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = b"".join(bomb.compress(bytes(1_000_000)) for _ in range(300)) + bomb.flush()
        assert len(packed) < 3_000_000
        assert "more than 200,000 elements" in why(meta[:begin] + packed)[1]
        with pytest.raises(UnreadableError, match="too large when it is inflated"):
            inflate(io.BytesIO(packed), io.BytesIO(), most=10_000_000)

    def test_whatever_is_broken_there_is_an_answer(self) -> None:
        """No error but the one that says why, from few reads."""
        chance = random.Random(1)
        wholes = [(FOLDER / name).read_bytes() for name in SMALL]
        for _ in range(3_000):
            content = bytearray(chance.choice(wholes))
            for _ in range(chance.choice([1, 2, 5, 30])):
                content[chance.randrange(132, min(len(content), 2_500))] = chance.choice(
                    [0, 255, chance.randrange(256)]
                )
            with contextlib.suppress(UnreadableError):
                probed(bytes(content[: chance.choice([len(content), chance.randrange(132, len(content))])]))

    def test_a_video(self) -> None:
        assert "video" in why(_with_syntax("1.2.840.10008.1.2.4.100"))[1]
        assert "'1.2.3'" in why(_with_syntax("1.2.3"))[1]

    def test_a_tiff_header_in_the_preamble_does_not_hide_it(self) -> None:
        assert probed(b"II*\0" + WHOLE[4:]).format is MediaFormat.DICOM


def _huge(made: Dataset) -> None:
    made.Rows = made.Columns = 65_535


def _inflates(packed: bytes) -> bool:
    try:
        return zlib.decompress(packed, -zlib.MAX_WBITS).startswith(b"\x08\x00")
    except zlib.error:
        return False


def _with_syntax(name: str) -> bytes:
    old = struct.pack("<HH2sH", 2, 0x10, b"UI", 20) + b"1.2.840.10008.1.2.1\0"
    padded = name.encode() + b"\0" * (len(name) % 2)
    assert old in WHOLE
    return WHOLE.replace(old, struct.pack("<HH2sH", 2, 0x10, b"UI", len(padded)) + padded)
