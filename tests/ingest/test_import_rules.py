"""What becomes of what a file says of an item: matching names, scaling, and the rules that labels have to keep."""

import io
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from services.contracts.imports import ImportMode
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Label, LabelSet
from services.contracts.projects import DataSource, Project, RunState, TaskType
from services.ingest.imports.contents import Offsets
from services.ingest.imports.judging import Judge, Verdict
from services.ingest.imports.names import Name, keys
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unit, Wrong
from services.ingest.imports.readers.rasters import png, rle
from services.ingest.imports.scaling import Scale
from services.kit import clock
from tests.e2e.canvases import ORIENTATION

PICTURE = Picture("1", "images[0]", ["a.png"])
MEDIA = Media(format=MediaFormat.PNG, width=100, height=50)
TEXT = Media(format=MediaFormat.TEXT, chars=20)


def project(task: TaskType, **changes: Any) -> Project:
    labels = [
        Label(id="l0", name="cat"),
        Label(id="l1", name="dog"),
        Label(id="l2", name="Animal"),
        Label(id="l3", name="owl", parent="l2"),
        Label(id="l4", name="old", retired=True),
    ]
    return Project(
        id="p0123456789abcdef",
        version=1,
        name="p",
        task_type=task,
        label_sets=[LabelSet(id="main", multi=task.multi, labels=labels)],
        source=DataSource(datastore="d"),
        run_state=RunState.RUNNING,
        created_at=clock.now(),
        updated_at=clock.now(),
        **changes,
    )


def judged(task: TaskType, *marks: Mark, mode: ImportMode = ImportMode.LABELS, unit: Unit = Unit.PIXELS) -> Verdict:
    media = TEXT if task.media == "text" else MEDIA
    return Judge(project(task), mode, unit).judge("item", media, PICTURE, marks)


def box(*points: float, label: str = "cat") -> Mark:
    return Mark("annotations[0]", label, Kind.BOX, points)


def codes(verdict: Verdict) -> list[str]:
    return [fault.code for fault in verdict.faults]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b.png", ["a/b.png"]),
        ("./a/b.png", ["./a/b.png", "a/b.png"]),
        ("/a/b.png", ["/a/b.png", "a/b.png"]),
        ("a\\b.png", ["a\\b.png", "a/b.png"]),
        ("AmlDatastore://store/a/b.png", ["a/b.png"]),
        ("azureml://subscriptions/x/workspaces/y/datastores/store/paths/a/b.png", ["a/b.png"]),
        ("s3://bucket/a/b.png", ["a/b.png"]),
        ("https://host:9000/bucket/a%20b.png?sig=x", ["bucket/a b.png", "a b.png"]),
        ("/data/local-files/?d=a/b.png", ["/data/local-files/?d=a/b.png", "data/local-files/?d=a/b.png", "a/b.png"]),
    ],
)
def test_names_of_other_tools_are_keys(name: str, expected: list[str]) -> None:
    assert [found.key for found in keys(name)] == expected


def test_a_row_of_a_table_has_its_number() -> None:
    assert keys("AmlDatastore://store/t/reviews.csv#12")[1] == Name("t/reviews.csv", 11)
    assert [found.row for found in keys("reviews.csv#1")] == [-1, 0]
    assert [found.row for found in keys("reviews.csv#0")] == [-1]


class TestBoxes:
    @pytest.mark.parametrize(
        ("points", "unit", "expected"),
        [
            ((1.004, 2, 3, 4), Unit.PIXELS, [1, 2, 3, 4]),
            ((0.25, 0.5, 1, 1), Unit.SHARES, [25, 25, 100, 50]),
            ((-0.000001, 0, 1.000001, 1), Unit.SHARES, [0, 0, 100, 50]),
        ],
    )
    def test_they_become_pixels_with_two_decimals(
        self, points: tuple[float, ...], unit: Unit, expected: list[float]
    ) -> None:
        line = judged(TaskType.IMAGE_BOX, box(*points), unit=unit).line
        assert line is not None
        assert line.regions[0].points == expected

    @pytest.mark.parametrize("points", [(0, 0, 101, 9), (-2, 0, 5, 5), (5, 5, 4, 9), (0, 0, 10)])
    @pytest.mark.parametrize("mode", list(ImportMode))
    def test_what_lies_outside_is_refused_and_not_moved(self, points: tuple[float, ...], mode: ImportMode) -> None:
        verdict = judged(TaskType.IMAGE_BOX, box(*points), mode=mode)
        assert (verdict.line, codes(verdict)) == (None, ["box"])

    def test_a_flat_box_is_a_prelabel_but_no_label(self) -> None:
        flat = box(5, 5, 5, 9)
        suggested = judged(TaskType.IMAGE_BOX, flat, mode=ImportMode.PRELABELS).line
        assert suggested is not None
        assert suggested.regions[0].points == [5, 5, 5, 9]
        assert codes(judged(TaskType.IMAGE_BOX, flat)) == ["box"]

    def test_one_fault_refuses_a_final_label_and_leaves_a_prelabel(self) -> None:
        marks = [box(0, 0, 5, 5), box(0, 0, 500, 5), box(0, 0, 5, 5, label="dog")]
        assert judged(TaskType.IMAGE_BOX, *marks).line is None
        suggested = judged(TaskType.IMAGE_BOX, *marks, mode=ImportMode.PRELABELS)
        assert suggested.line is not None
        assert [region.label for region in suggested.line.regions] == ["l0", "l1"]

    def test_what_is_said_twice_counts_once_and_costs_nothing(self) -> None:
        verdict = judged(TaskType.IMAGE_BOX, box(0, 0, 5, 5), box(0, 0, 5.001, 5), box(0, 0, 5, 5, label="dog"))
        assert verdict.line is not None
        assert (len(verdict.line.regions), codes(verdict)) == (2, ["duplicate"])

    @pytest.mark.parametrize(
        ("label", "expected"),
        [
            ("cat", "l0"),
            ("CAT", "l0"),
            ("Animal/owl", "l3"),
            ("owl", "l3"),
            ("lynx", "label_unknown"),
            ("old", "label_retired"),
        ],
    )
    def test_labels_are_found_by_path_name_and_case(self, label: str, expected: str) -> None:
        verdict = judged(TaskType.IMAGE_BOX, box(0, 0, 5, 5, label=label))
        found = verdict.line.regions[0].label if verdict.line else codes(verdict)[0]
        assert found == expected


class TestOtherKinds:
    def test_labels_of_another_kind_are_refused(self) -> None:
        polygon = Mark("annotations[0]", "cat", Kind.POLYGON, [0, 0, 5, 0, 5, 5])
        verdict = judged(TaskType.IMAGE_BOX, polygon)
        assert (codes(verdict), verdict.faults[0].message) == (
            ["wrong_kind"],
            "It is a polygon; the project takes: box.",
        )

    @pytest.mark.parametrize("points", [[0, 0, 5, 5], [0, 0, 5, 0, 0, 0], [0, 0, 9, 9, 9, 0, 0, 9], [0, 0, 5]])
    def test_polygons_need_three_corners_and_no_knot(self, points: list[float]) -> None:
        assert codes(judged(TaskType.IMAGE_POLYGON, Mark("a", "cat", Kind.POLYGON, points))) == ["polygon"]

    def test_a_box_around_the_whole_picture_labels_it(self) -> None:
        verdict = judged(TaskType.IMAGE_MULTI_CLASS, box(0, 0, 100, 50))
        assert verdict.line is not None
        assert verdict.line.answers[0].labels == ["l0"]
        assert codes(judged(TaskType.IMAGE_MULTI_CLASS, box(0, 0, 100, 49))) == ["wrong_kind"]

    def test_one_class_means_one(self) -> None:
        whole = [Mark("a", label, Kind.WHOLE) for label in ("cat", "dog")]
        assert codes(judged(TaskType.IMAGE_MULTI_CLASS, *whole)) == ["too_many"]
        several = judged(TaskType.IMAGE_MULTI_LABEL, *whole).line
        assert several is not None
        assert several.answers[0].labels == ["l0", "l1"]

    def test_spans_may_not_overlap_nor_leave_the_text(self) -> None:
        spans = [Mark("a", "cat", Kind.SPAN, points) for points in ((0, 5), (4, 9), (19, 21), (3, 3), (0.5, 2))]
        assert codes(judged(TaskType.TEXT_ENTITIES, *spans)) == ["span", "span", "span", "overlap"]
        assert judged(TaskType.TEXT_ENTITIES).line is not None

    def test_masks_fit_the_picture_and_one_another(self) -> None:
        pixels = np.zeros((50, 100), np.uint8)
        pixels[:10] = 1
        text = rle(pixels)
        one = Mark("a", "cat", Kind.MASK, rle=text, size=[50, 100])
        assert judged(TaskType.IMAGE_MASK, one).line is not None
        faults = [one._replace(size=[100, 50]), one._replace(rle="%"), one._replace(rle=text[:-1])]
        assert all(codes(judged(TaskType.IMAGE_MASK, fault)) == ["mask"] for fault in faults)


class TestScale:
    @pytest.mark.parametrize("orientation", range(5, 9))
    def test_pixels_of_the_stored_raster_are_turned_as_the_picture_is(self, orientation: int) -> None:
        stored = Image.new("L", (30, 20))
        stored.putpixel((4, 7), 255)
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        file = io.BytesIO()
        stored.save(file, "PNG", exif=exif)
        upright = ImageOps.exif_transpose(Image.open(file))
        row, column = np.argwhere(np.asarray(upright))[0]
        media = Media(format=MediaFormat.JPEG, width=20, height=30, orientation=orientation)
        scale = Scale(media, Picture("1", "i", ["a"], 30, 20), Unit.PIXELS)
        assert scale.points(box(4, 7, 5, 8)) == [column, row, column + 1, row + 1]

    def test_another_size_is_refused(self) -> None:
        with pytest.raises(Wrong, match="The file says 50 x 100 pixels; the picture has 100 x 50"):
            Scale(MEDIA, Picture("1", "i", ["a"], 50, 100), Unit.PIXELS)


class TestOffsets:
    @settings(max_examples=50, deadline=None)
    @given(st.text(st.sampled_from("ab é👩\n\t "), min_size=1, max_size=40), st.integers(0, 2**32))
    def test_entities_are_found_whatever_the_white_space(self, ours: str, seed: int) -> None:
        rng = random.Random(seed)
        theirs = "".join(rng.choice(["", " ", "\n"]) + one for one in ours.split())
        offsets = Offsets(theirs, ours)
        for begin in range(len(theirs)):
            end = rng.randint(begin, len(theirs))
            if theirs[begin:end].strip():
                start, stop = offsets.span(begin, end)
                assert "".join(ours[int(start) : int(stop)].split()) == "".join(theirs[begin:end].split())

    def test_another_text_is_refused(self) -> None:
        with pytest.raises(Wrong, match="another text"):
            Offsets("a b", "a c")


def test_an_indexed_png_is_a_mask_for_each_value() -> None:
    pixels = np.array([[0, 1], [3, 1]], np.uint8)
    file = io.BytesIO()
    image = Image.fromarray(pixels)
    image.putpalette([0] * 768)
    image.save(file, "PNG")
    found = png(file.getvalue())
    assert ([value for value, _ in found.values], found.size) == ([1, 3], (2, 2))
    with pytest.raises(Wrong, match="no PNG"):
        png(b"\x89PNG\r\n\x1a\nbroken")
