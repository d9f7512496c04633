"""What readers of tables and manifests tell, and where they stand. Pure."""

from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from services.contracts.projects import TableSettings


class Position(NamedTuple):
    """A place between two records: bytes before it, records before it, lines before it."""

    offset: int = 0
    row: int = 0
    line: int = 0


class Problem(NamedTuple):
    """Why a record is left out. `code` is stable, `reason` goes on after "Row 17 "."""

    code: str
    reason: str


class Record(NamedTuple):
    """A record: its `cells` by column, or its `problem`. `end` is the place behind it.

    `row` counts from 0, `line` is that of its first line, from 1; 0 where a file has no lines.
    """

    row: int
    line: int
    cells: dict[str, Any]
    end: Position
    problem: Problem | None = None


class Dialect(BaseModel):
    """How the text of a file is to be read: a codec of Python, after `mark` bytes of a byte order mark."""

    model_config = ConfigDict(frozen=True)

    encoding: str = "utf-8"
    mark: int = 0
    delimiter: str = ","
    header: bool = True
    terminator: str = "\n"


class Form(StrEnum):
    """What a file of rows is."""

    DELIMITED = "delimited"
    PARQUET = "parquet"
    JSON_LINES = "json_lines"


class Asked(BaseModel):
    """How a file is to be read by the table that names it, whatever its name or content would say."""

    model_config = ConfigDict(frozen=True)

    form: Form
    settings: TableSettings


class Layout(BaseModel):
    """What a first look at a file found: it stays with the file, so that a reader that starts anew reads the same."""

    model_config = ConfigDict(frozen=True)

    form: Form
    dialect: Dialect = Dialect()
    columns: list[str] = []
    start: Position = Position()
    renamed: bool = False
