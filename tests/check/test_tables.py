"""The tables of settings, limits and metrics say what the code says."""

from tests.check import tables


def test_the_operations_page_is_true() -> None:
    assert tables.page() == tables.PAGE.read_text(), "run `python -m tests.check.tables`"
