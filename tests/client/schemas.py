"""Compares a model of the client with what the server says of the same thing."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
Definitions = dict[str, Schema]


def resolved(schema: Schema, definitions: Definitions) -> Schema:
    """What a reference leads to."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    return schema


def differences(theirs: Schema, ours: Schema, server: Definitions, client: Definitions, at: str) -> Iterator[str]:
    """What only one side knows: types (null is one), fields that only the client has, words."""
    their_kinds, our_kinds = _by_type(theirs, server), _by_type(ours, client)
    if None not in our_kinds and (unexpected := their_kinds.keys() - our_kinds.keys()):
        yield f"{at}: the client expects no {unexpected}"
    for type_ in their_kinds.keys() & our_kinds.keys():
        their, our = their_kinds[type_], our_kinds[type_]
        known = their.get("properties", {})
        for name, schema in our.get("properties", {}).items():
            if name not in known:
                yield f"{at}.{name}: the server has no such field"
            else:
                yield from differences(known[name], schema, server, client, f"{at}.{name}")
        if "enum" in our and "enum" in their and set(our["enum"]) != set(their["enum"]):
            yield f"{at}: one side only knows {set(our['enum']) ^ set(their['enum'])}"
        if "items" in our and "items" in their:
            yield from differences(their["items"], our["items"], server, client, f"{at}[]")


def _by_type(schema: Schema, definitions: Definitions) -> dict[str | None, Schema]:
    """The alternatives of a schema by their type; None is that of one which may be anything."""
    alternatives = resolved(schema, definitions).get("anyOf", [schema])
    each = [resolved(alternative, definitions) for alternative in alternatives]
    return {alternative.get("type", "string" if "enum" in alternative else None): alternative for alternative in each}
