"""A labeled item as formats see it. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.kit.annotations import LabeledItem


class Mark(NamedTuple):
    """A region, as far as formats need it. `label` is an id."""

    label: str
    points: Sequence[float]
    rle: str = ""


class Loaded(NamedTuple):
    """An item and what was read for it.

    `text` is that of a text item, `cells` all columns of a row of a table; empty where the format does not ask. `store`
    begins the public address of its object.
    """

    item: LabeledItem
    marks: Sequence[Mark] = ()
    text: str = ""
    cells: Mapping[str, str] = {}
    store: str = ""


class Placed(NamedTuple):
    """Where an item stands in the files.

    `number` counts items and `first` annotations, both from 1. `name` is the path of its picture or text in a zip,
    without what file systems refuse, and no other item's differs only in case or in the ending.
    """

    number: int
    first: int
    name: str = ""

    @property
    def stem(self) -> str:
        """The name without its ending."""
        folder, slash, file = self.name.rpartition("/")
        return f"{folder}{slash}{file.rpartition('.')[0] or file}"
