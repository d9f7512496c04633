"""Readers of files with labels: what they find, in whatever order, and what they say of what is broken."""

import codecs
import io
import json
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.contracts.imports import ImportFormat
from services.contracts.labels import Shape
from services.contracts.projects import ColumnMapping, TaskType
from services.ingest.imports.readers import coco, conll, csv, cvat, detect, jsonl, label_studio, voc, yolo
from services.ingest.imports.readers.encoding import as_utf8
from services.ingest.imports.readers.marks import Kind, Unit, Unreadable
from services.ingest.imports.readers.rasters import rle
from services.ingest.imports.readers.tokens import Tokens
from services.ingest.imports.spool import Spool
from services.kit import masks
from tests.ingest.reading import contents, dumped, zipped
from tests.ingest.test_import_rules import project

Reader = Callable[[Path, Spool], None]
FAST = settings(max_examples=25, deadline=None)


def coco_of(shape: Shape | None) -> Reader:
    return lambda path, spool: coco.read(path, spool, shape)


def boxes_of_voc(path: Path, spool: Spool) -> None:
    voc.read(path, spool, Shape.BOX)


def lines(path: Path, spool: Spool) -> None:
    jsonl.read(path, spool, ColumnMapping(), None)


def rows(path: Path, spool: Spool) -> None:
    csv.read(path, spool, ColumnMapping(), project(TaskType.IMAGE_MULTI_CLASS))


READERS: dict[str, Reader] = {
    "coco": coco_of(Shape.BOX),
    "jsonl": lines,
    "csv": rows,
    "yolo": yolo.read,
    "voc": boxes_of_voc,
    "cvat": cvat.read,
    "label_studio": label_studio.read,
    "conll": conll.read,
}
VOC = (
    "<annotation><filename>a.png</filename><object><name>cat</name>"
    "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3.5</xmax><ymax>4</ymax></bndbox></object></annotation>"
)
CVAT = """<?xml version="1.0"?><annotations><version>1.1</version><image id="0" name="a.png" width="8" height="6">
<box label="cat" xtl="1" ytl="2" xbr="3" ybr="4"/><polygon label="dog" points="0,0;4,0;4,4"/><tag label="owl"/>
<mask label="cat" rle="1, 2, 1" left="1" top="1" width="2" height="2"/>
<ellipse label="cat" cx="1" cy="1" rx="1" ry="1"/>
</image></annotations>"""
STUDIO = [
    {
        "data": {"image": "/data/local-files/?d=a/b%20c.png"},
        "annotations": [
            {"was_cancelled": True, "result": []},
            {
                "result": [
                    {
                        "type": "rectanglelabels",
                        "value": {"x": 10, "y": 20, "width": 30, "height": 40, "rectanglelabels": ["cat"]},
                    }
                ]
            },
        ],
    },
    {
        "data": {"text": "a 👩 Bob"},
        "predictions": [{"score": 0.5, "result": [{"value": {"start": 5, "end": 8, "labels": ["per"]}}]}],
    },
]
FILES: dict[str, bytes] = {
    "coco": dumped(
        {
            "images": [{"id": 1, "file_name": "a"}],
            "annotations": [{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}],
            "categories": [{"id": 1, "name": "cat"}],
        }
    ),
    "jsonl": b'{"image_url": "a.png", "label": "cat"}\n{"image_url": "b.png", "label": ["dog"]}\n',
    "csv": b'Url,Label,LabelConfidence\na.png,"cat",1.0\nb.png,dog,\n',
    "yolo": zipped({"data.yaml": "names: [cat, dog]", "labels/train/a.txt": "0 0.5 0.5 0.5 0.5\n1 0 0 1 0 1 1\n"}),
    "voc": zipped({"Annotations/a.xml": VOC}),
    "cvat": CVAT.encode(),
    "label_studio": dumped(STUDIO),
    "conll": b"# newdoc id = a.txt\nAnna B-per\nB I-per\n. O\n\nBob S-per\n",
}


class TestCoco:
    @FAST
    @given(st.permutations(["images", "annotations", "categories", "info"]), st.integers(0, 2**32))
    def test_arrays_may_come_in_any_order(self, order: list[str], seed: int) -> None:
        rng = random.Random(seed)
        images = [{"id": number, "file_name": f"{number}.png"} for number in rng.sample(range(50), 20)]
        boxes: list[dict[str, Any]] = [
            {
                "image_id": rng.choice(images)["id"],
                "category_id": rng.randrange(2),
                "bbox": [rng.random() * 9 for _ in range(4)],
            }
            for _ in range(60)
        ]
        parts = {
            "images": images,
            "annotations": boxes,
            "categories": [{"id": 0, "name": "a"}, {"id": 1, "name": "b"}],
            "info": {},
        }
        found = contents(dumped({name: parts[name] for name in order}), READERS["coco"])
        assert [picture.names for picture, _ in found.pictures] == [[image["file_name"]] for image in images]
        for image, (_, marks) in zip(images, found.pictures, strict=True):
            mine = [box for box in boxes if box["image_id"] == image["id"]]
            assert [mark.label for mark in marks] == ["ab"[box["category_id"]] for box in mine]
            for box, mark in zip(mine, marks, strict=True):
                x, y, width, height = box["bbox"]
                assert mark.points == [x, y, x + width, y + height]

    def test_what_is_broken_is_named_and_the_rest_kept(self) -> None:
        document = {
            "images": [
                {"id": 1, "file_name": "a"},
                {"id": 1, "file_name": "b"},
                {"id": 2},
                7,
                {"id": [], "file_name": "c"},
            ],
            "categories": [{"id": 1, "name": "cat"}, {"id": 2}],
            "annotations": [
                {"image_id": 1, "category_id": 1, "bbox": [0, 0, 2, 2]},
                {"image_id": 3, "category_id": 1, "bbox": [0, 0, 2, 2]},
                {"image_id": 1, "category_id": 9, "bbox": [0, 0, 2, 2]},
                {"image_id": 1, "category_id": 1, "bbox": [0, 0, math.nan, 2]},
                {"image_id": 1, "category_id": 1, "bbox": [0, 0, 2]},
                {"image_id": 1, "category_id": 1, "bbox": [0, 0, -2, 2]},
                {"image_id": 1, "category_id": 1, "bbox": "wide"},
                {"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1.5},
                {"category_id": 1},
            ],
        }
        found = contents(dumped(document), READERS["coco"])
        ((picture, marks),) = found.pictures
        assert (picture.names, [mark.points for mark in marks if not mark.wrong]) == (["a"], [[0, 0, 2, 2]])
        assert found.codes == {
            *(
                ("images[1]", "image_twice"),
                ("images[2]", "field_missing"),
                ("images[3]", "not_an_object"),
                ("images[4]", "id"),
            ),
            *(
                ("categories[1]", "field_missing"),
                ("annotations[1]", "image_dangling"),
                ("annotations[2]", "category_dangling"),
            ),
            *(("annotations[3]", "not_a_number"), ("annotations[4]", "bbox"), ("annotations[5]", "bbox")),
            *(("annotations[6]", "not_a_list"), ("annotations[7]", "confidence"), ("annotations[8]", "field_missing")),
        }

    def test_a_number_beyond_64_bits_costs_its_image_and_an_id_may_be_one(self) -> None:
        long = 10**30
        document = {
            "images": [{"id": long, "file_name": "a"}, {"id": 2, "file_name": "b", "width": long}],
            "categories": [{"id": 1, "name": "cat"}],
            "annotations": [
                {"image_id": long, "category_id": 1, "bbox": [0, 0, 2, 2]},
                {"image_id": long, "category_id": 1, "bbox": [0, 0, long, 2]},
            ],
        }
        found = contents(codecs.BOM_UTF8 + dumped(document), READERS["coco"])
        ((picture, marks),) = found.pictures
        assert (picture.names, len(marks)) == (["a"], 2)
        assert found.codes == {("images[1]", "not_a_number"), ("annotations[1]", "not_a_number")}
        assert found.problems[0].message == f"width is too large a number: '{long}'."

    @pytest.mark.parametrize(
        ("boxes", "unit"), [([[0, 0, 0.5, 1]], Unit.SHARES), ([[0, 0, 20, 1], [0, 0, 1, 1], [5, 5, 9, 9]], Unit.PIXELS)]
    )
    def test_shares_and_pixels_are_told_apart(self, boxes: list[list[float]], unit: Unit) -> None:
        annotations = [{"image_id": 1, "category_id": 1, "bbox": box} for box in boxes]
        document = {
            "images": [{"id": 1, "file_name": "a"}],
            "categories": [{"id": 1, "name": "cat"}],
            "annotations": annotations,
        }
        assert contents(dumped(document), READERS["coco"]).unit is unit

    @FAST
    @given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32))
    def test_both_kinds_of_run_lengths_are_one(self, height: int, width: int, seed: int) -> None:
        pixels = np.random.default_rng(seed).integers(0, 2, (height, width), np.uint8)
        counts = masks.lengths(pixels).tolist()
        both = [{"size": [height, width], "counts": counts}, {"size": [height, width], "counts": rle(pixels)}]
        annotations = [{"image_id": 1, "category_id": 1, "segmentation": one} for one in both]
        document = {
            "images": [{"id": 1, "file_name": "a"}],
            "categories": [{"id": 1, "name": "cat"}],
            "annotations": annotations,
        }
        ((_, marks),) = contents(dumped(document), coco_of(Shape.MASK)).pictures
        assert len({mark.rle for mark in marks}) == 1
        assert (masks.raster(masks.runs(marks[0].rle, height, width), height, width) == pixels).all()


class TestTokens:
    @FAST
    @given(
        st.recursive(
            st.text(st.sampled_from('aN"\\ InfinityNaN,:-ü'), max_size=12) | st.floats() | st.integers() | st.none(),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        ),
        st.integers(1, 40),
    )
    @example([[math.inf, -math.inf, math.nan]], 1)
    def test_only_bare_words_change_wherever_the_file_is_cut(self, document: Any, size: int) -> None:
        tokens = Tokens(io.BytesIO(dumped(document)))
        text = b"".join(iter(lambda: tokens.read(size), b"")).decode()
        assert json.loads(text) == json.loads(dumped(document), parse_constant=str, parse_int=_fitting)

    @pytest.mark.parametrize(("number", "taken"), [("1e308", True), ("-1e309", False), ("0." + "1" * 30, True)])
    def test_fractions_are_numbers_as_long_as_a_float_holds_them(self, number: str, taken: bool) -> None:  # noqa: FBT001 - a parameter of a table
        tokens = Tokens(io.BytesIO(f"[{number}]".encode()))
        text = b"".join(iter(lambda: tokens.read(8), b"")).decode()
        assert text == (f"[{number}]" if taken else f'["{number}"]')


def _fitting(number: str) -> int | str:
    """An integer of up to 64 bits, else its text."""
    return int(number) if -(2**63) <= int(number) < 2**63 else number


class TestOthers:
    def test_json_lines_name_the_line(self) -> None:
        rows = [
            b'{"image_url": "a.png", "label": ["cat", 7], "label_confidence": [0.5, 1]}',
            b"not json",
            b'{"label": "cat"}',
            b"[1]",
            b'{"image_url": "b.png", "label": [{"label": "cat", "topX": NaN, "topY": 0, "bottomX": 1, "bottomY": 1}]}',
            b'{"image_url": "c.png", "label": "cat", "label_confidence": 2}',
        ]
        found = contents(b"\n".join(rows), lines)
        assert found.codes == {
            *(
                ("line 1, label 2", "label"),
                ("line 2", "not_json"),
                ("line 3", "field_missing"),
                ("line 4", "not_an_object"),
            ),
            *(("line 5, label 1", "not_a_number"), ("line 6", "confidence")),
        }
        assert [(mark.label, mark.confidence) for mark in found.pictures[0][1]] == [("cat", 0.5), ("", None)]

    def test_halves_of_characters_are_only_odd_names(self) -> None:
        row = {"image_url": "\ud800.png", "label": ["\udfff", {"label": 1, "\ud800": 2}]}
        ((picture, _),) = contents(dumped(row), lines).pictures
        assert picture.names == ["\ud800.png"]
        image, mark = {"id": "\ud800", "file_name": "a"}, {"image_id": "\ud800", "category_id": "\udfff"}
        categories = [{"id": "\udfff", "name": "cat"}]
        document = {"images": [image, image], "annotations": [mark], "categories": categories}
        try:
            found = contents(dumped(document), READERS["coco"])
        except Unreadable:
            return
        assert len(found.pictures) == 1

    def test_columns_of_json_lines_may_have_other_names(self) -> None:
        mapping = ColumnMapping(image="file", category="kind", confidence="sure")
        row = {"file": "a.png", "kind": "cat", "sure": 0.25, "label": "no"}
        ((picture, marks),) = contents(dumped(row), lambda path, spool: jsonl.read(path, spool, mapping, None)).pictures
        assert (picture.names, [(mark.label, mark.confidence) for mark in marks]) == (["a.png"], [("cat", 0.25)])

    def test_yolo(self) -> None:
        ((picture, marks),) = contents(FILES["yolo"], yolo.read).pictures
        assert {"train/a.jpg", "images/train/a.png", "labels/train/a.tif"} <= set(picture.names)
        assert picture.called == "train/a"
        assert [(mark.label, mark.kind) for mark in marks] == [("cat", Kind.BOX), ("dog", Kind.POLYGON)]
        assert marks[0].points == [0.25, 0.25, 0.75, 0.75]
        broken = zipped({"classes.txt": "cat\n", "a.txt": "0 1 2\n5 0 0 1 1\n0 nan 0 1 1\n0 0.5 0.5 1 1\n"})
        found = contents(broken, yolo.read)
        assert found.codes == {
            ("a.txt, line 1", "line"),
            ("a.txt, line 2", "category_dangling"),
            ("a.txt, line 3", "not_a_number"),
        }
        with pytest.raises(Unreadable, match="list of classes"):
            contents(zipped({"a.txt": "0 0 0 1 1"}), yolo.read)

    def test_voc(self) -> None:
        ((picture, marks),) = contents(FILES["voc"], boxes_of_voc).pictures
        assert ("a.png" in picture.names, marks[0].points, marks[0].label) == (True, [1, 2, 3.5, 4], "cat")
        entities = '<!DOCTYPE a [<!ENTITY b "c">]><annotation><filename>&b;</filename></annotation>'
        found = contents(
            zipped({"a.xml": VOC, "b.xml": "<annotation>", "c.xml": entities, "d.xml": "<other/>"}), boxes_of_voc
        )
        assert found.codes == {("b.xml", "not_xml"), ("c.xml", "not_xml"), ("d.xml", "not_xml")}
        assert len(found.pictures) == 1

    def test_cvat(self) -> None:
        for data in (CVAT.encode(), zipped({"x/annotations.xml": CVAT})):
            ((picture, marks),) = contents(data, cvat.read).pictures
            assert (picture.names, picture.width) == (["a.png"], 8)
            assert [mark.kind for mark in marks] == [Kind.BOX, Kind.POLYGON, Kind.WHOLE, Kind.MASK, Kind.OTHER]
            pixels = masks.raster(masks.runs(marks[3].rle, 6, 8), 6, 8)
            assert np.argwhere(pixels).tolist() == [[1, 2], [2, 1]]

    def test_label_studio(self) -> None:
        (image, boxes), (text, spans) = contents(FILES["label_studio"], label_studio.read).pictures
        assert image.names == ["/data/local-files/?d=a/b%20c.png"]
        assert boxes[0].points == pytest.approx([0.1, 0.2, 0.4, 0.6])
        assert (text.text, spans[0].points, spans[0].confidence) == ("a 👩 Bob", [4, 7], 0.5)

    def test_conll(self) -> None:
        (first, one), (second, two) = contents(FILES["conll"], conll.read).pictures
        assert (first.names, first.text, [(mark.label, tuple(mark.points)) for mark in one]) == (
            ["a.txt"],
            "Anna B .",
            [("per", (0, 6))],
        )
        assert (second.names, second.text, [tuple(mark.points) for mark in two]) == ([], "Bob", [(0, 3)])
        found = contents(b"a B-x\nb what\n\nc O\n", conll.read)
        assert (found.codes, len(found.pictures)) == ({("line 2", "tag")}, 1)


class TestStrangers:
    def test_names_that_lead_out_of_a_zip_are_left_out(self) -> None:
        names = ["../a.xml", "/b.xml", "c/../../d.xml", "C:\\e.xml", "x\\..\\..\\f.xml"]
        found = contents(zipped({"good.xml": VOC} | dict.fromkeys(names, VOC)), boxes_of_voc)
        assert {code for _, code in found.codes} == {"name_unsafe"}
        assert (len(found.problems), len(found.pictures)) == (len(names), 1)

    def test_a_bomb_is_refused(self) -> None:
        with pytest.raises(Unreadable, match="bomb"):
            contents(zipped({"a.xml": VOC, "b.xml": b" " * 30_000_000}), boxes_of_voc)

    @pytest.mark.parametrize("name", [name for name in READERS if name not in ("jsonl", "csv", "conll")])
    def test_a_file_that_ends_too_early_is_refused(self, name: str) -> None:
        data = FILES[name]
        with pytest.raises(Unreadable):
            contents(data[: len(data) // 2], READERS[name])

    @pytest.mark.parametrize("name", list(READERS))
    def test_no_byte_breaks_a_reader(self, name: str) -> None:
        rng = random.Random(name)
        for _ in range(60):
            data = bytearray(FILES[name])
            for _ in range(rng.randrange(1, 4)):
                data[rng.randrange(len(data))] = rng.choice([0, 0x22, 0x2C, 0x3C, 0x7B, 0xFF, rng.randrange(256)])
            try:
                contents(bytes(data), READERS[name])
            except Unreadable as unreadable:
                assert str(unreadable).endswith((".", "missing."))  # noqa: PT017 - a sentence for its owner

    @pytest.mark.parametrize(
        "data", [b"", b"\0\0\0", b"[]", b"{}", b"null", b"\xff\xfe{\0", b"PK\x03\x04", b"[" * 100_000], ids=range(8)
    )
    @pytest.mark.parametrize("name", list(READERS))
    def test_what_is_something_else_is_refused_or_empty(self, name: str, data: bytes) -> None:
        try:
            found = contents(data, READERS[name])
        except Unreadable:
            return
        assert not found.pictures


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("coco", b'{"images": [{"id": 1', "The file ends too early."),
        ("coco", b'{"images": [1,, 2]}', "The file is no JSON near '[1,,'."),
        ("yolo", zipped({"data.yaml": "names: [cat\nfoo: 1"}), "data.yaml, can't be read as YAML at line 2, column 4:"),
        ("yolo", zipped({"data.yaml": "names: 2024-99-99"}), "data.yaml, can't be read as YAML."),
        ("cvat", b"<!DOCTYPE a><annotations/>", "The XML has a document type (<!DOCTYPE …>), which no labels need."),
        ("cvat", b"<annotations>\n<image></annotations>", "The XML is broken: mismatched tag: line 2, column 9."),
        ("cvat", b'<?xml version="1.0" encoding="odd"?><annotations/>', "encoding that is not read"),
    ],
)
def test_what_is_broken_is_said_in_words_and_where(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as raised:
        contents(data, READERS[name])
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"image_url": }', "It is no JSON at character 15: expecting value."),
        (b"[" * 100_000, "It is JSON that is nested too deep."),
        (b'{"image_url": ' + b"1" * 5_000 + b"}", "It holds a number of too many digits."),
    ],
    ids=["value", "deep", "digits"],
)
def test_a_line_that_is_no_json_says_where_it_stops_to_be(line: bytes, said: str) -> None:
    found = contents(b'{"image_url": "a.png"}\n' + line, lines)
    assert [(note.where, note.code, note.message) for note in found.problems] == [("line 2", "not_json", said)]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_utf_16_is_read_and_seen(codec: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(FILES["coco"].decode().encode(codec))
    assert detect.guess("file.json", path.read_bytes()).format is ImportFormat.COCO
    as_utf8(path)
    assert contents(path.read_bytes(), READERS["coco"]) == contents(FILES["coco"], READERS["coco"])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("data", "said"), [("{}".encode("utf-32"), "UTF-32"), (b"\xff\xfe{\0\0\xd8{\0", "damaged further on")]
)
def test_other_encodings_are_named(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=said):
        as_utf8(path)


def test_a_line_without_its_tag_does_not_make_another_format() -> None:
    data = b"Anna B-per\nBob\n. O\n\nBob S-per\n"
    assert detect.guess("labels.txt", data).format is ImportFormat.CONLL
    found = contents(data, conll.read)
    assert [note.message for note in found.problems] == ["Behind 'Bob' there is no tag: B-name, I-name or O are."]
    assert detect.guess("labels.txt", b"Anna went\nto Rome I-loc\nand home\nagain").format is None


@pytest.mark.parametrize("format_", list(ImportFormat))
def test_the_format_is_seen(format_: ImportFormat) -> None:
    data = FILES[format_]
    members = {"yolo": ["data.yaml", "labels/a.txt"], "voc": ["a.xml"]}.get(format_, [])
    assert detect.guess(f"file.{format_}", data[: detect.HEAD], members).format is format_
