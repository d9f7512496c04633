"""Internal HTTP of queue. Called by the gateway only; times are epoch milliseconds."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.contracts import limits
from services.contracts.items import Media, Source
from services.contracts.labels import Answer, Effort, ItemState, Region
from services.contracts.prelabels import Prelabel, PrelabelGiven
from services.contracts.projects import RunState
from services.contracts.shapes import Shape

_CHARACTERS = "letters without accents, digits, hyphens and underscores"
Token = Annotated[str, Shape(r"^[A-Za-z0-9_-]{16,64}$", f"must be 16 to 64 {_CHARACTERS}")]
ClientId = Annotated[str, Shape(r"^[A-Za-z0-9_-]{8,64}$", f"must be 8 to 64 {_CHARACTERS}")]
UserId = Annotated[str, Shape(r"^[A-Za-z0-9_-]{1,64}$", f"must be 1 to 64 {_CHARACTERS}")]
"""Names a path in the counters, so it has no dot."""
ItemId = Annotated[str, Shape(r"^p[0-9a-f]{16}/[0-9a-f]{32}$", "must be the id of an item, as a page has it")]
Version = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Kind = Literal[0, 1, 2]


class Strict(BaseModel):
    """A request: a field that we do not know is a mistake of the caller and refused."""

    model_config = ConfigDict(extra="forbid")


class Caller(Strict):
    """Who asks, for which project, and what the gateway knows of it.

    Queue waits up to 1 s for its projection to catch up.
    """

    user: UserId
    project: str
    project_version: Version
    run_state: RunState


class ClaimPage(Strict):
    """Ask for a page of `size` items.

    `token` is made by the page before it asks: the same token gets the same page again.

    `have` names the tokens that this client still works with: its other live leases come back first.

    `gone` names clients of the same person that are known to be closed: what they held comes back at once.
    """

    token: Token
    client: ClientId
    size: int = Field(strict=True, ge=1, le=limits.PAGE_ITEMS)
    have: list[Token] = Field(default=[], max_length=4)
    gone: list[ClientId] = Field(default=[], max_length=8)


class ClaimRequest(ClaimPage, Caller):
    """ClaimPage with its caller."""


class LeasedItem(BaseModel):
    """An item of a page.

    `answers` and `regions` are a preset (what "start over, keep labels" or a prelabel put there), not a label. With a
    `prelabel` they are its own, and who submits the item says what became of it.
    """

    id: str
    version: int
    source: Source
    media: Media | None
    answers: list[Answer] = []
    regions: list[Region] = []
    prelabel: Prelabel | None = None


class Page(BaseModel):
    """What a claim answers. An empty page on which nobody holds anything and nothing is pending means: all is done.

    `pending` counts items that are not probed yet, `others_hold` those leased by other people now, `own_hold` those
    leased by the same person in other clients.
    """

    token: str
    kind: Kind = 2
    until: int = 0
    items: list[LeasedItem] = []
    others_hold: int = 0
    own_hold: int = 0
    pending: int = 0


class ClaimItems(Strict):
    """Claim named items again: drafts whose lease was lost. Answers the current version of each."""

    token: Token
    client: ClientId
    items: list[ItemId] = Field(min_length=1, max_length=limits.PAGE_ITEMS)


class ClaimItemsRequest(ClaimItems, Caller):
    """ClaimItems with its caller."""


class Heartbeat(Strict):
    """Sign of life for pages. `idle_ms`: since the last key, pointer or touch input in that page."""

    client: ClientId
    tokens: list[Token] = Field(min_length=1, max_length=4)
    idle_ms: int = Field(default=0, ge=0)


class HeartbeatRequest(Heartbeat, Caller):
    """Heartbeat with its caller."""


class HeartbeatAnswer(BaseModel):
    """`alive`: token to `until`. A token that is not in it is lost: somebody else may have its items."""

    alive: dict[str, int]


class Release(Strict):
    """Give back items: all of `tokens`, or only `items` of them when named."""

    client: ClientId
    tokens: list[Token] = Field(min_length=1, max_length=4)
    items: list[str] | None = Field(default=None, max_length=100)


class ReleaseRequest(Release, Caller):
    """Release with its caller. Works in every run state."""


class SubmitItem(Strict):
    """What a person says of one item: `answers`, or `skip`. `version` is the one that was claimed."""

    id: str
    version: Version
    skip: bool = False
    answers: list[Answer] = []
    regions: list[Region] = []
    effort: Effort = Effort()
    prelabel: PrelabelGiven | None = None
    skip_reason: str = Field(default="", max_length=limits.REASON_CHARS)
    note: str = Field(default="", max_length=limits.NOTE_CHARS)


class Submit(Strict):
    """A page, or a part of it. `key` makes a repeated request answer what the first one answered (kept 24 h)."""

    token: Token
    key: Token
    items: list[SubmitItem] = Field(min_length=1, max_length=limits.PAGE_ITEMS)


class SubmitRequest(Submit, Caller):
    """Submit with its caller."""


class Back(Strict):
    """Replace own earlier labels or skips that nobody reviewed: no token, the version is the guard."""

    key: Token
    items: list[SubmitItem] = Field(min_length=1, max_length=limits.PAGE_ITEMS)


class BackRequest(Back, Caller):
    """Back with its caller."""


class ItemResult(BaseModel):
    """What became of one submitted item. `saved`: `version` is the new one.

    `lost`: somebody else has or had it; the draft stays.

    `refused`: the answer itself is wrong, `field` and `message` say where and how.
    """

    id: str
    result: Literal["saved", "lost", "refused"]
    version: int = 0
    state: ItemState | None = None
    field: str = ""
    message: str = ""


class SubmitAnswer(BaseModel):
    """One result an item, in the order of the request."""

    results: list[ItemResult]


class DoneItem(BaseModel):
    """An item that the caller labeled or skipped, newest first: what Back shows.

    The regions are counted only; the label of the item has them.
    """

    id: str
    version: int
    state: ItemState
    source: Source
    media: Media | None
    answers: list[Answer] = []
    region_count: int = 0
    skip_reason: str = ""
    note: str = ""
    at: int


class OwnLabel(BaseModel):
    """The whole label or skip of an item that the caller labeled or skipped, with all regions."""

    id: str
    version: int
    state: ItemState
    answers: list[Answer] = []
    regions: list[Region] = []
    skip_reason: str = ""
    note: str = ""
    at: int


class DoneItems(BaseModel):
    """A page of done items. `cursor` is empty at the end."""

    items: list[DoneItem]
    cursor: str = ""


class ListedItem(BaseModel):
    """An item of a list. Its regions are counted only; `labeler` and what follows are empty without a label."""

    id: str
    version: int
    state: ItemState
    source: Source
    media: Media | None
    unreadable: str = ""
    source_changed: bool = False
    answers: list[Answer] = []
    region_count: int = 0
    skip_reason: str = ""
    note: str = ""
    labeler: str = ""
    labeled_at: int = 0


class ItemList(BaseModel):
    """A page of items. `cursor` is empty at the end; a page may be short while a filter leaves much out."""

    items: list[ListedItem]
    cursor: str = ""


class LabelCount(BaseModel):
    """One bar of the label distribution: items that carry the label, and labels applied (each region counts one)."""

    set: str
    label: str
    items: int
    regions: int = 0


class LabelerCount(BaseModel):
    """What one person did: the current labels and skips that are theirs."""

    user: str
    labeled: int
    skipped: int


class Progress(BaseModel):
    """Counts of a project. `total` = labeled + skipped + needs_review + missing + queued + leased + pending.

    `queued` is by kind ("0" prelabeled, "1" clustered, "2" manual: keys of JSON are strings). `pending` is found but
    not probed, `unreadable` is outside the total.
    `ready`: every chunk of the newest finished scan is applied.
    """

    ready: bool
    total: int
    labeled: int = 0
    skipped: int = 0
    needs_review: int = 0
    missing: int = 0
    pending: int = 0
    unreadable: int = 0
    leased: int = 0
    queued: dict[str, int] = {}
    labels: list[LabelCount] = []
    labelers: list[LabelerCount] = []
    last_change: int = 0
