"""Data in and out at the size of the issue: half a million objects, two million rows, every budget kept."""

import pytest

from bench import data

OBJECTS = 500_000
ROWS = 2_000_000
MOST_MB = 600
"""Most memory of one of our services meanwhile: none of them holds what it was given."""


@pytest.mark.proof
def test_half_a_million_objects_and_two_million_rows_keep_every_budget() -> None:
    figures = data.run(OBJECTS, ROWS)
    assert [figure.name for figure in figures if figure.met is False] == []
    ours = {"queue", "ingest", "export", "gateway"}
    grown = [f for f in figures if f.name.startswith("memory of ") and f.name.split()[2] in ours]
    assert [(f.name, f.value) for f in grown if f.value > MOST_MB] == []
