"""Internal HTTP of ingest. Called by the gateway only."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.contracts.base import Time
from services.contracts.datasets import Dataset
from services.contracts.imports import ImportFormat
from services.contracts.projects import ColumnMapping, DataSource, MediaKind, TableSettings


class SourceToCheck(DataSource):
    """A data source, and what its items are to be: that decides which files are accepted."""

    media: MediaKind = "image"


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
    """A data store: a registered one, or a bucket that the deployment's own key sees. Never its keys.

    `default` is the one that uploads go to. `credentials`: whether keys are set; a registered one without is read as
    anybody. `version` counts its changes.
    """

    name: str
    default: bool
    registered: bool = False
    endpoint: str = ""
    bucket: str = ""
    region: str = ""
    path_style: bool = True
    read_only: bool = False
    public_url: str = ""
    credentials: bool = False
    version: int = 0
    created_by: str = ""
    created_at: Time | None = None
    changed_at: Time | None = None


class DatastoreSettings(BaseModel):
    """How a bucket is reached. `secret_key` and `access_key` go in and never come out; empty: as anybody."""

    endpoint: str
    bucket: str
    region: str = "us-east-1"
    path_style: bool = True
    read_only: bool = False
    public_url: str = ""
    access_key: str = Field("", repr=False)
    secret_key: str = Field("", repr=False)


class NewDatastore(DatastoreSettings):
    """A data store to be registered. Name and bucket can't be changed later."""

    name: str
    created_by: str = ""


class DatastoreChange(BaseModel):
    """What is to change: what is absent stays. `version` is the one that was read; 0: whichever is there."""

    version: int = 0
    endpoint: str | None = None
    region: str | None = None
    path_style: bool | None = None
    read_only: bool | None = None
    public_url: str | None = None
    access_key: str | None = Field(None, repr=False)
    secret_key: str | None = Field(None, repr=False)


class CheckName(StrEnum):
    """What a connection needs, in the order in which it is tried."""

    CONNECT = "connect"
    CREDENTIALS = "credentials"
    BUCKET = "bucket"
    LIST = "list"
    READ = "read"
    WRITE = "write"


class ConnectionCheck(BaseModel):
    """One of them. `passed` null: it was not tried, `detail` says why."""

    name: CheckName
    passed: bool | None
    detail: str = ""


class ConnectionTest(BaseModel):
    """What a connection has and lacks. `problem` is empty, or one sentence about `field`."""

    ok: bool
    checks: list[ConnectionCheck]
    field: str = ""
    problem: str = ""


class BrowsedObject(BaseModel):
    """An object of a folder."""

    key: str
    size: int
    modified_at: Time | None = None


class Browsed(BaseModel):
    """A page of a folder: `folders` with their slash, `objects`, in the order of their names. Go on behind `after`."""

    folders: list[str]
    objects: list[BrowsedObject]
    after: str = ""


class NewDataset(BaseModel):
    """A data set to be, or the next version of one. `source.dataset` and its version are not looked at."""

    name: str = ""
    description: str = ""
    source: DataSource
    created_by: str = ""


class DatasetChange(BaseModel):
    """What is to change: what is absent stays. `revision` is the one that was read; `description` is of the newest."""

    revision: int
    name: str | None = None
    description: str | None = None


class DatasetVersion(BaseModel):
    """A version of a data set, with the keys of some of its objects. `newest` is the number of the newest version."""

    dataset: Dataset
    samples: list[str] = []
    newest: int


class DatasetPage(BaseModel):
    """Data sets, each at its newest version, newest data set first. `next` is where the next page begins, if any."""

    items: list[DatasetVersion]
    next: str = ""


class UploadedObject(BaseModel):
    """An object that an upload made."""

    datastore: str
    key: str
    etag: str
    size: int


class DicomWindow(BaseModel):
    """A window of the header, in values after slope and intercept.

    `function` is that of DICOM PS3.3 C.11.2.1: LINEAR, LINEAR_EXACT or SIGMOID.
    """

    name: str
    center: float
    width: float
    function: str = "LINEAR"


class DicomLut(BaseModel):
    """A table of grey values of the header: `data` are entries of 16 bits, little-endian, in base64.

    The first is that of value `first` (after slope and intercept) and of all below, the last that of all above;
    `2 ** bits - 1` is white.
    """

    name: str
    first: int
    bits: int
    data: str


class DicomFacts(BaseModel):
    """What a browser needs to show the stored values of a DICOM picture.

    `bits` of a stored value, `signed` or not. The value to show is `stored * slope + intercept`; `inverted`: the
    lowest is white. `min` and `max` are the least and the greatest stored value of the first frame, padding left out.
    Shown first is the first window; without one the first table; without either all from `min` to `max`. A picture in
    `color` has no stored values: it is shown as it is.
    """

    width: int
    height: int
    frames: int
    color: bool
    bits: int
    signed: bool
    inverted: bool
    slope: float = 1.0
    intercept: float = 0.0
    min: int = 0
    max: int = 0
    windows: list[DicomWindow] = []
    luts: list[DicomLut] = []


class SourcePreview(BaseModel):
    """The first rows of the first table or manifest of a data source, long values cut.

    `table` are the settings that it was read with, detected where none were given; `mapping` is a guess by the names
    of the columns. `wrong` says of each row that can't be read why. `problem` is empty, or one sentence that says why
    there is nothing to show, with `field` (datastore, prefix, pattern or table).
    """

    key: str = ""
    size: int = 0
    table: TableSettings = TableSettings()
    mapping: ColumnMapping = ColumnMapping()
    columns: list[str] = []
    rows: list[list[str]] = []
    wrong: list[str] = []
    field: str = ""
    problem: str = ""


class Cell(BaseModel):
    """A column of a row, and what it holds there."""

    name: str
    value: str


class ShownRow(BaseModel):
    """The columns of a row that labelers see, in the order that the owner chose."""

    columns: list[Cell]


class ImportPlace(BaseModel):
    """Where a file of labels lies."""

    datastore: str
    key: str


class ImportFile(ImportPlace):
    """A file of labels: what it seems to be, and the columns of the first line of JSON Lines."""

    name: str
    size: int
    format: ImportFormat | None
    columns: list[str] = []
