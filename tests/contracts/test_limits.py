"""The limits hold where a contract says that they do, at the limit and one beyond."""

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from services.contracts import limits, queue_api
from services.contracts.labels import Effort, Name

TOKEN = "t" * 16
ID = f"p{'0' * 16}/{'0' * 32}"
ITEM = {"id": "p1/0f", "version": 1}


@pytest.mark.parametrize(
    ("model", "fits", "too_much"),
    [
        (queue_api.ClaimPage, {"size": limits.PAGE_ITEMS}, {"size": limits.PAGE_ITEMS + 1}),
        (queue_api.ClaimPage, {"size": 1}, {"size": 0}),
        (queue_api.ClaimPage, {"size": 1, "token": "t" * 64}, {"size": 1, "token": "t" * 65}),
        (queue_api.ClaimPage, {"size": 1, "have": [TOKEN] * 4}, {"size": 1, "have": [TOKEN] * 5}),
        (queue_api.ClaimItems, {"items": [ID] * limits.PAGE_ITEMS}, {"items": [ID] * (limits.PAGE_ITEMS + 1)}),
        (queue_api.ClaimItems, {"items": [ID]}, {"items": []}),
        (queue_api.ClaimItems, {"items": [ID]}, {"items": [ID, "x"]}),
    ],
)
def test_claims(model: type[BaseModel], fits: dict[str, object], too_much: dict[str, object]) -> None:
    common = {"token": TOKEN, "client": "client-1"}
    model.model_validate(common | fits)
    with pytest.raises(ValidationError):
        model.model_validate(common | too_much)


@pytest.mark.parametrize(
    ("field", "limit"), [("note", limits.NOTE_CHARS), ("skip_reason", limits.REASON_CHARS)], ids=["note", "skip_reason"]
)
def test_texts_of_a_submission(field: str, limit: int) -> None:
    queue_api.SubmitItem.model_validate(ITEM | {field: "é" * limit})
    with pytest.raises(ValidationError) as refused:
        queue_api.SubmitItem.model_validate(ITEM | {field: "é" * (limit + 1)})
    assert refused.value.errors()[0]["loc"] == (field,)


def test_names_are_trimmed_then_measured() -> None:
    name: TypeAdapter[str] = TypeAdapter(Name)
    assert name.validate_python("  " + "n" * limits.NAME_CHARS + " ") == "n" * limits.NAME_CHARS
    for wrong in ("", "   ", "n" * (limits.NAME_CHARS + 1)):
        with pytest.raises(ValidationError):
            name.validate_python(wrong)


@pytest.mark.parametrize("field", ["active_ms", "actions"])
def test_effort_fits_its_proto(field: str) -> None:
    Effort.model_validate({field: 2**31 - 1})
    for wrong in (-1, 2**31):
        with pytest.raises(ValidationError):
            Effort.model_validate({field: wrong})


def test_requests_refuse_fields_they_do_not_know() -> None:
    with pytest.raises(ValidationError, match="forbidden"):
        queue_api.SubmitItem.model_validate(ITEM | {"anwsers": []})
