"""Where items come from: data stores, data sets, folders of them."""

from datetime import datetime

from pydantic import Field

from labelbus.models.base import Given, Model, Shared, SourceKind


class TableSettings(Shared):
    """How a table is read: an empty `delimiter` or `encoding` is detected, empty `columns` show all."""

    delimiter: str = ""
    encoding: str = ""
    header: bool = False
    columns: list[str] = []


class ColumnMapping(Shared):
    """Which column of a manifest or of JSON Lines holds what; empty for what it lacks."""

    image: str = ""
    category: str = ""
    confidence: str = ""


class Source(Shared):
    """Objects of `datastore` under `prefix` whose rest matches `pattern`; or a data set, at a version or the newest."""

    datastore: str = ""
    prefix: str = ""
    pattern: str = "**"
    dataset: str = ""
    dataset_version: int = 0
    kind: SourceKind = "files"
    table: TableSettings | None = None
    mapping: ColumnMapping | None = None


class Folder(Given):
    """Objects of `datastore` under `prefix` whose rest matches `pattern`."""

    datastore: str
    prefix: str = ""
    pattern: str = "**"
    kind: SourceKind = "files"
    table: TableSettings | None = None
    mapping: ColumnMapping | None = None


class SourceToCheck(Source):
    """A source to be looked at. `media`, `image` or `text`, decides which files count."""

    media: str = "image"


class SourceCheck(Model):
    """What a bounded look at a source found: `matching` of the first `looked` objects would be items."""

    looked: int
    complete: bool
    matching: int
    by_extension: dict[str, int]
    samples: list[str]
    field: str
    problem: str


class SourcePreview(Model):
    """The first rows of the first table or manifest of a source: settings as detected, columns, rows cut short."""

    key: str
    size: int
    table: TableSettings
    mapping: ColumnMapping
    columns: list[str]
    rows: list[list[str]]
    wrong: list[str]
    field: str
    problem: str


class Datastore(Model):
    """A data store: a registered one, or a bucket that the deployment's own key sees. Never its keys."""

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
    created_at: datetime | None = None
    changed_at: datetime | None = None


class NewDatastore(Given):
    """A bucket of any S3 storage, to be registered. Without keys it is read as anybody may read it."""

    name: str
    endpoint: str
    bucket: str
    region: str = "us-east-1"
    path_style: bool = True
    read_only: bool = False
    public_url: str = ""
    access_key: str = Field("", repr=False)
    secret_key: str = Field("", repr=False)


class DatastoreChange(Given):
    """What is to change; what is not set stays."""

    version: int = 0
    endpoint: str | None = None
    region: str | None = None
    path_style: bool | None = None
    read_only: bool | None = None
    public_url: str | None = None
    access_key: str | None = Field(None, repr=False)
    secret_key: str | None = Field(None, repr=False)


class ConnectionCheck(Model):
    """One thing that a connection needs. `passed` None: it was not tried, `detail` says why."""

    name: str
    passed: bool | None
    detail: str = ""


class ConnectionTest(Model):
    """What a connection has and lacks."""

    ok: bool
    checks: list[ConnectionCheck]
    field: str = ""
    problem: str = ""


class StoredObject(Model):
    """An object of a folder."""

    key: str
    size: int
    modified_at: datetime | None = None


class BrowsedPage(Model):
    """A page of a folder: `folders` with their slash, and `objects`."""

    folders: list[str]
    objects: list[StoredObject]
    cursor: str = ""


class UploadedObject(Model):
    """An object that an upload made."""

    datastore: str
    key: str
    etag: str
    size: int


class Dataset(Model):
    """A data set at a version. `revision` counts its changes.

    `counted_at` is None while its objects are counted, `problem` says why they can't be, or that there are none.
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
    created_at: datetime
    count: int
    bytes: int
    by_extension: dict[str, int]
    counted_at: datetime | None
    problem: str
    samples: list[str]


class NewVersion(Given):
    """The next version of a data set."""

    description: str = ""
    source: Folder


class NewDataset(NewVersion):
    """A data set to be."""

    name: str


class DatasetChange(Given):
    """What is to change; what is not set stays."""

    revision: int
    name: str | None = None
    description: str | None = None
