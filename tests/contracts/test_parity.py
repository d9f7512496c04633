"""The pydantic twins and the protos say the same, in both directions."""

from pathlib import Path

import pytest

from services.contracts.base import ProtoEnum
from services.contracts.events import MODELS
from tests.contracts.descriptors import buf
from tests.contracts.twins import enums, messages, models, proto_enums, proto_shape, twin_shape


def test_every_message_has_a_twin_in_the_module_of_its_file() -> None:
    in_proto = {f"{Path(message.file.name).stem}.{name}" for name, message in messages().items()}
    in_python = {f"{model.__module__.rpartition('.')[2]}.{name}" for name, model in models().items()}
    assert in_proto == in_python


@pytest.mark.parametrize("name", sorted(models()))
def test_fields_have_the_same_names_and_shapes(name: str) -> None:
    in_proto = {field.name: proto_shape(field) for field in messages()[name].fields}
    in_python = {key: twin_shape(field) for key, field in models()[name].model_fields.items()}
    assert in_proto == in_python


@pytest.mark.parametrize("name", sorted(models()))
def test_fields_have_the_same_names_in_json(name: str) -> None:
    in_proto = {field.name: field.json_name for field in messages()[name].fields}
    in_python = {key: field.alias for key, field in models()[name].model_fields.items()}
    assert in_proto == in_python


def test_every_enum_has_a_twin() -> None:
    assert set(proto_enums()) == set(enums())


@pytest.mark.parametrize("enum", enums().values())
def test_enums_have_the_same_values(enum: type[ProtoEnum]) -> None:
    in_proto = [value.name for value in proto_enums()[enum.__name__].values]
    unspecified, *rest = in_proto
    assert unspecified.endswith("_UNSPECIFIED")
    assert rest == [member.proto_name for member in enum]


def test_every_event_type_is_a_message() -> None:
    assert {message.full_name for message in messages().values()} >= set(MODELS)


def test_protos_are_clean_and_break_nothing_that_was_released() -> None:
    buf("lint")
    buf("breaking", "--against", "released.binpb")
