"""Every file of pydicom's test set: shown right, or a sentence that says why not."""

import io
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import generate_frames
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_windowing
from pydicom.pixels.utils import pixel_array

from services.ingest.dicom import frames, outputs
from services.ingest.probes.window import UnreadableError
from tests.ingest import dicom_table
from tests.ingest.dicom_files import FILES, FOLDER, Array, seen, told

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
SHOWN = [name for name, reason in dicom_table.results().items() if not reason]
TWELVE_BITS = ["JPEG-lossy.dcm", "JPGExtended.dcm"]
"""JPEG for which pydicom itself has no decoder that we may use."""
YBR = [
    name
    for name in SHOWN
    if "JPEG Baseline" in " ".join(dicom_table.facts(name)) and "YBR" in dicom_table.facts(name)[1]
]


def expected(path: Path) -> tuple[pydicom.Dataset, Array]:
    """What pydicom itself makes of the first frame, by plug-ins of its own choice."""
    found = pydicom.dcmread(path)
    pixels = pixel_array(found, index=0)
    if found.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, found)
    if pixels.ndim == 3 and pixels.dtype == np.uint16:
        pixels = pixels >> 8
    return found, pixels


class TestFiles:
    def test_the_set_is_whole(self) -> None:
        assert len(FILES) > 150
        assert len(SHOWN) > 80

    @pytest.mark.parametrize("name", [name for name in SHOWN if name not in TWELVE_BITS])
    def test_pixels_are_those_of_pydicom(self, name: str) -> None:
        frame = seen(FOLDER / name)
        _, pixels = expected(FOLDER / name)
        assert frame.pixels.shape == pixels.shape
        assert np.array_equal(frame.pixels, pixels)

    @pytest.mark.parametrize("name", TWELVE_BITS)
    def test_jpeg_of_12_bits_is_close_to_what_it_was_made_from(self, name: str) -> None:
        """The same picture is in the set in JPEG 2000, with losses of its own."""
        pixels = seen(FOLDER / name).pixels.astype(int)
        original = seen(FOLDER / "JPEG2000.dcm").pixels.astype(int)
        slope, offset = np.polyfit(original.ravel(), pixels.ravel(), 1)
        assert abs(slope - 1) < 0.05
        assert abs(offset) < 3
        assert np.abs(pixels - original).mean() < 5

    @pytest.mark.parametrize("name", YBR)
    def test_colours_of_jpeg_are_those_of_another_decoder(self, name: str) -> None:
        found = pydicom.dcmread(FOLDER / name)
        first = next(generate_frames(found.PixelData, number_of_frames=int(found.get("NumberOfFrames", 1) or 1)))
        shown = np.asarray(Image.open(io.BytesIO(first)).convert("RGB")).astype(int)
        assert np.abs(seen(FOLDER / name).pixels.astype(int) - shown).mean() < 2

    @pytest.mark.parametrize("name", SHOWN)
    def test_it_is_rendered_through_its_own_window(self, name: str) -> None:
        frame = seen(FOLDER / name)
        picture = np.asarray(Image.open(io.BytesIO(outputs.picture(frame, 0, "image/png", 0))))
        if frame.color:
            assert np.array_equal(picture, frame.pixels)
            return
        header = frame.header
        values = apply_modality_lut(frame.pixels, header).astype(float)
        if "WindowCenter" in header:
            grey = apply_windowing(values, _unsigned(header))
            top = 2.0**header.BitsStored - 1
        else:
            grey, top = values - values.min(), float(np.ptp(values)) or 1.0
        if header.PhotometricInterpretation == "MONOCHROME1":
            grey = top - grey
        assert np.abs(picture - grey / top * 255).max() <= 1

    @pytest.mark.parametrize("name", [name for name in FILES if name not in SHOWN])
    def test_what_can_not_be_shown_says_why(self, name: str) -> None:
        reason = told(FOLDER / name)
        assert reason.endswith(".")
        assert len(reason) > 25
        assert "Error" not in reason
        assert "0x" not in reason

    def test_any_frame_by_its_number(self) -> None:
        path = FOLDER / "examples_ybr_color.dcm"
        whole = pixel_array(path)
        for index in (0, 7, 29):
            assert np.array_equal(frames.read(path, index).pixels, whole[index])
        with pytest.raises(UnreadableError, match="no frame 30: the file has 30, counted from 0"):
            frames.read(path, 30)

    def test_the_table_in_docs_is_what_happens(self) -> None:
        assert dicom_table.page() == dicom_table.PAGE.read_text(), "run `python -m tests.ingest.dicom_table`"


def _unsigned(header: pydicom.Dataset) -> pydicom.Dataset:
    """So that pydicom gives 0 for black and 2**bits - 1 for white."""
    plain = pydicom.Dataset()
    for keyword in ("WindowCenter", "WindowWidth", "BitsStored", "PhotometricInterpretation"):
        setattr(plain, keyword, header[keyword].value)
    plain.PixelRepresentation, plain.PhotometricInterpretation = 0, "MONOCHROME2"
    return plain


@pytest.fixture(autouse=True, scope="module")
def _prepared() -> None:
    dicom_table.prepare()
