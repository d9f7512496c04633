"""Made DICOM files whose values are known: what is read, and what of it is shown."""

import base64
import gzip
import io
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom import uid
from pydicom.dataset import Dataset

from bench.scans import data_set, dicom, file
from services.ingest.dicom import frames, outputs
from services.ingest.probes.window import UnreadableError
from tests.ingest import dicom_table
from tests.ingest.dicom_files import Array, probed, ramp

NATIVE = [
    uid.ImplicitVRLittleEndian,
    uid.ExplicitVRLittleEndian,
    uid.ExplicitVRBigEndian,
    uid.DeflatedExplicitVRLittleEndian,
]
LOSSLESS = [uid.RLELossless, uid.JPEGLSLossless, uid.JPEG2000Lossless]
KINDS = [("u1", 8), ("u2", 10), ("u2", 12), ("u2", 16), ("i2", 12), ("i2", 16)]


@pytest.fixture(autouse=True, scope="module")
def _prepared() -> None:
    dicom_table.prepare()


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def frame(content: bytes, index: int = 0) -> frames.Frame:
        path = tmp_path / "object"
        path.write_bytes(content)
        probed(content)
        return frames.read(path, index)

    return frame


def grey(frame: frames.Frame, index: int = 0) -> Array:
    return np.asarray(Image.open(io.BytesIO(outputs.picture(frame, index, "image/png", 0))))


def pixels(frame: frames.Frame) -> Array:
    """As a browser reads them."""
    facts = outputs.facts(frame)
    read = np.frombuffer(gzip.decompress(outputs.stored(frame)), "<i2" if facts.signed else "<u2")
    return read.reshape(facts.height, facts.width)


class TestStored:
    @pytest.mark.filterwarnings("ignore::UserWarning")
    @pytest.mark.parametrize(("kind", "bits"), KINDS)
    @pytest.mark.parametrize("syntax", [*NATIVE, *LOSSLESS], ids=lambda syntax: str(syntax.keyword))
    def test_every_bit_comes_back(self, read: Any, syntax: uid.UID, kind: str, bits: int) -> None:
        if syntax == uid.ExplicitVRBigEndian:
            values = ramp(kind=kind, bits=bits)
            made = data_set(values.astype(values.dtype.newbyteorder(">")), stored=bits)
            content = file(made, syntax)
        else:
            values = ramp(kind=kind, bits=bits)
            content = dicom(values, syntax, stored=bits)
        frame = read(content)
        assert np.array_equal(pixels(frame), values)
        facts = outputs.facts(frame)
        assert (facts.width, facts.height, facts.bits, facts.signed) == (60, 40, bits, kind == "i2")
        assert (facts.min, facts.max) == (values.min(), values.max())

    def test_any_frame(self, read: Any) -> None:
        values = np.stack([ramp() // (number + 1) for number in range(5)])
        for syntax in (uid.ExplicitVRLittleEndian, uid.RLELossless):
            content = dicom(values, syntax)
            assert probed(content).frames == 5
            for index in (0, 3, 4):
                assert np.array_equal(pixels(read(content, index)), values[index])
            with pytest.raises(UnreadableError) as refused:
                read(content, 5)
            assert refused.value.code == "frame_unknown"

    def test_unused_bits_are_no_part_of_a_value(self, read: Any) -> None:
        values = ramp(bits=12)
        frame = read(dicom(values | 0x3000, stored=12))
        assert np.array_equal(pixels(frame), values)

    def test_colours_have_none(self, read: Any) -> None:
        frame = read(dicom(np.zeros((4, 5, 3), np.uint8), colors="RGB"))
        assert outputs.facts(frame).color
        with pytest.raises(UnreadableError) as refused:
            outputs.stored(frame)
        assert refused.value.code == "color"

    def test_a_modality_table_is_gone_through(self, read: Any) -> None:
        values = ramp(kind="u1", bits=8)
        item = Dataset()
        item.LUTDescriptor, item.ModalityLUTType = [256, 0, 16], "US"
        item.add_new("LUTData", "US", [number * number for number in range(256)])
        frame = read(dicom(values, ModalityLUTSequence=[item]))
        assert np.array_equal(pixels(frame), values.astype(int) ** 2)
        assert outputs.facts(frame).model_dump(include={"slope", "intercept", "bits", "max"}) == {
            "slope": 1,
            "intercept": 0,
            "bits": 16,
            "max": 255 * 255,
        }


class TestShown:
    def test_without_a_window_all_values_are(self, read: Any) -> None:
        values = ramp(kind="i2", bits=12)
        shown = grey(read(dicom(values, stored=12)))
        assert (shown.min(), shown.max()) == (0, 255)
        assert np.abs(shown - (values + 2048) / 4095 * 255).max() <= 0.5

    def test_padding_is_no_value(self, read: Any) -> None:
        values = ramp(bits=10)
        values[:, 0] = 60_000
        frame = read(dicom(values, PixelPaddingValue=60_000))
        assert outputs.facts(frame).max == values[:, 1:].max()
        assert grey(frame)[:, 1:].max() == 255

    @pytest.mark.parametrize("colors", ["MONOCHROME1", "MONOCHROME2"])
    @pytest.mark.parametrize("function", ["", "LINEAR", "LINEAR_EXACT", "SIGMOID"])
    @pytest.mark.parametrize(("center", "width"), [(1000, 400), (2048, 4096), (500.5, 1), (-200, 50)])
    def test_through_the_window(self, read: Any, colors: str, function: str, center: float, width: float) -> None:
        values = ramp(bits=12)
        more = {"VOILUTFunction": function} if function else {}
        made = data_set(values, colors=colors, stored=12, WindowCenter=center, WindowWidth=width, **more)
        made.RescaleSlope, made.RescaleIntercept = 2, -1024
        expected = np.vectorize(_window, otypes=[float])(values * 2.0 - 1024, center, width, function) * 255
        if colors == "MONOCHROME1":
            expected = 255 - expected
        assert np.abs(grey(read(file(made))) - expected).max() <= 0.5 + 1e-9

    def test_the_first_of_several_and_all_are_told(self, read: Any) -> None:
        made = data_set(ramp(), WindowCenter=[100, 500], WindowWidth=[50, 1000])
        made.WindowCenterWidthExplanation = ["BONE", "LUNG"]
        facts = outputs.facts(read(file(made)))
        assert [(each.name, each.center, each.width) for each in facts.windows] == [
            ("BONE", 100, 50),
            ("LUNG", 500, 1000),
        ]

    @pytest.mark.parametrize(
        "wrong", [{"WindowWidth": 0}, {"WindowWidth": -5}, {"WindowWidth": []}, {"VOILUTFunction": "SPLINE"}]
    )
    def test_a_window_that_makes_no_sense_is_none(self, read: Any, wrong: dict[str, Any]) -> None:
        frame = read(dicom(ramp(), **{"WindowCenter": 5, "WindowWidth": 10} | wrong))
        assert outputs.facts(frame).windows == []
        assert grey(frame).max() == 255

    @pytest.mark.parametrize("syntax", NATIVE[:3], ids=lambda syntax: str(syntax.keyword))
    def test_through_a_table(self, read: Any, syntax: uid.UID) -> None:
        values = ramp(bits=10)
        item = Dataset()
        entries = (np.arange(1000)[::-1] * 4).astype(int)
        item.LUTDescriptor, item.LUTExplanation = [1000, 10, 12], "UPSIDE DOWN"
        item.add_new("LUTData", "US", entries.tolist())
        big = syntax == uid.ExplicitVRBigEndian
        stored = values.astype(values.dtype.newbyteorder(">")) if big else values
        frame = read(file(data_set(stored, stored=10, VOILUTSequence=[item]), syntax))
        expected = entries[np.clip(values.astype(int) - 10, 0, 999)] / 4095 * 255
        assert np.abs(grey(frame) - expected).max() <= 0.5 + 1e-9
        (told,) = outputs.facts(frame).luts
        assert (told.name, told.first, told.bits) == ("UPSIDE DOWN", 10, 12)
        assert np.array_equal(np.frombuffer(base64.b64decode(told.data), "<u2"), entries)

    def test_each_frame_through_its_own_window(self, read: Any) -> None:
        values = np.stack([ramp(bits=12)] * 2)
        made = data_set(values, stored=12)
        made.SharedFunctionalGroupsSequence = [_group("PixelValueTransformationSequence", RescaleSlope=2)]
        made.SharedFunctionalGroupsSequence[0].PixelValueTransformationSequence[0].RescaleIntercept = 10
        made.PerFrameFunctionalGroupsSequence = [
            _group("FrameVOILUTSequence", WindowCenter=center, WindowWidth=100) for center in (1000, 3000)
        ]
        for index, center in ((0, 1000), (1, 3000)):
            expected = np.vectorize(_window, otypes=[float])(values[index] * 2.0 + 10, center, 100, "LINEAR") * 255
            assert np.abs(grey(read(file(made), index), index) - expected).max() <= 0.5 + 1e-9

    def test_colours_of_a_palette(self, read: Any) -> None:
        made = data_set(ramp(kind="u1", bits=8), colors="PALETTE COLOR")
        tables = np.random.default_rng(2).integers(0, 65_536, (3, 256), dtype=np.uint16)
        for color, table in zip(("Red", "Green", "Blue"), tables, strict=True):
            setattr(made, f"{color}PaletteColorLookupTableDescriptor", [256, 0, 16])
            setattr(made, f"{color}PaletteColorLookupTableData", table.tobytes())
        frame = read(file(made))
        assert frame.color
        assert np.array_equal(grey(frame), (tables[:, ramp(kind="u1", bits=8)] >> 8).transpose(1, 2, 0))

    def test_it_fits_the_size_that_is_asked_for(self, read: Any) -> None:
        frame = read(dicom(ramp(300, 900)))
        made = Image.open(io.BytesIO(outputs.picture(frame, 0, "image/jpeg", 320)))
        assert made.size == (320, 107)


def _group(name: str, **elements: Any) -> Dataset:
    inner, outer = Dataset(), Dataset()
    for keyword, value in elements.items():
        setattr(inner, keyword, value)
    setattr(outer, name, [inner])
    return outer


def _window(value: float, center: float, width: float, function: str) -> float:
    """PS3.3 C.11.2.1.2 and C.11.2.1.3, word for word."""
    if function == "SIGMOID":
        return 1 / (1 + math.exp(min(-4 * (value - center) / width, 700)))
    if function == "LINEAR_EXACT":
        if value <= center - width / 2:
            return 0
        return 1 if value > center + width / 2 else (value - center) / width + 0.5
    if value <= center - 0.5 - (width - 1) / 2:
        return 0
    return 1 if value > center - 0.5 + (width - 1) / 2 else (value - (center - 0.5)) / (width - 1) + 0.5
