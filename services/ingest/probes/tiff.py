"""Size and orientation of the first page of a TIFF or BigTIFF, wherever in the file its directory stands."""

from typing import Final, NamedTuple

from services.ingest.probes import exif
from services.ingest.probes.raw import Raw
from services.ingest.probes.window import EndsEarlyError, UnreadableError, Window

MAGICS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_WIDTH: Final = 256
_HEIGHT: Final = 257
_KIND: Final = 254
_REDUCED: Final = 1
_WANTED: Final = {_KIND, _WIDTH, _HEIGHT, exif.ORIENTATION}
_VALUES: Final = {1: "B", 3: "H", 4: "I", 16: "Q"}
_MOST_ENTRIES: Final = 5_000


class _Layout(NamedTuple):
    """How classic TIFF and BigTIFF differ: where the first directory's offset stands, and the shape of a directory."""

    order: str
    first: int
    offset: str
    counted: str
    count_bytes: int
    entry_bytes: int
    value: int


def parse(window: Window) -> Raw:
    """Raises UnreadableError, or NotFetchedError to be called again with more."""
    layout = _layout(window.read(0, 4))
    (directory,) = window.unpack(layout.order + layout.offset, layout.first)
    tags, _ = _directory(window, layout, directory)
    if _WIDTH not in tags or _HEIGHT not in tags:
        raise UnreadableError("The file is a damaged TIFF: its first page has no size.")
    return Raw(tags[_WIDTH], tags[_HEIGHT], exif.valid(tags.get(exif.ORIENTATION, exif.UPRIGHT)))


def has_more_pages(window: Window) -> bool:
    """Whether a second page follows that is no smaller copy of the first. Raises NotFetchedError as `parse` does."""
    layout = _layout(window.read(0, 4))
    (directory,) = window.unpack(layout.order + layout.offset, layout.first)
    try:
        _, second = _directory(window, layout, directory)
        return bool(second) and not _directory(window, layout, second)[0].get(_KIND, 0) & _REDUCED
    except UnreadableError:
        return False  # the first page can be read, and only that is shown


def _directory(window: Window, layout: _Layout, at: int) -> tuple[dict[int, int], int]:
    """The wanted tags of a page, and where the directory of the next page stands; 0 after the last."""
    (count,) = window.unpack(layout.order + layout.counted, at)
    if not 0 < count <= _MOST_ENTRIES:
        raise UnreadableError("The file is a damaged TIFF: its directory is empty or endless.")
    start, length = at + layout.count_bytes, count * layout.entry_bytes
    window.read(start, length)
    tags = dict(_tag(window, layout, start + n * layout.entry_bytes) for n in range(count))
    try:
        (following,) = window.unpack(layout.order + layout.offset, start + length)
    except EndsEarlyError:  # the last page of a sloppy writer
        following = 0
    return tags, following


def _layout(magic: bytes) -> _Layout:
    order = "<" if magic.startswith(b"II") else ">"
    if b"+" in magic:
        return _Layout(order, 8, "Q", "Q", 8, 20, 12)
    return _Layout(order, 4, "I", "H", 2, 12, 8)


def _tag(window: Window, layout: _Layout, at: int) -> tuple[int, int]:
    """A tag that is wanted with its value; of others the value does not matter."""
    tag, kind = window.unpack(layout.order + "HH", at)
    if tag not in _WANTED or kind not in _VALUES:
        return 0, 0
    return tag, window.unpack(layout.order + _VALUES[kind], at + layout.value)[0]
