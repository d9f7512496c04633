"""Cells of CSV: whatever is in them comes back."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects import TaskType
from services.export.csv.models import Csv
from services.export.items.models import Loaded, Placed
from services.export.projects.models import Category
from services.kit.annotations import LabeledItem

CLASSES = [Category(1, "l0", "=cmd|'/C calc'!A0"), Category(2, "l1", 'a "b", c')]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@given(st.lists(CELLS, min_size=1, max_size=4), st.booleans(), st.sampled_from(["l0", "l1"]))
@settings(deadline=None)
def test_any_cell_comes_back_and_none_is_a_formula_on_request(cells: list[str], escape: bool, label: str) -> None:  # noqa: FBT001 - drawn
    columns = [f"c{number}" for number in range(len(cells))]
    sheet = Csv(TaskType.TEXT_MULTI_CLASS, CLASSES, columns, escape=escape)
    item = LabeledItem("p/0", "store", "k", 0, 0, 0, [label], "row", [], None, part="0:0:0:1")
    drawn = sheet.draw(Loaded(item, cells=dict(zip(columns, cells, strict=True))), Placed(1, 1))
    header, row = csv.reader(io.StringIO("".join([*sheet.begin(), *drawn.sections]), newline=""), strict=True)
    assert header == [*columns, "Label", "LabelConfidence"]
    name = CLASSES[int(label[1])].name
    if escape:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in [*cells, name, "1.0"]]
    else:
        assert row == [*cells, name, "1.0"]
