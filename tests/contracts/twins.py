"""Walks both sides of the contracts, the pydantic twins and the messages of the descriptor set, in one notation.

A shape is text: `int32`, `repeated string`, `message Source`, `enum ItemState`, `optional string`,
`map<string, string>`.
"""

import types
from datetime import datetime
from functools import cache
from typing import Any, Union, get_args, get_origin

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor, FileDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from pydantic.fields import FieldInfo

from services.contracts import datasets, exports, imports, items, labels, projects, refreshes
from services.contracts.base import Contract, ProtoEnum
from tests.contracts.descriptors import build

MODULES = (datasets, exports, imports, items, labels, projects, refreshes)
SCALARS = {
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_INT32: "int32",
    FieldDescriptor.TYPE_INT64: "int64",
    FieldDescriptor.TYPE_DOUBLE: "double",
    FieldDescriptor.TYPE_BOOL: "bool",
}
PYTHON = {str: "string", int: "int32", float: "double", bool: "bool", datetime: "message Timestamp"}


def models() -> dict[str, type[Contract]]:
    """Every twin by name. A class that others of these modules are built on is no message."""
    names = {module.__name__ for module in MODULES}
    return {
        name: value
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Contract) and value.__module__ == module.__name__
        if not any(each.__module__ in names for each in value.__subclasses__())
    }


def enums() -> dict[str, type[ProtoEnum]]:
    """Every twin of an enum by name."""
    return {
        name: value
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, ProtoEnum) and value.__module__ == module.__name__
    }


@cache
def pool() -> DescriptorPool:
    """What `buf build` makes of the protos."""
    pool = DescriptorPool()
    for file in build().file:
        pool.Add(file)  # type: ignore[no-untyped-call]  # the stubs leave it out
    return pool


def _files() -> list[FileDescriptor]:
    names = (f"labelbus/v1/{module.__name__.rpartition('.')[2]}.proto" for module in MODULES)
    return [pool().FindFileByName(name) for name in names]  # type: ignore[no-untyped-call]  # the stubs leave it out


@cache
def messages() -> dict[str, Descriptor]:
    """Every message of our package by name."""
    return {name: message for file in _files() for name, message in file.message_types_by_name.items()}


@cache
def proto_enums() -> dict[str, EnumDescriptor]:
    """Every enum of our package by name."""
    return {name: enum for file in _files() for name, enum in file.enum_types_by_name.items()}


def message_class(name: str) -> type[Message]:
    """The protobuf class of a message of ours."""
    return GetMessageClass(messages()[name])


def proto_shape(field: FieldDescriptor) -> str:
    """The shape of a field of a message."""
    message = field.message_type
    if message is not None and message.GetOptions().map_entry:
        key, value = message.fields_by_name["key"], message.fields_by_name["value"]
        return f"map<{proto_shape(key)}, {proto_shape(value)}>"
    if message is not None:
        shape = f"message {message.name}"
    elif field.enum_type is not None:
        shape = f"enum {field.enum_type.name}"
    else:
        shape = SCALARS[field.type]
    if field.is_repeated:
        return f"repeated {shape}"
    return f"optional {shape}" if field.has_presence and message is None else shape


def twin_shape(field: FieldInfo) -> str:
    """The shape of a field of a twin."""
    return _shape(field.annotation, [*field.metadata])


def _shape(annotation: Any, metadata: list[Any]) -> str:  # noqa: PLR0911 (a case a kind)
    if hasattr(annotation, "__metadata__"):
        return _shape(annotation.__origin__, [*metadata, *annotation.__metadata__])
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        (inner,) = (argument for argument in arguments if argument is not types.NoneType)
        shape = _shape(inner, metadata)
        return shape if shape.startswith("message ") else f"optional {shape}"
    if origin is list:
        return f"repeated {_shape(arguments[0], [])}"
    if origin is dict:
        return f"map<{_shape(arguments[0], [])}, {_shape(arguments[1], [])}>"
    if issubclass(annotation, ProtoEnum):
        return f"enum {annotation.__name__}"
    if issubclass(annotation, Contract):
        return f"message {annotation.__name__}"
    return "int64" if "int64" in metadata else PYTHON[annotation]
