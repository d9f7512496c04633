"""What a person reads of an answer that refuses something."""

import pytest

from labelbus.errors import FieldProblem, LabelbusError


@pytest.mark.parametrize(
    ("detail", "message", "shown"),
    [
        ("The request is wrong.", "must be a number", "The request is wrong.; key: must be a number"),
        ("key: must be a number", "must be a number", "key: must be a number"),
        ("The file is empty.", "The file is empty.", "key: The file is empty."),
    ],
)
def test_a_sentence_is_shown_once_and_the_field_is_named(detail: str, message: str, shown: str) -> None:
    assert str(LabelbusError(detail, code="invalid", fields=[FieldProblem(field="key", message=message)])) == shown
