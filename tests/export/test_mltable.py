"""The table beside JSON Lines keeps the rules of MLTable, for every task type."""

import pytest
import yaml

from services.contracts.projects import TaskType
from services.export.jsonl.models import mltable


@pytest.mark.parametrize("task", list(TaskType))
def test_it_has_what_the_schema_asks_for_and_nothing_else(task: TaskType) -> None:
    table = yaml.safe_load(mltable(task, "data.jsonl"))
    assert set(table) == {"$schema", "type", "paths", "transformations", "metadata"}
    assert table["type"] == "mltable"
    assert table["paths"] == [{"file": "./data.jsonl"}]
    ((step, arguments),) = table["transformations"][0].items()
    assert (step, len(table["transformations"])) == ("read_json_lines", 1)
    assert arguments["encoding"] in {"utf8", "iso88591", "latin1", "ascii", "utf16", "utf32", "utf8bom", "windows1252"}
    assert arguments["invalid_lines"] in {"error", "ignore"}
    assert arguments["include_path_column"] is False
