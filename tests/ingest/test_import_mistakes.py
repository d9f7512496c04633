"""Mistakes that must not pass for labels, nor cost more than a sentence."""

from typing import Any

import pytest

from services.contracts.labels import Shape
from services.ingest.imports.readers import coco, label_studio, voc, yolo
from services.ingest.imports.readers.marks import Unreadable
from services.ingest.manifests import mltable
from services.ingest.probes.window import UnreadableError
from tests.ingest.reading import contents, dumped, zipped

PLACE = {"x": 10, "y": 20, "width": 30, "height": 40}
LEVELS = 9
BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, LEVELS)]
)
"""500 bytes that stand for a thousand million texts."""


def task(result: dict[str, Any]) -> bytes:
    return dumped([{"data": {"image": "a.png"}, "annotations": [{"result": [result]}]}])


@pytest.mark.parametrize(
    ("result", "code", "said"),
    [
        ({"type": "rectanglelabels", "value": {**PLACE, "rectanglelabels": []}}, "field_missing", "no label"),
        ({"type": "rectanglelabels", "value": PLACE}, "field_missing", "rectanglelabels is missing"),
        ({"type": "polygonlabels", "value": {"points": [], "polygonlabels": None}}, "not_a_list", "must be a list"),
        ({"type": "rectanglelabels", "value": {**PLACE, "rectanglelabels": "Cat"}}, "not_a_list", "not 'Cat'"),
        ({"type": "choices", "value": {"choices": "Cat"}}, "not_a_list", "not 'Cat'"),
    ],
)
def test_a_region_of_label_studio_without_a_label_is_told(result: dict[str, Any], code: str, said: str) -> None:
    ((_, (mark,)),) = contents(task(result), label_studio.read).pictures
    assert (mark.wrong[0], said in mark.wrong[1]) == (code, True), mark.wrong


def test_what_has_no_place_needs_no_label() -> None:
    empty = {"type": "choices", "value": {"choices": []}}
    ((_, marks),) = contents(task(empty), label_studio.read).pictures
    assert marks == []


@pytest.mark.timeout(20)
def test_aliases_are_refused_before_they_are_anything() -> None:
    assert len(BOMB) < 700
    zip_ = zipped({"data.yaml": f"{BOMB}\nnames: [*a{LEVELS - 1}, Dog]\n", "labels/a.txt": "0 0.5 0.5 0.5 0.5"})
    with pytest.raises(Unreadable, match=r"at line 2, column 10: aliases are not taken"):
        contents(zip_, yolo.read)
    with pytest.raises(UnreadableError, match=r"at line 2, column 10: aliases are not taken"):
        mltable._table(BOMB.encode())


@pytest.mark.parametrize("text", ["garbage", "Cat:1,2", ""])
def test_a_labelmap_that_says_nothing_is_named(text: str) -> None:
    def read(path: Any, spool: Any) -> None:
        voc.read(path, spool, Shape.MASK)

    with pytest.raises(Unreadable, match=r"labelmap.txt: It has no line such as"):
        contents(zipped({"SegmentationClass/a.png": b"", "labelmap.txt": text}), read)


def test_a_category_without_a_name_is_named() -> None:
    def read(path: Any, spool: Any) -> None:
        coco.read(path, spool, Shape.BOX)

    file = {
        "images": [{"id": 1, "file_name": "a.png"}],
        "annotations": [],
        "categories": [{"id": 1, "name": None}, {"id": 2, "name": ""}, {"id": 3, "name": "cat"}],
    }
    found = contents(dumped(file), read)
    assert found.codes == {("categories[0]", "field_missing"), ("categories[1]", "field_missing")}
