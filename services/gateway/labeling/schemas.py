"""Pages as browsers get them, and labels as they send them: never with a field that nobody knows.

What queue answers, and the file name of each item. Bodies are those of the internal API without the caller.
"""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_snake

from services.contracts import limits
from services.contracts.labels import Answer, Effort, Region
from services.contracts.queue_api import Back, DoneItem, LeasedItem, Page, Submit, SubmitItem

_STRICT: Final = ConfigDict(extra="forbid", alias_generator=to_snake)
"""Events ignore what they do not know, since a newer service may have written it; in a request it is a mistake.

Events have ProtoJSON's names, `activeMs`; the API has one form for all: `active_ms`.
"""


class GivenAnswer(Answer):
    """Labels chosen from one set, by id."""

    model_config = _STRICT


class GivenRegion(Region):
    """A marked part of an item."""

    model_config = _STRICT


class GivenEffort(Effort):
    """What a label took."""

    model_config = _STRICT


class GivenItem(SubmitItem):
    """What a person says of one item: `answers`, or `skip`. `version` is the one that was claimed."""

    answers: list[GivenAnswer] = []  # type: ignore[assignment]  # a list of a request is never appended to
    regions: list[GivenRegion] = []  # type: ignore[assignment]  # as above
    effort: GivenEffort = GivenEffort()


class SubmitBody(Submit):
    """A page, or a part of it. `key` makes a repeated request answer what the first one answered (kept 24 h)."""

    items: list[GivenItem] = Field(min_length=1, max_length=limits.PAGE_ITEMS)  # type: ignore[assignment]  # as above


class BackBody(Back):
    """Replace own earlier labels or skips that nobody reviewed: no token, the version is the guard."""

    items: list[GivenItem] = Field(min_length=1, max_length=limits.PAGE_ITEMS)  # type: ignore[assignment]  # as above


class NamedItem(LeasedItem):
    """An item of a page. `name` is the last part of its key, of a row with its number."""

    name: str


class NamedPage(Page):
    """A page of named items."""

    items: list[NamedItem] = []  # type: ignore[assignment]  # a list of a model's answer is never appended to


class NamedDoneItem(DoneItem):
    """A done item. `name` is the last part of its key, of a row with its number."""

    name: str


class NamedDoneItems(BaseModel):
    """A page of done items. `cursor` is empty at the end."""

    items: list[NamedDoneItem]
    cursor: str = ""


class Released(BaseModel):
    """How many items went back to the queue."""

    released: int
