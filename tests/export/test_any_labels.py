"""Any labels into each format and back by a plain reader: what was drawn, to the hundredth of a pixel."""

import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as coco_masks

from services.contracts.exports import ExportFormat
from services.contracts.labels import Shape
from services.contracts.projects import TaskType
from services.export.coco.models import Coco
from services.export.conll.models import Conll
from services.export.huggingface.models import HuggingFace
from services.export.items.models import Loaded, Mark, Placed
from services.export.projects.models import Category
from services.export.sheets.models import Drawn, Sheet
from services.export.voc.models import Voc
from services.export.yolo.models import Yolo
from services.kit.annotations import LabeledItem
from tests.queue.drawings import rle_of

CLASSES = [Category(1, "l0", "Animals"), Category(2, "l1", 'Animals/“Cat”\\" & <b>'), Category(3, "l2", "犬")]
NAMES = {category.label: category.name for category in CLASSES}
SIZES = st.tuples(st.integers(1, 20_000), st.integers(1, 20_000))
Found = list[tuple[str, list[float]]]


def numbers(most: int) -> st.SearchStrategy[float]:
    return st.integers(0, most * 100).map(lambda value: value / 100)


def box(size: tuple[int, int]) -> st.SearchStrategy[list[float]]:
    pairs = [st.lists(numbers(most), min_size=2, max_size=2, unique=True).map(sorted) for most in size]
    return st.tuples(*pairs).map(lambda xy: [xy[0][0], xy[1][0], xy[0][1], xy[1][1]])


def polygon(size: tuple[int, int]) -> st.SearchStrategy[list[float]]:
    points = st.lists(st.tuples(*map(numbers, size)), min_size=3, max_size=6)
    return points.map(lambda pairs: [value for pair in pairs for value in pair])


POINTS = {Shape.BOX: box, Shape.POLYGON: polygon}
TASKS = {Shape.BOX: TaskType.IMAGE_BOX, Shape.POLYGON: TaskType.IMAGE_POLYGON}


def loaded(size: tuple[int, int], marks: Sequence[Mark], text: str = "") -> Loaded:
    return Loaded(LabeledItem("p/0", "store", "a/b.png", *size, 0, [], "png", [], None), marks, text, store="http://s")


def whole(sheet: Sheet, drawn: Drawn) -> str:
    """The only document, with one item in it."""
    parts = zip(sheet.begin(), drawn.sections, sheet.end(), strict=True)
    return "".join(text for part in parts for text in part)


def from_coco(sheet: Sheet, drawn: Drawn, size: tuple[int, int], shape: Shape) -> Found:
    file = json.loads(whole(sheet, drawn))
    names = {category["id"]: category["name"] for category in file["categories"]}
    is_share = "iscrowd" not in json.dumps(file)
    width, height = size if is_share else (1, 1)
    found = []
    for annotation in file["annotations"]:
        x, y, w, h = annotation["bbox"]
        points = annotation["segmentation"][0] if shape is Shape.POLYGON else [x, y, x + w, y + h]
        found.append((names[annotation["category_id"]], scaled(points, width, height)))
    return found


def from_yolo(_sheet: Sheet, drawn: Drawn, size: tuple[int, int], shape: Shape) -> Found:
    (file,) = drawn.files
    assert file.name == "labels/a/b.txt"
    found = []
    for line in file.data.decode().splitlines():
        number, *shares = line.split()
        points = [float(share) for share in shares]
        if shape is Shape.BOX:
            x, y, w, h = points
            points = [x - w / 2, y - h / 2, x + w / 2, y + h / 2]
        found.append((CLASSES[int(number)].name, scaled(points, *size)))
    return found


def from_voc(_sheet: Sheet, drawn: Drawn, _size: tuple[int, int], _shape: Shape) -> Found:
    (file,) = drawn.files
    root = ET.fromstring(file.data)  # noqa: S314 - we wrote it
    return [
        (each.findtext("name") or "", [float(corner.text or "") for corner in each.find("bndbox") or ()])
        for each in root.iter("object")
    ]


def from_hugging_face(sheet: Sheet, drawn: Drawn, _size: tuple[int, int], shape: Shape) -> Found:
    objects = json.loads(whole(sheet, drawn))["objects"]
    points = objects.get("segmentation") or [[x, y, x + w, y + h] for x, y, w, h in objects["bbox"]]
    assert (shape is Shape.POLYGON) == ("segmentation" in objects)
    return list(zip(objects["categories"], [scaled(each, 1, 1) for each in points], strict=True))


def scaled(points: Sequence[float], width: int, height: int) -> list[float]:
    return [round(value * (height if place % 2 else width), 2) for place, value in enumerate(points)]


WAYS: list[Any] = [
    pytest.param(make, read, shape, id=f"{name}-{shape}")
    for name, make, read, shapes in (
        ("coco", lambda shape: Coco(ExportFormat.COCO, shape, CLASSES, "n", 0), from_coco, POINTS),
        ("coco_azure", lambda shape: Coco(ExportFormat.COCO_AZURE, shape, CLASSES, "n", 0), from_coco, POINTS),
        ("yolo", lambda shape: Yolo(shape, CLASSES), from_yolo, POINTS),
        ("voc", lambda shape: Voc(shape, CLASSES), from_voc, [Shape.BOX]),
        ("hf", lambda shape: HuggingFace(TASKS[shape], CLASSES, images=False), from_hugging_face, POINTS),
    )
    for shape in shapes
]


@pytest.mark.parametrize(("make", "read", "shape"), WAYS)
@given(size=SIZES, data=st.data())
@settings(deadline=None, max_examples=40)
def test_regions(make: Any, read: Any, shape: Shape, size: tuple[int, int], data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.builds(Mark, st.sampled_from(sorted(NAMES)), POINTS[shape](size)), max_size=5))
    sheet = make(shape)
    found = read(sheet, sheet.draw(loaded(size, drawn), Placed(1, 1, "a/b.png")), size, shape)
    assert found == [(NAMES[mark.label], [value + 0.0 for value in mark.points]) for mark in drawn]


@given(st.integers(1, 40), st.integers(1, 40), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_masks(width: int, height: int, random: Any) -> None:
    truth = np.array([[random.random() < 0.4 for _ in range(width)] for _ in range(height)], np.uint8)
    truth[random.randrange(height), random.randrange(width)] = 1
    sheet = Coco(ExportFormat.COCO, Shape.MASK, CLASSES, "n", 0)
    drawn = sheet.draw(loaded((width, height), [Mark("l2", (), rle_of(truth))]), Placed(1, 1))
    (annotation,) = json.loads(whole(sheet, drawn))["annotations"]
    rle = annotation["segmentation"]
    assert annotation["area"] == int(truth.sum()) == int(coco_masks.area(rle))
    assert annotation["bbox"] == coco_masks.toBbox(rle).tolist()
    assert (coco_masks.decode({**rle, "counts": rle["counts"].encode()}) == truth).all()


@given(st.lists(st.sampled_from(["Zoë", "犬", "a.b", " ", "\n", "!", "🐈"]), max_size=12), st.data())
@settings(deadline=None)
def test_entities(words: list[str], data: st.DataObject) -> None:
    """Beginnings and tokens of entities: CoNLL has no offsets, so blanks are lost."""
    bounds = [sum(map(len, words[:n])) for n in range(len(words) + 1)]
    chosen = sorted(data.draw(st.lists(st.sampled_from(bounds), unique=True, max_size=6)))
    spans = list(zip(chosen[::2], chosen[1::2], strict=False))
    text = "".join(words)
    marks = [Mark("l2", [float(start), float(end)]) for start, end in spans]
    drawn = Conll(CLASSES).draw(loaded((0, 0), marks, text), Placed(1, 1))
    entities: list[list[str]] = []
    for line in drawn.sections[0].splitlines():
        token, _, tag = line.rpartition(" ")
        if tag == "B-犬":
            entities.append([token])
        elif tag == "I-犬":
            entities[-1].append(token)
    assert entities == [found for start, end in spans if (found := text[start:end].split())]
    if text.split():
        assert drawn.sections[0].endswith("\n\n")
