"""Labels in CSV: what our own exports hold comes back as it was, and a row that is wrong costs that row."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.imports import ImportFormat, ImportMode, import_formats
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Label, LabelSet, Shape
from services.contracts.projects import ColumnMapping, DataSource, Project, SourceKind, TableSettings, TaskType
from services.export.csv.models import Csv
from services.export.items.models import Loaded, Mark, Placed
from services.export.projects.models import categories
from services.ingest.imports.judging import Judge
from services.ingest.imports.readers import csv
from services.ingest.imports.readers.marks import Unreadable
from services.kit.annotations import LabeledItem
from tests.ingest.reading import Contents, contents
from tests.ingest.test_import_rules import project

NAMES = ["cat", "=sum(A1)", 'a,b"c"', "[x]", "'quoted", "犬", "-1", "two\nlines", "12", "a;b"]
WIDTH, HEIGHT = 640, 480
COLUMNS = ["id", "text", "=odd", "Label"]
TASKS = [task for task in TaskType if ImportFormat.CSV in import_formats(task)]
ODD = st.text(st.sampled_from("ab'\"=+-@,;\t\r\n é☃"), max_size=12)


def of(task: TaskType, source: DataSource | None = None) -> Project:
    labels = [Label(id=f"l{place}", name=name) for place, name in enumerate(NAMES)]
    sets = [LabelSet(id="main", multi=task.multi, labels=labels)]
    changes: dict[str, Any] = {"label_sets": sets, "allow_empty": True}
    return project(task).model_copy(update=changes | ({"source": source} if source else {}))


def table(task: TaskType) -> Project:
    return of(task, DataSource(datastore="d", kind=SourceKind.TABLE))


def read(data: bytes, owner: Project, **mapping: str) -> Contents:
    return contents(data, partial(csv.read, mapping=ColumnMapping(**mapping), project=owner))


def marks_of(shape: Shape | None, draw: st.DrawFn) -> list[Mark]:
    """Regions whose points have two decimals."""

    def number(most: int) -> float:
        return draw(st.integers(100, most * 100)) / 100

    found = {}
    for _ in range(draw(st.integers(0, 3))):
        label = f"l{draw(st.integers(0, len(NAMES) - 1))}"
        points = [0.0, 0.0, number(WIDTH), number(HEIGHT)]
        if shape is Shape.POLYGON:
            points = [points[2], 0.0, *points[2:], 0.0, number(HEIGHT)]
        found[label, *points] = Mark(label, points)
    return list(found.values())


@st.composite
def exported(draw: st.DrawFn) -> tuple[TaskType, LabeledItem, list[Mark], bytes]:
    """An item with labels, and the file that an export makes of it."""
    task = draw(st.sampled_from(TASKS))
    marks = marks_of(task.regions, draw) if task.regions else []
    chosen = st.lists(st.integers(0, len(NAMES) - 1), min_size=1, max_size=3 if task.multi else 1, unique=True)
    labels = [] if task.regions else [f"l{place}" for place in draw(chosen)]
    item = LabeledItem("p/0", "store", 'a/"b", c.png', WIDTH, HEIGHT, 0, labels, "png", [], None)
    sheet = Csv(task, categories(of(task)), [], escape=draw(st.booleans()))
    text = "".join([*sheet.begin(), *sheet.draw(Loaded(item, marks), Placed(1, 1)).sections])
    return task, item, marks, text.encode()


@settings(max_examples=150, deadline=None)
@given(exported())
def test_our_own_exports_come_back(found: tuple[TaskType, LabeledItem, list[Mark], bytes]) -> None:
    task, item, given_, data = found
    read_back = read(data, of(task))
    ((picture, marks),) = read_back.pictures
    assert picture.names == [f"AmlDatastore://store/{item.key}"]
    media = Media(format=MediaFormat.PNG, width=WIDTH, height=HEIGHT)
    verdict = Judge(of(task), ImportMode.LABELS, read_back.unit).judge("item", media, picture, marks)
    assert verdict.faults == []
    assert verdict.line is not None
    assert [(one.label, one.points) for one in verdict.line.regions] == [(mark.label, mark.points) for mark in given_]
    assert [label for answer in verdict.line.answers for label in answer.labels] == item.labels


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, ODD)), min_size=1, max_size=4), st.booleans())
def test_rows_of_tables_come_back_with_their_cells(rows: list[dict[str, str]], escape: bool) -> None:  # noqa: FBT001 - drawn
    task = TaskType.TEXT_MULTI_CLASS
    sheet = Csv(task, categories(of(task)), COLUMNS, escape=escape)
    item = LabeledItem("p/0", "store", "t.csv", 0, 0, 0, ["l1"], "", [], None, part="0:0:0:1")
    drawn = [text for cells in rows for text in sheet.draw(Loaded(item, cells=cells), Placed(1, 1)).sections]
    found = read("".join([*sheet.begin(), *drawn]).encode(), table(task))
    assert found.problems == []
    assert [picture.cells for picture, _ in found.pictures] == [
        {csv.bare(name): csv.bare(cell) for name, cell in cells.items()} for cells in rows
    ]
    assert {csv.bare(mark.label) for _, marks in found.pictures for mark in marks} == {"=sum(A1)"}


class TestOthers:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_other_tools_write_other_delimiters(self, delimiter: str, encoding: str) -> None:
        lines = [["file", "score", "kind"], ["a,é.png", "0.5", " cat "], ["b.png", "", ""]]
        text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
        found = read(
            text.encode(encoding), of(TaskType.IMAGE_MULTI_CLASS), image="file", category="kind", confidence="score"
        )
        assert [picture.names for picture, _ in found.pictures] == [["a,é.png"], ["b.png"]]
        assert [[(mark.label, mark.confidence) for mark in marks] for _, marks in found.pictures] == [
            [("cat", 0.5)],
            [],
        ]

    def test_several_labels_may_be_a_plain_name(self) -> None:
        found = read(b'Url,Label\na,cat\nb,"[""cat"", ""12""]"\nc,[]\n', of(TaskType.IMAGE_MULTI_LABEL))
        assert [[mark.label for mark in marks] for _, marks in found.pictures] == [["cat"], ["cat", "12"], []]

    def test_what_is_broken_is_named_and_the_rest_kept(self) -> None:
        corners = '""topX"":NaN,""topY"":0,""bottomX"":1,""bottomY"":1'
        rows = [
            'a.png,"[{""label"":""cat"",""topX"":0,""topY"":0,""bottomX"":1,""bottomY"":1}]",[0.5]',
            "b.png,[]",
            'c.png,"[{""label"":""cat"",' + corners + '}]",',
            'd.png,"[{",',
            "e.png,[],much",
            ",[],",
            "f\0.png,[],",
            'g.png,"[7]",2',
            'h.png,"[],',
            "i.png,[],",
        ]
        found = read("\n".join(["Url,Label,LabelConfidence", *rows]).encode(), of(TaskType.IMAGE_BOX))
        assert found.codes == {
            *(("line 3", "row_ragged"), ("line 4, label 1", "not_a_number"), ("line 5", "not_json")),
            *(("line 6", "confidence"), ("line 7", "field_missing"), ("line 8", "row_not_text")),
            *(("line 9, label 1", "confidence"), ("line 10", "row_quote")),
        }
        assert [picture.names[0][0] for picture, _ in found.pictures] == list("acdegi")
        assert [mark.confidence for mark in found.pictures[0][1]] == [0.5]

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "empty"),
            (b"Url,Class\na,b\n", "no column of labels that is known by its name. Its columns are: 'Url', 'Class'"),
            (b"Label\ncat\n", "no column of items"),
            (b"\x00\x01\x02" * 50, "no text"),
            (b'"' + b"a" * 2_000_000, "first row"),
        ],
    )
    def test_what_is_no_file_of_labels(self, data: bytes, said: str) -> None:
        with pytest.raises(Unreadable, match=said):
            read(data, of(TaskType.IMAGE_MULTI_CLASS))

    def test_rows_of_a_table_are_named_where_no_cells_are_shared(self) -> None:
        source = DataSource(datastore="d", kind=SourceKind.TABLE, table=TableSettings(header=True, columns=["id", "t"]))
        owner = of(TaskType.TEXT_MULTI_CLASS, source)
        ((picture, _),) = read(b"Url,Label\nAmlDatastore://d/t.csv#12,cat\n", owner).pictures
        assert (picture.names, picture.cells) == (["AmlDatastore://d/t.csv#12"], {})
        ((picture, _),) = read(b"id,Url,Label\n7,x,cat\n", owner).pictures
        assert (picture.names, picture.cells) == ([], {"id": "7", "Url": "x"})

    def test_a_column_that_is_not_there(self) -> None:
        with pytest.raises(Unreadable, match="no column 'kind'"):
            read(b"Url,Label\na,cat\n", of(TaskType.IMAGE_MULTI_CLASS), category="kind")
