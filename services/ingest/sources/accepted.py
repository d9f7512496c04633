"""Which keys can become items (F29, F34), before anything of an object is read."""

from enum import Enum
from typing import Final

from services.contracts.projects import DataSource, MediaKind, SourceKind
from services.ingest.sources.patterns import Pattern, folder

EXTENSIONS: Final[dict[MediaKind, tuple[str, ...]]] = {
    "image": ("jpg", "jpeg", "png", "jpe", "jfif", "bmp", "tif", "tiff", "dcm", "dicom"),
    "text": ("txt",),
}
"""By what the items of a project are; in lower case, since case does not matter."""
TABLES: Final = ("csv", "tsv", "parquet")
MANIFESTS: Final = ("jsonl", *TABLES)
MLTABLE: Final = "MLTable"
"""Name of the file that says of which manifests a folder is made."""
RESERVED: Final = ("Labelbus/", "Labeling/")
"""Folders of the default bucket that hold our own files: never scanned under any name, never uploaded to."""


class Verdict(Enum):
    """What becomes of a key."""

    IGNORED = "ignored"
    ACCEPTED = "accepted"
    UNSUPPORTED_NAME = "unsupported_name"


class Filter:
    """The keys of one data source that become items."""

    def __init__(self, source: DataSource, media: MediaKind, *, ours: bool) -> None:
        """`ours`: it is the bucket that also holds our own files. Raises WrongPatternError."""
        self.prefix = folder(source)
        self._pattern = Pattern(source.pattern)
        self._accepted = accepted(source.kind, media)
        self._takes_mltable = source.kind is SourceKind.MANIFEST
        self._ours = ours

    def verdict(self, key: str) -> Verdict:
        """Look at one key that starts with the prefix."""
        if extension(key) not in self._accepted and not (self._takes_mltable and is_mltable(key)):
            return Verdict.IGNORED
        if self.hides(key) or not self._pattern.matches(key[len(self.prefix) :]):
            return Verdict.IGNORED
        return Verdict.ACCEPTED if can_be_read(key) else Verdict.UNSUPPORTED_NAME

    def hides(self, key: str) -> bool:
        """Whether the key is a file of our own, which is nobody's data."""
        return self._ours and is_reserved(key)


def accepted(kind: SourceKind, media: MediaKind) -> tuple[str, ...]:
    """Extensions of the objects that a data source is made of."""
    if kind is SourceKind.FILES:
        return EXTENSIONS[media]
    return TABLES if kind is SourceKind.TABLE else MANIFESTS


def is_mltable(key: str) -> bool:
    """Whether the object is named as those are that say of which manifests a folder is made."""
    return key.rpartition("/")[2] == MLTABLE


def extension(key: str) -> str:
    """`jpg` of `a.b/photo.JPG`; empty without one."""
    _, dot, last = key.rpartition("/")[2].rpartition(".")
    return last.lower() if dot else ""


def is_reserved(key: str) -> bool:
    """Whether the key lies in a folder of ours."""
    return key.startswith(RESERVED)


def can_be_read(key: str) -> bool:
    """HTTP clients fold `.` and `..` segments of an address away, so no request can name such an object."""
    return not {".", ".."} & set(key.split("/"))
