"""Internal HTTP of ingest. Called by the gateway only."""

from pydantic import BaseModel

from services.contracts.projects import DataSource


class SourceCheck(BaseModel):
    """What a bounded look at a data source found: the first `looked` keys, complete if `complete`.

    `matching` of them fit the pattern and an accepted type, `by_extension` counts all of them by lower-case extension,
    `samples` are the
    first few matching keys. `problem` is empty, or one sentence that says why the source can't be read, with `field`
    (datastore, prefix or pattern).
    """

    source: DataSource
    looked: int = 0
    complete: bool = True
    matching: int = 0
    by_extension: dict[str, int] = {}
    samples: list[str] = []
    field: str = ""
    problem: str = ""


class Datastore(BaseModel):
    """A bucket that data may come from. `default` is the one uploads go to."""

    name: str
    default: bool


class UploadedObject(BaseModel):
    """An object that an upload made."""

    datastore: str
    key: str
    etag: str
    size: int
