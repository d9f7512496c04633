"""What an MLTable asks for besides its files. What would change the rows is done or refused."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from services.contracts.projects import TableSettings
from services.ingest.probes.window import UnreadableError
from services.ingest.tables.models import Asked, Form

_CODE: Final = "mltable"
_READERS: Final = {
    "read_json_lines": Form.JSON_LINES,
    "read_delimited": Form.DELIMITED,
    "read_parquet": Form.PARQUET,
}
_ENCODINGS: Final = {
    **dict.fromkeys(("utf8", "utf-8", "ascii", "utf8 bom", "utf-8 bom", "utf8bom"), "utf-8"),
    **dict.fromkeys(("iso88591", "iso-8859-1", "latin1", "latin-1"), "latin-1"),
    **dict.fromkeys(("utf16", "utf-16"), "utf-16"),
    **dict.fromkeys(("windows1252", "windows-1252"), "windows-1252"),
}
_HEADERS: Final = {
    "no_header": False,
    "from_first_file": True,
    "all_files_different_headers": True,
    "all_files_same_headers": True,
}
_PASSED_OVER: Final = ("convert_column_types", "extract_columns_from_partition_format")
"""They change neither which rows there are nor which objects these name."""


class Step(NamedTuple):
    """A transformation and what it was given."""

    name: str
    value: Any


def steps(table: Mapping[str, Any]) -> list[Step]:
    """The transformations in their order. Raises UnreadableError."""
    listed = table.get("transformations") or []
    if not isinstance(listed, list):
        raise UnreadableError("The transformations of the MLTable file are no list.", _CODE)
    return [_step(one) for one in listed]


def _step(one: object) -> Step:
    if isinstance(one, str):
        return Step(one, None)
    if isinstance(one, Mapping) and len(one) == 1:
        ((name, value),) = one.items()
        return Step(str(name), value)
    raise UnreadableError("A transformation of the MLTable file is none: it has no name, or several.", _CODE)


def asked(steps: Sequence[Step], column: str, files: int) -> Asked | None:
    """How its `files` are to be read; `column` names the objects. Raises UnreadableError for what is not done here."""
    found: Asked | None = None
    for number, step in enumerate(steps):
        if step.name in _READERS and not number:
            found = _reader(step, files)
        elif step.name in ("drop_columns", "keep_columns"):
            _require_kept(step, column)
        elif step.name not in _PASSED_OVER:
            raise _refused(step.name, "which is not done here. Write the rows that count into files of their own")
    return found


def _reader(step: Step, files: int) -> Asked:
    options = {} if step.value is None else step.value
    if not isinstance(options, Mapping):
        raise _refused(step.name, "but what it gives to it are no options")
    form = _READERS[step.name]
    encoding = _option(step, options, "encoding", _ENCODINGS, "utf8")
    if form is not Form.DELIMITED:
        return Asked(form=form, settings=TableSettings(header=True, encoding=encoding))
    header = _option(step, options, "header", _HEADERS, "all_files_same_headers")
    if options.get("header") == "from_first_file" and files > 1:
        raise _refused(step.name, "with a header in the first file only; each file needs its own")
    delimiter = options.get("delimiter", ",")
    if not isinstance(delimiter, str) or len(delimiter) != 1:
        raise _refused(step.name, f"with the delimiter {str(delimiter)[:20]!r}; it has to be one character")
    return Asked(form=form, settings=TableSettings(delimiter=delimiter, encoding=encoding, header=header))


def _option(step: Step, options: Mapping[str, Any], name: str, known: Mapping[str, Any], usual: str) -> Any:
    given = str(options.get(name, usual))
    if given not in known:
        raise _refused(step.name, f"with the {name} {given[:50]!r}, which is not known. Known are: {', '.join(known)}")
    return known[given]


def _require_kept(step: Step, column: str) -> None:
    names = [step.value] if isinstance(step.value, str) else step.value
    if not isinstance(names, list):
        raise _refused(step.name, "but not by a list of columns")
    if (column in names) is (step.name == "drop_columns"):
        raise _refused(step.name, f"which takes away the column {column!r}; it names the objects")


def _refused(name: str, why: str) -> UnreadableError:
    return UnreadableError(f"The MLTable file asks for {name[:50]}, {why}.", _CODE)
