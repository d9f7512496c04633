"""What is asked about data stores. Keys go in and are never answered."""

from typing import Annotated, Final

from pydantic import BaseModel, Field, SecretStr, StringConstraints

from services.contracts.ingest_api import BrowsedObject, DatastoreChange, DatastoreSettings
from services.contracts.limits import URL_CHARS
from services.contracts.shapes import Shape
from services.gateway.projects.schemas import Link
from services.gateway.requests import Body

_CHARACTERS: Final = "letters without accents, digits, dots, hyphens and underscores"
DatastoreName = Annotated[
    str,
    Shape(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", f"must be 1 to 63 {_CHARACTERS}, and begin with a letter or a digit"),
]
_Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=URL_CHARS)]
_Bucket = Annotated[
    str,
    Shape(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$",
        f"must be 3 to 63 {_CHARACTERS}, and begin and end with a letter or a digit",
    ),
]
_Region = Annotated[
    str,
    Shape(
        r"^[A-Za-z0-9]([A-Za-z0-9_-]{0,60}[A-Za-z0-9])?$",
        "must be a name such as eu-central-1: 1 to 62 letters, digits, hyphens and underscores",
    ),
]
_AccessKey = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500),
    Shape(r"^[\x21-\x7e]*$", "must be letters, digits and signs of ASCII, without spaces"),
]
_SecretKey = Annotated[SecretStr, Field(max_length=500)]


class DatastoreBody(Body):
    """How a bucket is reached. Without keys it is read as anybody may read it."""

    endpoint: _Address
    bucket: _Bucket
    region: _Region = "us-east-1"
    path_style: bool = True
    read_only: bool = False
    public_url: Link = ""
    access_key: _AccessKey = ""
    secret_key: _SecretKey = SecretStr("")

    def settings(self) -> DatastoreSettings:
        """As ingest has it."""
        return DatastoreSettings(**plain(self, {"name"}))


class NewDatastoreBody(DatastoreBody):
    """A data store to be registered. Name and bucket can't be changed later."""

    name: DatastoreName


class DatastoreChangeBody(Body):
    """What is to change; what is absent stays. New keys replace the former ones: give both."""

    version: Annotated[int, Field(ge=0, lt=2**31)] = 0
    endpoint: _Address | None = None
    region: _Region | None = None
    path_style: bool | None = None
    read_only: bool | None = None
    public_url: Link | None = None
    access_key: _AccessKey | None = None
    secret_key: _SecretKey | None = None

    def change(self) -> DatastoreChange:
        """As ingest has it."""
        return DatastoreChange(**plain(self, set()))


def plain(body: BaseModel, without: set[str]) -> dict[str, object]:
    """The fields of a request, its secret in the clear: for the call to ingest alone."""
    fields = body.model_dump(exclude=without)
    secret = fields.get("secret_key")
    return fields | ({"secret_key": secret.get_secret_value()} if isinstance(secret, SecretStr) else {})


class BrowsedPage(BaseModel):
    """A page of a folder: `folders` with their slash, and `objects`. `cursor` is empty at the end."""

    folders: list[str]
    objects: list[BrowsedObject]
    cursor: str = ""
