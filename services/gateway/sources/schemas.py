"""How a request names where items come from, and how that is answered."""

from typing import Annotated, TypedDict

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.contracts import limits
from services.contracts.ingest_api import SourceCheck
from services.contracts.projects import ColumnMapping, DataSource, MediaKind, SourceKind, TableSettings
from services.contracts.shapes import Shape
from services.gateway.refusals import wrong
from services.gateway.requests import Body, plain_text
from services.gateway.sources import rules

Column = Annotated[str, StringConstraints(max_length=limits.NAME_CHARS), AfterValidator(plain_text)]


class TableBody(Body):
    """How a table is read: an empty `delimiter` or `encoding` is detected, empty `columns` show all."""

    delimiter: Annotated[str, StringConstraints(max_length=1)] = ""
    encoding: Annotated[
        str,
        StringConstraints(max_length=40),
        Shape(r"^[A-Za-z0-9_.-]*$", "must be the name of an encoding such as utf-8, or empty to be detected"),
    ] = ""
    header: bool = False
    columns: Annotated[list[Column], Field(max_length=1_000)] = []


class MappingBody(Body):
    """Which column of a manifest holds what; empty for what it lacks."""

    image: Column = ""
    category: Column = ""
    confidence: Column = ""


class _HowRead(TypedDict):
    table: TableSettings | None
    mapping: ColumnMapping | None


class FolderBody(Body):
    """Objects of `datastore` under `prefix` whose rest matches `pattern`, and what they are."""

    datastore: Annotated[str, StringConstraints(max_length=63)] = ""
    prefix: Annotated[str, StringConstraints(max_length=limits.KEY_BYTES)] = ""
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=limits.KEY_BYTES)] = "**"
    kind: SourceKind = SourceKind.FILES
    table: TableBody | None = None
    mapping: MappingBody | None = None

    def source(self) -> DataSource:
        """As contracts have it. Raises Refused."""
        if not self.datastore:
            raise wrong("source.datastore", "is missing: name a data store, or a data set")
        rules.check_kind(self.kind, has_table=self.table is not None, has_mapping=self.mapping is not None)
        return DataSource(
            datastore=self.datastore,
            prefix=self.prefix,
            pattern=self.pattern,
            kind=self.kind,
            **self._how_rows_are_read(),
        )

    def _how_rows_are_read(self) -> _HowRead:
        return {
            "table": TableSettings(**self.table.model_dump()) if self.table else None,
            "mapping": ColumnMapping(**self.mapping.model_dump()) if self.mapping else None,
        }


class SourceBody(FolderBody):
    """Where items come from: a folder, or version `dataset_version` (0: the newest) of `dataset`.

    Beside a data set only `table` or `mapping` may stand: how its rows are read in this project.
    """

    dataset: Annotated[str, StringConstraints(max_length=40)] = ""
    dataset_version: Annotated[int, Field(ge=0, lt=2**31)] = 0

    def source(self) -> DataSource:
        """As contracts have it; of a data set only its name, and how its rows are read. Raises Refused."""
        if not self.dataset:
            return super().source()
        if self.model_fields_set - {"dataset", "dataset_version", "media", "table", "mapping"}:
            raise wrong("source.dataset", "has a data store, a folder and a pattern of its own: name it alone")
        return DataSource(
            datastore="", dataset=self.dataset, dataset_version=self.dataset_version, **self._how_rows_are_read()
        )


class CheckBody(SourceBody):
    """A data source to be looked at. `media` decides which files count."""

    media: MediaKind = "image"


class SourceView(BaseModel):
    """Where items come from. `dataset` is empty for a plain folder."""

    datastore: str
    prefix: str
    pattern: str
    dataset: str = ""
    dataset_version: int = 0
    kind: SourceKind = SourceKind.FILES
    table: TableSettings | None = None
    mapping: ColumnMapping | None = None


class SourceCheckView(SourceCheck):
    """What a look at a source found."""

    source: SourceView  # type: ignore[assignment]  # a source as the API shows it, with names as the API has them
