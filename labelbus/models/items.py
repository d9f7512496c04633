"""Items, and their labels as they are given and answered."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import SkipValidation

from labelbus.models.base import Given, ItemState, Model, Shared

Shape: TypeAlias = Annotated[Literal["box", "polygon", "mask", "span"], SkipValidation]


class ItemSource(Model):
    """The object that an item was made from. `part` is empty for a whole object, else it names a row of a table."""

    datastore: str
    key: str
    part: str = ""
    etag: str = ""
    size: int = 0
    scan: int = 0


class Media(Model):
    """What probing found: pixels of the upright picture, or code points of a text."""

    format: str
    width: int = 0
    height: int = 0
    orientation: int = 1
    frames: int = 1
    chars: int = 0
    converted: bool = False


class Answer(Shared):
    """Labels chosen from one set, by id."""

    set: str
    labels: list[str]


class Region(Shared):
    """A marked part of an item: `points` in pixels of the upright picture or in code points, `rle` of a mask."""

    id: str
    label: str
    shape: Shape
    points: list[float] = []
    frame: int = 0
    attributes: dict[str, str] = {}
    origin: str = "human"
    rle: str = ""


class Prelabel(Model):
    """Where a suggestion comes from: a run of a model, or `import:<id>`; and how sure that is, from 0 to 1."""

    run: str
    confidence: float


class ListedItem(Model):
    """An item of a list. `labeler` and what follows are empty without a label; `labeled_at` is in ms since 1970."""

    id: str
    name: str
    version: int
    state: ItemState
    source: ItemSource
    media: Media | None
    unreadable: str = ""
    source_changed: bool = False
    answers: list[Answer] = []
    region_count: int = 0
    skip_reason: str = ""
    note: str = ""
    labeler: str = ""
    labeler_name: str = ""
    labeled_at: int = 0


class LeasedItem(Model):
    """An item of a page. `answers` and `regions` are a suggestion, not a label."""

    id: str
    version: int
    name: str
    source: ItemSource
    media: Media | None
    answers: list[Answer] = []
    regions: list[Region] = []
    prelabel: Prelabel | None = None


class ClaimedPage(Model):
    """Items that are yours until `until`, in milliseconds since 1970. No items: there is nothing to label now."""

    token: str
    kind: int = 2
    until: int = 0
    items: list[LeasedItem] = []
    others_hold: int = 0
    own_hold: int = 0
    pending: int = 0


class PrelabelGiven(Given):
    """The suggestion that was shown while the label was made, and whether it was `accepted` or `changed`."""

    run: str
    confidence: float
    outcome: str


class Effort(Given):
    """What a label took: milliseconds of activity, actions made, when the item was first shown."""

    active_ms: int = 0
    actions: int = 0
    shown_at: datetime | None = None


class GivenLabel(Given):
    """What is said of one item: `answers` and `regions`, or `skip`. `version` is the one that was claimed."""

    id: str
    version: int
    skip: bool = False
    answers: list[Answer] = []
    regions: list[Region] = []
    effort: Effort = Effort()
    prelabel: PrelabelGiven | None = None
    skip_reason: str = ""
    note: str = ""


class Claim(Given):
    """A page to be claimed."""

    token: str
    client: str
    size: int


class ClaimItems(Given):
    """Items to be claimed again."""

    token: str
    client: str
    items: list[str]


class Heartbeat(Given):
    """A sign of life for pages."""

    client: str
    tokens: list[str]


class Alive(Model):
    """Until when pages are held; one that is not named is lost."""

    alive: dict[str, int]


class Release(Given):
    """Pages to be given back."""

    client: str
    tokens: list[str]


class Released(Model):
    """How many items went back to the queue."""

    released: int


class Submit(Given):
    """A page of labels, or a part of it."""

    token: str
    key: str
    items: list[GivenLabel]


class Back(Given):
    """Own earlier labels, to be replaced."""

    key: str
    items: list[GivenLabel]


class ItemResult(Model):
    """What became of a label: `saved`; `lost`, to somebody else; or `refused`: `field` and `message` say why."""

    id: str
    result: Literal["saved", "lost", "refused"]
    version: int = 0
    state: ItemState | None = None
    field: str = ""
    message: str = ""


class Submitted(Model):
    """One result an item, in the order of the request."""

    results: list[ItemResult]


class DoneItem(Model):
    """An item that you labeled or skipped, its regions only counted; `at` is in ms since 1970."""

    id: str
    name: str
    version: int
    state: ItemState
    source: ItemSource
    media: Media | None
    answers: list[Answer] = []
    region_count: int = 0
    skip_reason: str = ""
    note: str = ""
    at: int


class OwnLabel(Model):
    """Your whole label or skip of an item."""

    id: str
    version: int
    state: ItemState
    answers: list[Answer] = []
    regions: list[Region] = []
    skip_reason: str = ""
    note: str = ""
    at: int
