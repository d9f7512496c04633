"""Generated examples of every twin, made from its shape alone."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from services.contracts.base import Contract
from tests.contracts.twins import enums, models, twin_shape

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(CHARACTERS, max_size=12)
FIRST = datetime(1, 1, 1, tzinfo=UTC).replace(tzinfo=None)
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXT,
    "int32": st.integers(0, 2**31 - 1),
    "int64": st.integers(0, 2**63 - 1),
    "double": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "message Timestamp": st.datetimes(min_value=FIRST, timezones=st.just(UTC)),
    "map<string, string>": st.dictionaries(TEXT, TEXT, max_size=3),
    "map<string, int32>": st.dictionaries(TEXT, st.integers(0, 2**31 - 1), max_size=3),
}
# A required field never holds the default of its type, because ProtoJSON leaves defaults out.
REQUIRED = {"string": st.text(CHARACTERS, min_size=1, max_size=12), "int32": st.integers(1, 2**31 - 1)}


def examples(model: type[Contract]) -> st.SearchStrategy[Contract]:
    """Instances of `model`, optional parts now and then absent."""
    return st.builds(
        model,
        **{
            name: _required(twin_shape(field)) if field.is_required() else _optional(twin_shape(field), field.default)
            for name, field in model.model_fields.items()
        },
    )


def _required(shape: str) -> st.SearchStrategy[Any]:
    return REQUIRED[shape] if shape in REQUIRED else _values(shape)


def _optional(shape: str, default: object) -> st.SearchStrategy[Any]:
    # A default other than that of the type stands for an absent field, so an explicit empty value is never written.
    values = _required(shape) if default else _values(shape)
    return st.none() | values if default is None else values


def _values(shape: str) -> st.SearchStrategy[Any]:
    if shape in SCALARS:
        return SCALARS[shape]
    kind, _, name = shape.partition(" ")
    if kind == "optional":
        return _values(name)
    if kind == "repeated":
        return st.lists(_values(name), max_size=3)
    if kind == "enum":
        return st.sampled_from(list(enums()[name]))
    return examples(models()[name])
