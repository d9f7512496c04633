"""Twin of `proto/labelbus/v1/labels.proto`: the label state of an item at a version, and what happened to it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from services.contracts import limits
from services.contracts.base import Contract, ProtoEnum, Time
from services.contracts.items import Media, Source

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.NAME_CHARS)]

Coordinate = Annotated[float, Field(allow_inf_nan=False)]


class Label(Contract):
    """A class. `id` never changes, `name` and `color` may; `parent` is the id of the label above, empty at the top."""

    id: str
    name: str
    parent: str = ""
    color: str = ""
    retired: bool = False


class LabelSet(Contract):
    """Labels of which one (`multi` false) or several may be chosen."""

    id: str
    multi: bool = False
    labels: list[Label] = []


class Answer(Contract):
    """Labels chosen from one set, by id. `names`, parallel to `labels`, stand in events only, for convenience."""

    set: str
    labels: list[str] = []
    names: list[str] = []


class Shape(ProtoEnum):
    """What `Region.points` means."""

    BOX = "box"
    POLYGON = "polygon"
    MASK = "mask"
    SPAN = "span"


class Origin(ProtoEnum):
    """Who made a region."""

    HUMAN = "human"
    MODEL = "model"
    IMPORT = "import"


class Region(Contract):
    """A marked part of an item.

    `points`: box [x0, y0, x1, y1]; polygon [x, y, …]; span [start, end) in Unicode code points; mask none. Pixels are
    continuous coordinates of the EXIF-upright picture, (0, 0) the outer corner of the first pixel, two decimals. `rle`
    of a mask holds COCO's compressed run-length counts, column by column; it never stands in an event.
    """

    id: str
    label: str
    shape: Shape
    points: list[Coordinate] = []
    frame: int = 0
    attributes: dict[str, str] = {}
    origin: Origin = Origin.HUMAN
    rle: str = ""


class Regions(Contract):
    """What the object of a RegionsRef holds."""

    regions: list[Region] = []


class RegionsRef(Contract):
    """Regions too large for an event, and all masks: an object in the default bucket, by content hash."""

    key: str
    sha256: str
    count: int = 0


class Effort(Contract):
    """What a label took: milliseconds of activity, actions made, when the item was first shown."""

    active_ms: int = Field(default=0, ge=0, le=2**31 - 1)
    actions: int = Field(default=0, ge=0, le=2**31 - 1)
    shown_at: Time | None = None


class Outcome(ProtoEnum):
    """What a person did with a prelabel."""

    ACCEPTED = "accepted"
    CHANGED = "changed"


class PrelabelUse(Contract):
    """The prelabel that was shown while the label was made."""

    run: str = ""
    confidence: float = 0.0
    outcome: Outcome


class ItemState(ProtoEnum):
    """Where an item stands. Only `queued` items can be claimed."""

    DISCOVERED = "discovered"
    QUEUED = "queued"
    LEASED = "leased"
    LABELED = "labeled"
    SKIPPED = "skipped"
    NEEDS_REVIEW = "needs_review"
    REMOVED = "removed"
    MISSING = "missing"


class ItemLabel(Contract):
    """The full label state of an item at a version: the body of every event on `labelbus.labels.v1`.

    `by` is the id of the person who made the change, empty when the system did. `changed_at` is when it was committed.
    `import_id` is set when the label came with a file, and not from a person who looked at the item here.
    """

    item: str
    project: str
    version: int
    state: ItemState
    project_version: int = 0
    source: Source
    media: Media | None = None
    answers: list[Answer] = []
    regions: list[Region] = []
    regions_ref: RegionsRef | None = None
    by: str = ""
    effort: Effort | None = None
    prelabel: PrelabelUse | None = None
    skip_reason: str = ""
    note: str = ""
    source_changed: bool = False
    changed_at: Time
    import_id: str = ""


class LabelEvent(Contract):
    """Base of the events of `labelbus.labels.v1`."""

    item: ItemLabel


class LabelSubmitted(LabelEvent):
    """A person labeled the item for the first time, or again after it was queued anew."""


class LabelUpdated(LabelEvent):
    """The label of an already labeled or skipped item was replaced."""


class LabelRejected(LabelEvent):
    """A reviewer dropped the label; the item is queued again."""


class LabelApproved(LabelEvent):
    """A reviewer approved the label."""


class LabelUnapproved(LabelEvent):
    """A reviewer took the approval back."""


class ItemSkipped(LabelEvent):
    """A person skipped the item."""


class ItemRemoved(LabelEvent):
    """The item was taken out of the project."""


class ItemMissing(LabelEvent):
    """The object of the item is no longer in its bucket."""


class ItemReappeared(LabelEvent):
    """A missing item's object is there again."""


class NeedsReview(LabelEvent):
    """Labelers did not agree; a reviewer has to decide."""
