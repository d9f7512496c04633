"""Masks of what files say: polygons filled as COCO's own tools fill them, and layers of which the last one wins."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as coco_masks

from services.contracts import limits
from services.contracts.imports import ImportFormat, ImportMode, import_formats
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Shape
from services.contracts.projects import ColumnMapping, TaskType
from services.ingest.imports.areas import Area
from services.ingest.imports.filling import filled
from services.ingest.imports.judging import Judge, Verdict
from services.ingest.imports.readers import coco, cvat, jsonl, label_studio, yolo
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unit
from services.ingest.imports.readers.rasters import rle
from services.ingest.imports.spool import Spool
from services.kit import masks
from tests.ingest.reading import contents, dumped, zipped
from tests.ingest.test_import_rules import MEDIA, PICTURE, codes, judged, project

HEIGHT, WIDTH = MEDIA.height, MEDIA.width
TRIANGLE = [10.0, 5.0, 90.0, 5.0, 50.0, 45.0]
Pixels = masks.Pixels


def raster(area: Area, height: int, width: int) -> Pixels:
    flat = np.zeros(height * width, np.uint8)
    for begin, end in zip(area.begin, area.end, strict=True):
        flat[begin:end] = 1
    return flat.reshape(width, height).T


def theirs(polygon: Sequence[float], height: int = HEIGHT, width: int = WIDTH) -> Pixels:
    """The pixels that pycocotools fills."""
    (found,) = coco_masks.frPyObjects([list(polygon)], height, width)
    return masks.raster(masks.runs(found["counts"].decode(), height, width), height, width)


def shown(verdict: Verdict) -> dict[str, Pixels]:
    """The masks of a line, by label."""
    assert verdict.line is not None, verdict.faults
    assert all(region.shape is Shape.MASK and not region.points for region in verdict.line.regions)
    return {
        region.label: masks.raster(masks.runs(region.rle, HEIGHT, WIDTH), HEIGHT, WIDTH)
        for region in verdict.line.regions
    }


def polygon(points: Sequence[float], label: str = "cat") -> Mark:
    return Mark(f"the {label}", label, Kind.POLYGON, points)


def block(label: str, top: int, bottom: int, left: int = 0, right: int = WIDTH) -> Mark:
    pixels = np.zeros((HEIGHT, WIDTH), np.uint8)
    pixels[top:bottom, left:right] = 1
    return Mark(f"the {label}", label, Kind.MASK, rle=rle(pixels), size=(HEIGHT, WIDTH))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_polygons_are_filled_as_pycocotools_does(data: st.DataObject) -> None:
    height, width = (data.draw(st.integers(1, 40)) for _ in range(2))
    corner = st.tuples(
        *(st.floats(0, side) | st.integers(0, 2 * side).map(lambda n: n / 2) for side in (width, height))
    )
    points = [value for pair in data.draw(st.lists(corner, min_size=3, max_size=9)) for value in pair]
    area = filled(points, height)
    assert (raster(area, height, width) == theirs(points, height, width)).all()
    assert (area.begin < area.end).all()
    assert (area.begin[1:] > area.end[:-1]).all()


def test_a_polygon_of_too_many_spikes_is_refused_at_once() -> None:
    points = np.random.default_rng(1).random(200_000) * 16_000
    with pytest.raises(masks.MaskBroken, match=f"{limits.MASK_RUNS:,} runs"):
        filled(points.tolist(), 16_000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 7), st.integers(1, 8), st.integers(0, 9))))
def test_the_last_one_wins(layers: list[tuple[str, int, int, int]]) -> None:
    """Compared with painting pixel by pixel."""
    names = {"a": "cat", "b": "dog"}
    canvas = np.zeros((HEIGHT, WIDTH), np.uint8)
    marks = {block(names[name], top, top + high, left, left + 5): name for name, top, high, left in layers}
    for name, top, high, left in {(names[n], t, h, x): (n, t, h, x) for n, t, h, x in layers}.values():
        canvas[top : top + high, left : left + 5] = "ab".index(name) + 1
    verdict = judged(TaskType.IMAGE_MASK, *marks)
    if not layers:
        assert verdict.line is None
        return
    found = shown(verdict)
    for label, number in (("l0", 1), ("l1", 2)):
        assert (found.get(label, np.zeros_like(canvas)) == (canvas == number)).all()


class TestMaskProjects:
    def test_polygons_become_the_masks_of_pycocotools(self) -> None:
        other = [0.0, 0.0, 20.123, 0.0, 20.123, 20.7, 0.0, 20.7]
        found = shown(judged(TaskType.IMAGE_MASK, polygon(TRIANGLE), polygon(other, "dog")))
        assert (found["l1"] == theirs(other)).all()
        assert (found["l0"] == theirs(TRIANGLE) * (1 - theirs(other))).all()

    def test_parts_of_one_label_are_one_mask(self) -> None:
        far = [0.0, 40.0, 9.0, 40.0, 9.0, 50.0]
        verdict = judged(TaskType.IMAGE_MASK, polygon(TRIANGLE), block("cat", 0, 8), polygon(far))
        (only,) = shown(verdict).values()
        assert (only == theirs(TRIANGLE) | theirs(far) | (np.arange(HEIGHT) < 8)[:, None]).all()
        assert codes(verdict) == []

    def test_what_is_covered_is_told_and_costs_nothing(self) -> None:
        verdict = judged(TaskType.IMAGE_MASK, block("cat", 0, 10), block("dog", 5, 20))
        assert [(fault.where, fault.code, fault.kept) for fault in verdict.faults] == [("the cat", "covered", True)]
        assert verdict.faults[0].message.startswith("500 of its 1,000 pixels")
        assert [pixels.sum() for pixels in shown(verdict).values()] == [500, 1500]
        hidden = judged(TaskType.IMAGE_MASK, block("cat", 6, 9), block("dog", 5, 20))
        assert list(shown(hidden)) == ["l1"]
        assert [fault.kept for fault in hidden.faults] == [False]

    @pytest.mark.parametrize(
        "points", [[1, 1, 5, 5], [1, 1, 1, 1, 5, 5], [1, 1, 5, 5, 9], [0, 0, 200, 0, 0, 9], [5, 5, 5.1, 5, 5.1, 5.1]]
    )
    def test_what_is_no_area_is_refused(self, points: list[float]) -> None:
        good = block("dog", 0, 5)
        assert codes(judged(TaskType.IMAGE_MASK, good, polygon(points))) == ["polygon"]
        verdict = Judge(project(TaskType.IMAGE_MASK), ImportMode.PRELABELS, Unit.PIXELS).judge(
            "item", MEDIA, PICTURE, [polygon(points), good]
        )
        assert list(shown(verdict)) == ["l1"]

    def test_boxes_are_still_of_another_kind(self) -> None:
        verdict = judged(TaskType.IMAGE_MASK, Mark("a", "cat", Kind.BOX, [0, 0, 5, 5]))
        assert verdict.faults[0].message == "It is a box; the project takes: mask, polygon."

    def test_polygons_of_the_stored_raster_are_turned(self) -> None:
        media = Media(format=MediaFormat.JPEG, width=WIDTH, height=HEIGHT, orientation=6)
        stored = Picture("1", "images[0]", ["a"], HEIGHT, WIDTH)
        corners = [0.0, 0.0, 10.0, 0.0, 10.0, 20.0, 0.0, 20.0]
        verdict = Judge(project(TaskType.IMAGE_MASK), ImportMode.LABELS, Unit.PIXELS).judge(
            "item", media, stored, [polygon(corners)]
        )
        (found,) = shown(verdict).values()
        assert np.argwhere(found).min(axis=0).tolist() == [0, WIDTH - 20]
        assert found.sum() == 200


def _studio() -> bytes:
    points = [[x / WIDTH * 100, y / HEIGHT * 100] for x, y in zip(TRIANGLE[::2], TRIANGLE[1::2], strict=True)]
    result = {"type": "polygonlabels", "value": {"points": points, "polygonlabels": ["cat"]}}
    return dumped([{"data": {"image": "a.png"}, "annotations": [{"result": [result]}]}])


def _coco() -> bytes:
    annotation = {"image_id": 1, "category_id": 1, "segmentation": [TRIANGLE], "bbox": [0, 0, 9, 9], "iscrowd": 0}
    images = [{"id": 1, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}]
    return dumped({"images": images, "annotations": [annotation], "categories": [{"id": 1, "name": "cat"}]})


def _cvat() -> bytes:
    points = ";".join(f"{x},{y}" for x, y in zip(TRIANGLE[::2], TRIANGLE[1::2], strict=True))
    shapes = (
        f'<polygon label="cat" z_order="1" points="{points}"/><polygon label="dog" points="0,0;100,0;100,50;0,50"/>'
    )
    image = f'<image name="a.png" width="{WIDTH}" height="{HEIGHT}">{shapes}</image>'
    return f"<annotations>{image}</annotations>".encode()


def _yolo() -> bytes:
    shares = " ".join(
        str(value / side) for value, side in zip(TRIANGLE, [WIDTH, HEIGHT] * (len(TRIANGLE) // 2), strict=True)
    )
    return zipped({"classes.txt": "cat\n", "labels/a.txt": f"0 {shares}\n"})


def _coco_of_masks(path: Path, spool: Spool) -> None:
    coco.read(path, spool, Shape.MASK)


def _jsonl() -> bytes:
    shares = [value / side for value, side in zip(TRIANGLE, [WIDTH, HEIGHT] * 3, strict=True)]
    return dumped({"image_url": "a.png", "label": [{"label": "cat", "polygon": [shares, [0, 0, 0.1, 0, 0.1, 0.1]]}]})


def _lines_of_masks(path: Path, spool: Spool) -> None:
    jsonl.read(path, spool, ColumnMapping(), Shape.MASK)


READ: dict[ImportFormat, tuple[bytes, Callable[[Path, Spool], None]]] = {
    ImportFormat.COCO: (_coco(), _coco_of_masks),
    ImportFormat.CVAT: (_cvat(), cvat.read),
    ImportFormat.JSONL: (_jsonl(), _lines_of_masks),
    ImportFormat.YOLO: (_yolo(), yolo.read),
    ImportFormat.LABEL_STUDIO: (_studio(), label_studio.read),
}


@pytest.mark.parametrize("format_", list(READ))
def test_polygons_of_every_format_fill_masks(format_: ImportFormat) -> None:
    assert format_ in import_formats(TaskType.IMAGE_MASK)
    found = contents(*READ[format_])
    ((picture, marks),) = found.pictures
    verdict = Judge(project(TaskType.IMAGE_MASK), ImportMode.LABELS, found.unit).judge("item", MEDIA, picture, marks)
    also = theirs([0, 0, WIDTH / 10, 0, WIDTH / 10, HEIGHT / 10]) if format_ is ImportFormat.JSONL else 0
    assert (shown(verdict)["l0"] == theirs(TRIANGLE) | also).all()
    assert set(codes(verdict)) <= {"covered"}
