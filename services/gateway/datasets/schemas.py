"""What is asked for a data set and what is answered about one."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.contracts.base import Time
from services.contracts.ingest_api import DatasetVersion
from services.contracts.projects import ColumnMapping, SourceKind, TableSettings
from services.gateway.projects.schemas import Description
from services.gateway.requests import Body, Title
from services.gateway.sources.schemas import FolderBody


class NewVersion(Body):
    """The next version of a data set. Projects that have a former one keep it."""

    description: Description = ""
    source: FolderBody


class NewDataset(NewVersion):
    """A data set to be."""

    name: Title


class DatasetChangeBody(Body):
    """What is to change; what is absent stays. `description` is that of the newest version.

    `revision` is the one that was read: 409 when somebody else was faster, or its files were counted meanwhile.
    """

    revision: Annotated[int, Field(ge=1, lt=2**31)]
    name: Title | None = None
    description: Description | None = None


class DatasetView(BaseModel):
    """A data set at a version. `revision` counts its changes.

    `count`, `bytes` and `by_extension` are what was counted; `counted_at` is null while that goes on, `problem` says
    why it can't, or that nothing was found. `samples` are keys of some pictures in it.
    """

    id: str
    version: int
    newest_version: int
    revision: int
    name: str
    description: str
    kind: SourceKind
    datastore: str
    prefix: str
    pattern: str
    table: TableSettings | None
    mapping: ColumnMapping | None
    created_by: str
    created_by_name: str
    created_at: Time
    count: int
    bytes: int
    by_extension: dict[str, int]
    counted_at: Time | None
    problem: str
    samples: list[str]

    @classmethod
    def of(cls, found: DatasetVersion, name: str) -> "DatasetView":
        """As ingest has it; `name` is that of the person who made it."""
        fields = found.dataset.model_dump(mode="json", by_alias=False)
        return cls(**fields, newest_version=found.newest, samples=found.samples, created_by_name=name)


class DatasetList(BaseModel):
    """Data sets at their newest version, newest first. `cursor` is empty at the end."""

    items: list[DatasetView]
    cursor: str = ""
