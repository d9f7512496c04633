"""One page of a listing against what was known: which objects are new, changed, back, or beyond the limit. Pure."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from services.ingest.objects.models import Known, Listed, ProbeState, Range
from services.ingest.sources.accepted import Filter, Verdict
from services.kit.blobs import Blob

_RANGE_KEYS: Final = 64
"""Keys of a range on average. A page without its last, cut one is listed a second time."""


class Page(NamedTuple):
    """A part of a listing: all its keys counted, ranges of the accepted ones, and those left out that matched."""

    listed: int
    ranges: list[Range]
    unsupported: list[str]
    last: str
    complete: bool


class Sorted(NamedTuple):
    """The accepted objects of a page by what they mean for the project."""

    new: list[Listed]
    changed: list[Listed]
    back: list[Listed]
    again: list[Listed]
    seen: list[str]
    left_out: int

    @property
    def news(self) -> list[Listed]:
        """What the queue has to hear of."""
        return [*self.new, *self.changed, *self.back]


def read(project: str, wanted: Filter, objects: Sequence[Blob], after: str, *, complete: bool) -> Page:
    """Apply the pattern and the accepted types to keys that come after key `after`, and cut them into ranges.

    A range ends at a key whose checksum says so, wherever pages end: new keys change only the ranges that they are in.
    What comes after the last such end is left for the next page.
    """
    ends = [place for place, found in enumerate(objects, 1) if _is_end(found.key)]
    if complete or not ends:
        ends.append(len(objects))
    ranges, unsupported, start = [], [], 0
    for end in ends:
        accepted: dict[str, Listed] = {}
        for found in objects[start:end]:
            verdict = wanted.verdict(found.key)
            if verdict is Verdict.ACCEPTED:
                item = Listed.of(project, found.key, found.etag, found.size)
                accepted[item.id] = item
            elif verdict is Verdict.UNSUPPORTED_NAME:
                unsupported.append(found.key)
        if accepted:
            ranges.append(Range.of(project, list(accepted.values())))
        start = end
    return Page(start, ranges, unsupported, objects[start - 1].key if start else after, complete)


def _is_end(key: str) -> bool:
    return zlib.crc32(key.encode()) % _RANGE_KEYS == 0


def sort(accepted: Sequence[Listed], known: Mapping[str, Known], room: int) -> Sorted:
    """`room`: how many new items the project still takes."""
    unknown = [item for item in accepted if item.id not in known]
    familiar = [(item, known[item.id]) for item in accepted if item.id in known]
    changed = [item for item, before in familiar if item.etag != before.etag]
    back = [item for item, before in familiar if before.missing and item.etag == before.etag]
    again = [item for item, before in familiar if item.etag != before.etag or before.state is ProbeState.GONE]
    new = unknown[: max(room, 0)]
    return Sorted(new, changed, back, again, [item.id for item, _ in familiar], len(unknown) - len(new))


def places(ranges: Iterable[Range]) -> dict[str, str]:
    """The range of each item."""
    return {item.id: each.id for each in ranges for item in each.items}
