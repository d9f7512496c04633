"""Internal HTTP of ingest. Called by the gateway only."""

from pydantic import BaseModel

from services.contracts.projects import DataSource, MediaKind


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
    """A bucket that data may come from. `default` is the one uploads go to."""

    name: str
    default: bool


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
