"""Twin of `proto/labelbus/v1/items.proto`: what scans find. One scan is numbered; its chunks are numbered from 0."""

from services.contracts.base import Contract, Int64, ProtoEnum


class Source(Contract):
    """The object an item was made from. `etag` is opaque. `part` is empty for a whole object, else see `rows`.

    `scan` is the scan that found it.
    """

    datastore: str
    key: str
    part: str = ""
    etag: str = ""
    size: Int64 = 0
    scan: int = 0


class MediaFormat(ProtoEnum):
    """File format of the object, from its bytes, never from its name. `row` is one of a table."""

    JPEG = "jpeg"
    PNG = "png"
    BMP = "bmp"
    TIFF = "tiff"
    DICOM = "dicom"
    TEXT = "text"
    ROW = "row"


class Media(Contract):
    """What probing found.

    `width` and `height` are those of the upright picture, in pixels; `orientation` is EXIF's, 1 to 8. `chars` counts
    the Unicode code points of a text, without a byte order mark; of a row those of the text that is shown.
    `converted`: a JPEG or PNG that browsers do not show alike (CMYK, 16 bits a sample), so that labelers see it as 8
    bits of sRGB.
    """

    format: MediaFormat
    width: int = 0
    height: int = 0
    orientation: int = 1
    frames: int = 1
    chars: int = 0
    converted: bool = False


class DiscoveredItem(Contract):
    """An object that becomes an item. With `media` it is queued at once; without, probing has to come first."""

    id: str
    source: Source
    media: Media | None = None


class ItemsDiscovered(Contract):
    """Chunk `index` of scan `scan`."""

    project: str
    scan: int
    index: int = 0
    items: list[DiscoveredItem] = []


class ProbedItem(Contract):
    """Result for one item: `media`, or `unreadable`, the reason why there is none.

    `etag` is that of the probed bytes.
    """

    id: str
    etag: str = ""
    media: Media | None = None
    unreadable: str = ""


class ItemsProbed(Contract):
    """Probing results. Chunks of probes are numbered apart from chunks of discovery."""

    project: str
    scan: int
    index: int = 0
    items: list[ProbedItem] = []


class ItemsMissing(Contract):
    """Items whose objects a complete listing no longer held. Numbered together with the chunks of discovery."""

    project: str
    scan: int
    index: int = 0
    items: list[str] = []


class ScanFinished(Contract):
    """The last record of a scan.

    `chunks` counts ItemsDiscovered and ItemsMissing together; `left_out` is what the limit cut off.
    """

    project: str
    scan: int
    chunks: int = 0
    found: int = 0
    left_out: int = 0
