"""What we write any protobuf reader reads, and the other way round."""

import pytest
from google.protobuf import json_format
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.base import PROTO, Contract
from services.contracts.events import encode
from services.contracts.items import Media, MediaFormat, Source
from tests.contracts.examples import examples
from tests.contracts.twins import message_class, models

MODELS = [pytest.param(model, id=name) for name, model in sorted(models().items())]


@pytest.mark.parametrize("model", MODELS)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_survives_the_way_through_protobuf_and_back(model: type[Contract], data: st.DataObject) -> None:
    ours = data.draw(examples(model))
    message = json_format.Parse(encode(ours), message_class(model.__name__)())
    for with_defaults in (True, False):
        theirs = json_format.MessageToJson(message, always_print_fields_with_no_presence=with_defaults)
        read = model.model_validate_json(theirs)
        assert read == ours
        assert json_format.Parse(encode(read), message_class(model.__name__)()) == message


def test_a_64_bit_integer_is_read_as_text_and_as_a_number() -> None:
    beyond_double = 2**53 + 1
    for written in (f'"{beyond_double}"', str(beyond_double)):
        assert Source.model_validate_json(f'{{"datastore":"d","key":"k","size":{written}}}').size == beyond_double


def test_enums_leave_as_proto_names_in_events_and_as_words_elsewhere() -> None:
    media = Media(format=MediaFormat.PNG)
    assert media.model_dump(context=PROTO)["format"] == "MEDIA_FORMAT_PNG"
    assert media.model_dump()["format"] == "png"
