"""The made parts of docs/events.md, from topics and comments. `python -m tests.contracts.reference` writes them."""

from collections.abc import Iterator
from pathlib import Path

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)

from services.contracts.topics import DAY_MS, PARTITIONS, TOPICS
from tests.contracts.descriptors import build

PAGE = Path(__file__).parents[2] / "docs" / "events.md"
_BEGIN, _END = "<!-- {}: written by tests/contracts/reference.py -->\n", "<!-- end of {} -->\n"
_MESSAGE, _ENUM, _FIELD = 4, 5, 2
"""Numbers of these parts in the paths of source locations."""
_COMPACTED = "compacted: the newest record of a key, for ever"
_SCALARS = {
    FieldDescriptorProto.TYPE_STRING: "string",
    FieldDescriptorProto.TYPE_INT32: "int32",
    FieldDescriptorProto.TYPE_INT64: "int64",
    FieldDescriptorProto.TYPE_DOUBLE: "double",
    FieldDescriptorProto.TYPE_BOOL: "bool",
}


def page() -> str:
    """The page as it should be: its own text, with the made parts replaced."""
    text = PAGE.read_text()
    for name, made in (("topics", topics()), ("messages", messages())):
        begin, end = _BEGIN.format(name), _END.format(name)
        head, _, rest = text.partition(begin)
        text = f"{head}{begin}\n{made}\n{end}{rest.partition(end)[2]}"
    return text


def topics() -> str:
    """One row a topic."""
    rows = ["| topic | key | kept | partitions |", "|---|---|---|---|"]
    for topic in (each for known in TOPICS for each in (known, known.dead)):
        kept = f"{topic.retention_ms // DAY_MS} days" if topic.retention_ms else _COMPACTED
        rows.append(f"| `{topic.name}` | {topic.key} | {kept} | {PARTITIONS} |")
    return "\n".join(rows) + "\n"


def messages() -> str:
    """One section a file, one table a message."""
    files = (file for file in build().file if file.package == "labelbus.v1")
    return "\n".join(part for file in files for part in _file(file))


def _file(file: FileDescriptorProto) -> Iterator[str]:
    said = {tuple(place.path): place.leading_comments for place in file.source_code_info.location}
    yield f"### `{file.name}`\n"
    for number, message in enumerate(file.message_type):
        yield from _message(message, said, (_MESSAGE, number))
    for number, enum in enumerate(file.enum_type):
        yield from _enum(enum, said, (_ENUM, number))


def _message(message: DescriptorProto, said: dict[tuple[int, ...], str], path: tuple[int, ...]) -> Iterator[str]:
    yield f"**{message.name}**: {_text(said[path])}\n"
    yield "| field | type | |\n|---|---|---|"
    for number, field in enumerate(message.field):
        yield f"| `{field.json_name}` | {_type(message, field)} | {_text(said[*path, _FIELD, number])} |"
    yield ""


def _enum(enum: EnumDescriptorProto, said: dict[tuple[int, ...], str], path: tuple[int, ...]) -> Iterator[str]:
    yield f"**{enum.name}**: {_text(said[path])}\n"
    yield "| value | |\n|---|---|"
    for number, value in enumerate(enum.value):
        yield f"| `{value.name}` | {_text(said[*path, _FIELD, number])} |"
    yield ""


def _text(comment: str) -> str:
    return " ".join(comment.split()).replace("<", "&lt;").replace("|", "\\|")


def _type(message: DescriptorProto, field: FieldDescriptorProto) -> str:
    name = field.type_name.rpartition(".")[2]
    entry = next((nested for nested in message.nested_type if nested.name == name and nested.options.map_entry), None)
    if entry is not None:
        return " to ".join(("map of string", _SCALARS[entry.field[1].type]))
    plain = {"Timestamp": "time"}.get(name, name) or _SCALARS[field.type]
    return f"list of {plain}" if field.label == FieldDescriptorProto.LABEL_REPEATED else plain


if __name__ == "__main__":
    PAGE.write_text(page())
