"""What a file calls an item, as keys that its object may have. Pure."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_AZURE: Final = re.compile(r"azureml://.*?/datastores/([^/]+)/paths/(.+)", re.IGNORECASE | re.DOTALL)
_ROW: Final = re.compile(r"(.+)#([1-9]\d{0,9})", re.DOTALL)
"""The first row behind the header is 1, as exports and messages count."""


class Name(NamedTuple):
    """A possible key. `row` of a table, from 0; -1 for a whole object."""

    key: str
    row: int = -1


def keys(name: str) -> list[Name]:
    """Possible keys of a name, the likeliest first, each once."""
    found: dict[Name, None] = {}
    for key in _keys(name.strip()):
        plain = key.lstrip("/")
        while plain.startswith("./"):
            plain = plain[2:]
        for one in dict.fromkeys((key, plain)):
            if one:
                found[Name(one)] = None
                if row := _ROW.fullmatch(one):
                    found[Name(row.group(1), int(row.group(2)) - 1)] = None
    return list(found)


def base(key: str) -> str:
    """The part behind the last slash."""
    return PurePosixPath(key).name


def _keys(name: str) -> Iterator[str]:
    if azure := _AZURE.fullmatch(name):
        yield azure.group(2)
    elif name.lower().startswith(("amldatastore://", "s3://", "gs://", "file://")):
        yield name.partition("://")[2].partition("/")[2]
    elif _SCHEME.match(name):
        yield from _of_url(name)
    else:
        yield name
        if "\\" in name:
            yield name.replace("\\", "/")
        if "?d=" in name:
            yield from parse_qs(urlsplit(name).query).get("d", [])
        if "%" in name:
            yield unquote(name)


def _of_url(name: str) -> Iterator[str]:
    """The path of an address may begin with the bucket."""
    try:
        path = unquote(urlsplit(name).path).lstrip("/")
    except ValueError:
        return
    yield path
    _, _, rest = path.partition("/")
    if rest:
        yield rest
