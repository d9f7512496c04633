"""What every format is: which files it has, and what one item adds to them. Pure: no reading and no writing.

A file that grows with every item is a document; a document has one section or, where it holds several long arrays, one
for each. A file of one item alone, such as a mask, is the item's own.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple
from urllib.parse import quote

from services.contracts import rows
from services.export.items.models import Loaded, Placed


class Document(NamedTuple):
    """A file that grows. The first one of a format gives a single file its name."""

    name: str
    type: str
    sections: int = 1


class Own(NamedTuple):
    """A whole file."""

    name: str
    data: bytes
    type: str = "text/plain"


class Drawn(NamedTuple):
    """What an item adds: a text for each section of all documents, and files of its own.

    `left` counts what the format can't carry, by what it is.
    """

    sections: Sequence[str]
    files: Sequence[Own] = ()
    left: Mapping[str, int] = {}


class Sheet:
    """Base of the formats. A format overrides what is different."""

    documents: Sequence[Document] = ()
    pictures: ClassVar[str] = "images/"
    """Folder of the pictures themselves, where they are in the file."""
    is_zip: ClassVar[bool] = False
    """Whether it is many files, also without pictures."""
    is_slow = False
    """Whether drawing takes so long that it belongs into threads."""

    def begin(self) -> Sequence[str]:
        """The beginning of each section."""
        return [""] * sum(document.sections for document in self.documents)

    def end(self) -> Sequence[str]:
        """The end of each section."""
        return [""] * sum(document.sections for document in self.documents)

    def about(self) -> Sequence[Own]:
        """Files that do not depend on items."""
        return ()

    def count(self, loaded: Loaded) -> int:
        """How many annotations an item makes, where they are numbered."""
        return len(loaded.marks) or len(loaded.item.labels)

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """One item. Raises KeyError for a label that is no class of the file."""
        raise NotImplementedError


def place(datastore: str, key: str) -> str:
    """Where an object lies, as Azure writes it: bucket and key stand for themselves."""
    return f"AmlDatastore://{datastore}/{key}"


def place_of(loaded: Loaded) -> str:
    """Where the object of an item lies; a row is named behind its table."""
    item = loaded.item
    row = f"#{rows.ordinal(item.part)}" if item.part else ""
    return f"{place(item.datastore, item.key)}{row}"


def address(loaded: Loaded) -> str:
    """The public address of the object of an item."""
    return f"{loaded.store}/{quote(loaded.item.key)}"
