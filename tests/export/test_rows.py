"""Rows and masks of any regions: what is read back is what was drawn."""

import io
import json
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image

from services.contracts.projects import TaskType
from services.export.items.models import Mark
from services.export.jsonl import masks
from services.export.jsonl.models import Rows
from services.export.projects.models import Category
from services.export.sheets.models import place
from services.kit.annotations import LabeledItem
from tests.queue.drawings import rle_of

CLASSES = [
    Category(1, "l0", "Animals", "#112233"),
    Category(2, "l1", 'Animals/“Cat”\\"\n', ""),
    Category(3, "l2", "犬"),
]
LABELS = st.sampled_from([category.label for category in CLASSES])
NAMES = {category.label: category.name for category in CLASSES}
SIZES = st.integers(1, 20_000)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def item(key: str, width: int, height: int) -> LabeledItem:
    return LabeledItem("p/0", "store", key, width, height, 0, [], "png", [], None)


def row_of(task: TaskType, of: LabeledItem, marks: list[Mark]) -> dict[str, Any]:
    line = Rows(task, CLASSES, "").row(place(of.datastore, of.key), of, marks)
    assert "\n" not in line
    row: dict[str, Any] = json.loads(line)
    assert row["image_url"] == f"AmlDatastore://store/{of.key}"
    assert len(row["label_confidence"]) == len(marks)
    return row


def marks(size: tuple[int, int], corners: int) -> st.SearchStrategy[list[Mark]]:
    """Marks of `corners` points with two decimals inside the picture."""
    width, height = size
    x, y = (st.integers(0, most * 100).map(lambda value: value / 100) for most in (width, height))
    points = st.lists(st.tuples(x, y), min_size=corners, max_size=corners).map(
        lambda pairs: [value for pair in pairs for value in pair]
    )
    return st.lists(st.builds(Mark, LABELS, points), max_size=5)


DRAWN = st.tuples(SIZES, SIZES)


@given(KEYS, DRAWN, st.data())
@settings(deadline=None)
def test_boxes_come_back_to_the_hundredth(key: str, size: tuple[int, int], data: st.DataObject) -> None:
    drawn = data.draw(marks(size, 2))
    width, height = size
    for mark, found in zip(drawn, row_of(TaskType.IMAGE_BOX, item(key, *size), drawn)["label"], strict=True):
        shares = [found[corner] for corner in ("topX", "topY", "bottomX", "bottomY")]
        assert all(0 <= share <= 1 for share in shares)
        back = [round(share * most, 2) for share, most in zip(shares, (width, height, width, height), strict=True)]
        assert (back, found["label"]) == (mark.points, NAMES[mark.label])


@given(KEYS, DRAWN, st.data())
@settings(deadline=None)
def test_polygons_come_back_to_the_hundredth(key: str, size: tuple[int, int], data: st.DataObject) -> None:
    drawn = data.draw(marks(size, 4))
    for mark, found in zip(drawn, row_of(TaskType.IMAGE_POLYGON, item(key, *size), drawn)["label"], strict=True):
        (shares,) = found["polygon"]
        back = [round(share * size[place % 2], 2) for place, share in enumerate(shares)]
        assert (back, found["label"]) == (mark.points, NAMES[mark.label])


@given(st.text(min_size=1, max_size=60), st.data())
@settings(deadline=None)
def test_spans_cut_the_same_text(text: str, data: st.DataObject) -> None:
    ends = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted))
    (found,) = row_of(TaskType.TEXT_ENTITIES, item("k", 0, 0), [Mark("l2", [float(end) for end in ends])])["label"]
    assert text[found["offsetStart"] : found["offsetEnd"]] == text[ends[0] : ends[1]]


@given(
    arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=50), elements=st.integers(0, 3)),
    st.permutations([1, 2, 3]),
)
@settings(deadline=None)
def test_a_mask_is_the_picture_that_was_painted(truth: NDArray[np.uint8], order: list[int]) -> None:
    height, width = truth.shape
    present = [number for number in order if (truth == number).any()]
    drawn = [Mark(CLASSES[number - 1].label, [], rle_of((truth == number).astype(np.uint8))) for number in present]
    picture = Image.open(io.BytesIO(masks.png(drawn, CLASSES, width, height)))
    assert (picture.mode, picture.info.get("transparency")) == ("P", None)
    assert (np.asarray(picture) == truth).all()
    row = row_of(TaskType.IMAGE_MASK, item("k", width, height), drawn)
    assert row["label"] == [CLASSES[number - 1].name for number in sorted(present)]


def test_a_png_has_eight_bits_a_pixel_however_few_classes_there_are() -> None:
    data = masks.png([], CLASSES[:1], 3, 2)
    assert data[24:26] == b"\x08\x03"  # IHDR: bit depth, colour type palette
