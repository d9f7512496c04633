"""Masks of Pascal VOC and brush strokes of Label Studio: what comes back, and what is said of what is broken."""

import io
import random
import zlib
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.contracts.imports import ImportMode
from services.contracts.labels import Shape
from services.contracts.projects import TaskType
from services.export.items.models import Loaded, Placed
from services.export.items.models import Mark as Drawn
from services.export.projects.models import categories
from services.export.voc.models import Voc
from services.ingest.imports.judging import Judge, Verdict
from services.ingest.imports.readers import brush, label_studio, voc
from services.ingest.imports.readers.marks import Unit, Unreadable, Wrong
from services.ingest.imports.readers.rasters import rle
from services.kit import masks
from services.kit import voc as palette
from services.kit.annotations import LabeledItem
from tests.ingest.reading import Contents, contents, dumped, zipped
from tests.ingest.test_import_rules import MEDIA, project

HEIGHT, WIDTH = MEDIA.height, MEDIA.width
Pixels = masks.Pixels
NOISE = np.random.default_rng(7).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
OF_MASKS = project(TaskType.IMAGE_MASK)
read_masks = partial(voc.read, shape=Shape.MASK)


def png(pixels: Pixels, palette: list[int] | None = None, mode: str = "P") -> bytes:
    image = Image.fromarray(pixels) if mode == "P" else Image.new(mode, pixels.shape[::-1])
    if mode == "P":
        image.putpalette(palette or [])
    return saved(image)


def saved(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def xml(name: str) -> str:
    found = "<object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>"
    return f"<annotation><filename>{name}</filename>{found}</annotation>"


def verdicts(found: Contents) -> dict[str, Verdict]:
    judge = Judge(OF_MASKS, ImportMode.LABELS, found.unit)
    return {picture.names[0]: judge.judge("item", MEDIA, picture, marks) for picture, marks in found.pictures}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_masks_of_our_own_exports_come_back(seed: int, shapeless: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    chance = np.random.default_rng(seed)
    classes = categories(OF_MASKS)
    pixels = chance.integers(0, len(classes), (HEIGHT, WIDTH), np.uint8)  # retired is the last one
    pixels[:, : chance.integers(WIDTH)] = chance.integers(len(classes))
    given_ = {category.label: rle(pixels == category.id) for category in classes if (pixels == category.id).any()}
    item = LabeledItem("p/0", "store", "a/b.c.png", WIDTH, HEIGHT, 0, [], "png", [], None)
    marks = [Drawn(label, (), text) for label, text in given_.items()]
    sheet = Voc(Shape.MASK, classes)
    files = [*sheet.about(), *sheet.draw(Loaded(item, marks), Placed(1, 1, item.key)).files]
    kept = {own.name: own.data for own in files if not (shapeless and own.name.endswith(".xml"))}
    ((picture, found),) = contents(zipped(kept), read_masks).pictures
    assert item.key in picture.names
    verdict = Judge(OF_MASKS, ImportMode.LABELS, Unit.PIXELS).judge("item", MEDIA, picture, found)
    assert verdict.faults == []
    back = verdict.line.regions if verdict.line else []
    assert {region.label: region.rle for region in back} == given_


class TestVoc:
    def test_the_border_is_of_no_class_and_the_names_are_those_of_voc(self) -> None:
        pixels = np.zeros((HEIGHT, WIDTH), np.uint8)
        pixels[:10], pixels[10:20], pixels[20:30] = 8, 12, 255
        found = contents(zipped({"VOC/SegmentationClass/a.png": png(pixels, [0] * 768)}), read_masks)
        ((picture, marks),) = found.pictures
        assert "VOC/a.jpg" in picture.names
        assert picture.called == "VOC/a"
        assert [mark.label for mark in marks] == ["cat", "dog"]

    def test_a_picture_of_another_size_is_told_once(self) -> None:
        pixels = np.full((HEIGHT + 1, WIDTH), 8, np.uint8)
        pixels[:10] = 12
        found = contents(zipped({"SegmentationClass/a.png": png(pixels, [0] * 768)}), read_masks)
        ((picture, marks),) = found.pictures
        verdict = Judge(OF_MASKS, ImportMode.LABELS, Unit.PIXELS).judge("item", MEDIA, picture, marks)
        assert (len(marks), verdict.line) == (2, None)
        (fault,) = verdict.faults
        assert "the picture has" in fault.message

    def test_colours_say_which_class_is_which(self) -> None:
        pixels = np.full((HEIGHT, WIDTH), 1, np.uint8)
        pixels[5:] = 2
        text = "# label:color_rgb:parts:actions\nbackground:0,0,0::\ndog:1,2,3::\ncat:9,9,9::\n"
        members: dict[str, str | bytes] = {
            "labelmap.txt": text,
            "SegmentationClass/a.png": png(pixels, [0, 0, 0, 9, 9, 9, 1, 2, 3]),
        }
        ((_, marks),) = contents(zipped(members), read_masks).pictures
        assert [mark.label for mark in marks] == ["cat", "dog"]
        members["labelmap.txt"] = "background:::\ncat:::\n"
        ((_, marks),) = contents(zipped(members), read_masks).pictures
        assert [(mark.wrong[0], "value 2" in mark.wrong[1]) for mark in marks] == [("category_dangling", True)]

    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_masks_of_colours_as_cvat_writes_them(self, mode: str) -> None:
        image = Image.new(mode, (WIDTH, HEIGHT))
        for top, color in enumerate([(9, 9, 9), (1, 2, 3), (224, 224, 192)], 1):
            image.paste(color, (0, 10 * top, 10 * top, 10 * top + 10))
        text = "# label:color_rgb:parts:actions\nbackground:0,0,0::\ndog:1,2,3::\ncat:9,9,9::\n"
        members: dict[str, str | bytes] = {"labelmap.txt": text, "SegmentationClass/a.png": saved(image)}
        ((_, marks),) = contents(zipped(members), read_masks).pictures
        areas = {mark.label: masks.raster(masks.runs(mark.rle, HEIGHT, WIDTH), HEIGHT, WIDTH).sum() for mark in marks}
        assert areas == {"cat": 100, "dog": 200}
        members["labelmap.txt"] = "background:::\ncat:::\n"
        ((_, marks),) = contents(zipped(members), read_masks).pictures
        assert [(mark.wrong[0], "colour 1, 2, 3" in mark.wrong[1]) for mark in marks] == [("category_dangling", True)]

    def test_masks_in_the_colours_of_voc_need_no_list_of_classes(self) -> None:
        image = Image.new("RGB", (WIDTH, HEIGHT))
        image.paste((64, 0, 0), (0, 0, 10, 10))
        image.paste((64, 0, 128), (20, 0, 30, 10))
        ((_, marks),) = contents(zipped({"SegmentationClass/a.png": saved(image)}), read_masks).pictures
        assert sorted(mark.label for mark in marks) == ["cat", "dog"]
        assert [palette.color(number) for number in (0, 1, 20, 255)] == [
            (0, 0, 0),
            (128, 0, 0),
            (0, 64, 128),
            (224, 224, 192),
        ]

    def test_what_is_broken_is_named_and_the_rest_kept(self) -> None:
        good = png(np.full((HEIGHT, WIDTH), 8, np.uint8), [0] * 768)
        huge = bytearray(good)
        huge[16:24] = (60_000).to_bytes(4) * 2
        huge[29:33] = zlib.crc32(huge[12:29]).to_bytes(4)
        wide = png(np.full((WIDTH, HEIGHT), 8, np.uint8), [0] * 768)
        broken = {
            "huge": (bytes(huge), "60000 x 60000 pixels, more than any picture"),
            "cut": (good[: len(good) // 2], "damaged"),
            "text": (b"no picture", "is no PNG."),
            "deep": (png(np.zeros((4, 4), np.uint8), mode="I;16"), "must be an indexed PNG"),
            "photo": (saved(Image.fromarray(NOISE)), "is a picture"),
            "wide": (wide, "is for 50 x 100 pixels; the picture has 100 x 50"),
            "good": (good, ""),
        }
        members: dict[str, str | bytes] = {f"SegmentationClass/{name}.png": data for name, (data, _) in broken.items()}
        members |= {f"Annotations/{name}.xml": xml(f"{name}.jpg") for name in [*broken, "none"]}
        found = contents(zipped(members), read_masks)
        assert {(note.where, note.code) for note in found.problems} == {("Annotations/none.xml", "mask_missing")}
        told = verdicts(found)
        assert list(told) == [f"{name}.jpg" for name in broken]
        for name, (_, said) in broken.items():
            verdict = told[f"{name}.jpg"]
            assert (verdict.line is None) == bool(said)
            assert [(one.where, one.code, said in one.message) for one in verdict.faults] == (
                [(f"SegmentationClass/{name}.png", "mask", True)] if said else []
            )

    def test_a_zip_of_boxes_is_of_another_kind(self) -> None:
        (verdict,) = verdicts(contents(zipped({"Annotations/a.xml": xml("a.jpg")}), read_masks)).values()
        assert [fault.code for fault in verdict.faults] == ["wrong_kind"]
        with pytest.raises(Unreadable, match="no XML file and no PNG in SegmentationClass"):
            contents(zipped({"readme.txt": "x"}), read_masks)


def brushed(words: bytes, chance: random.Random) -> list[int]:
    """Label Studio's run lengths, in blocks that are cut anywhere."""
    sizes = [chance.randint(1, 16) for _ in range(4)]
    bits = f"{len(words):032b}00111" + "".join(f"{size - 1:04b}" for size in sizes)
    at = 0
    while at < len(words):
        which = chance.randrange(4)
        count = min(chance.randint(1, 40), 1 << sizes[which], len(words) - at)
        part = words[at : at + count]
        same = len(set(part)) == 1
        bits += f"{same:b}{which:02b}{count - 1:0{sizes[which]}b}"
        bits += "".join(f"{word:08b}" for word in (part[:1] if same else part))
        at += count
    bits += "0" * (-len(bits) % 8)
    return list(int(bits, 2).to_bytes(len(bits) // 8))


GOLDEN = [0, 0, 0, 48, 57, 27, 254, 19, 0, 3, 32, 0, 160, 7, 128, 255, 3, 32, 0, 160, 7, 128, 255, 190, 0, 6, 64, 1]
GOLDEN += [64, 15, 0, 200]
"""Label Studio's own encoding of 4 x 3 pixels: two of the second row are painted, one of the third is too faint."""


class TestBrush:
    def test_as_label_studio_writes_it(self) -> None:
        found = masks.raster(masks.runs(brush.rle(GOLDEN, 3, 4), 3, 4), 3, 4)
        assert np.argwhere(found).tolist() == [[1, 1], [1, 2]]

    @settings(max_examples=40, deadline=None)
    @given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32))
    def test_whatever_the_blocks(self, height: int, width: int, seed: int) -> None:
        chance = random.Random(seed)
        words = bytes(chance.choice([0, 0, 0, 255, 255, 90]) for _ in range(height * width * 4))
        found = masks.raster(masks.runs(brush.rle(brushed(words, chance), height, width), height, width), height, width)
        assert (found.ravel() == (np.frombuffer(words, np.uint8)[3::4] >= 128)).all()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ("no list", "list of bytes"),
            ([], "list of bytes"),
            ([0, 256], "list of bytes"),
            ([0, 0.5], "list of bytes"),
            ([1, 2, 3], "cut off"),
            (GOLDEN[:-5], "cut off"),
            ([0, 0, 0, 44, *GOLDEN[4:]], "44 words"),
            ([0, 0, 0, 48, 57, 255, 255, 255, 255, 255, 255], "more than its picture"),
        ],
    )
    def test_what_is_broken_is_said(self, values: object, said: str) -> None:
        with pytest.raises(Wrong, match=said):
            brush.rle(values, 3, 4)

    @pytest.mark.parametrize("size", [(0, 4), (-3, -4), (60_000, 60_000)])
    def test_sizes_that_no_picture_has(self, size: tuple[int, int]) -> None:
        with pytest.raises(Wrong, match="size of the brush"):
            brush.rle(GOLDEN, *size)

    def test_tasks(self) -> None:
        words = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
        words[:20] = 255
        value = {"format": "rle", "rle": brushed(words.tobytes(), random.Random(1)), "brushlabels": ["cat"]}
        sizes = {"original_width": WIDTH, "original_height": HEIGHT}
        good, cut = {**sizes, "value": value}, {**sizes, "value": {**value, "rle": value["rle"][:30]}}
        odd = {**sizes, "value": {**value, "format": "png"}}
        results = {"a.png": [good], "b.png": [good, cut], "c.png": [odd], "d.png": [{"value": value}]}
        tasks = [{"data": {"image": name}, "annotations": [{"result": one}]} for name, one in results.items()]
        told = verdicts(contents(dumped(tasks), label_studio.read))
        assert {name: [fault.code for fault in one.faults] for name, one in told.items()} == {
            "a.png": [],
            "b.png": ["mask"],
            "c.png": ["mask"],
            "d.png": ["field_missing"],
        }
        line = told["a.png"].line
        assert line is not None
        assert masks.raster(masks.runs(line.regions[0].rle, HEIGHT, WIDTH), HEIGHT, WIDTH).sum() == 20 * WIDTH
        assert told["b.png"].line is None
