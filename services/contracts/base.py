"""Base classes of every contract. JSON of an event is valid ProtoJSON of the message of the same name in `proto/`."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler, SerializationInfo
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, core_schema

PROTO = {"proto": True}
"""Serialization context of events: enums leave as the names of `proto/`, not as our words."""


class Contract(BaseModel):
    """A message. Unknown fields are ignored on input, so that an older reader understands a newer writer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)


class ProtoEnum(StrEnum):
    """An enum whose value is our word (`image_multi_class`) and whose name in events is `TASK_TYPE_IMAGE_MULTI_CLASS`.

    Both spellings are read. The word is what the store, the public API and the code use.
    """

    @property
    def proto_name(self) -> str:
        """Name of this value in `proto/`."""
        return _proto_names(type(self))[self.name]

    @classmethod
    def parse(cls, value: object) -> Self:
        """Our word or the proto name to the value. Raises ValueError naming what would be right."""
        if isinstance(value, str) and (member := _spellings(cls).get(value)) is not None:
            return cls(member)
        raise ValueError(f"must be one of {', '.join(cls)}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: type[Any], _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read both spellings; write the proto name in the context `PROTO`, the word otherwise."""
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            json_schema_input_schema=core_schema.literal_schema([m.value for m in cls]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _serialize, info_arg=True, return_schema=core_schema.str_schema()
            ),
        )


@cache
def _proto_names(enum: type[ProtoEnum]) -> dict[str, str]:
    """Member name to proto name. By class: members of two enums are equal when their words are."""
    prefix = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", enum.__name__).upper()
    return {member.name: f"{prefix}_{member.name}" for member in enum}


@cache
def _spellings(enum: type[ProtoEnum]) -> dict[str, ProtoEnum]:
    """Both spellings of each member. They are read for every field of every message, so they are made once."""
    return {spelling: member for member in enum for spelling in (member.value, member.proto_name)}


def _serialize(value: ProtoEnum, info: SerializationInfo) -> str:
    return value.proto_name if info.context == PROTO else value.value


def _utc(value: datetime) -> datetime:
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be between the years 1 and 9999") from None


Time = Annotated[datetime, AfterValidator(_utc)]
"""A point in time, always UTC.

One without a zone is UTC too, because that is what the store keeps; ProtoJSON refuses it.
"""

Int64 = Annotated[int, "int64"]
"""An integer of 64 bits. ProtoJSON writes it as a string and reads both; we write a number and read both."""
