"""One page of a listing against what was known: which objects are new, changed, back, or beyond the limit. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from services.ingest.objects.models import Known, Listed, ProbeState
from services.ingest.sources.accepted import Filter, Verdict
from services.kit.blobs import Blob


class Page(NamedTuple):
    """What one page of a listing holds: all keys counted, the accepted ones, and those left out that matched."""

    listed: int
    accepted: list[Listed]
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


def read(project: str, wanted: Filter, objects: Iterable[Blob], after: str, *, complete: bool) -> Page:
    """Apply the pattern and the accepted types to a page of keys that comes after key `after`."""
    accepted: dict[str, Listed] = {}
    listed = 0
    unsupported = []
    for found in objects:
        listed, after = listed + 1, found.key
        verdict = wanted.verdict(found.key)
        if verdict is Verdict.ACCEPTED:
            item = Listed.of(project, found.key, found.etag, found.size)
            accepted[item.id] = item
        elif verdict is Verdict.UNSUPPORTED_NAME:
            unsupported.append(found.key)
    return Page(listed, list(accepted.values()), unsupported, after, complete)


def sort(accepted: Sequence[Listed], known: Mapping[str, Known], room: int) -> Sorted:
    """`room`: how many new items the project still takes."""
    unknown = [item for item in accepted if item.id not in known]
    familiar = [(item, known[item.id]) for item in accepted if item.id in known]
    changed = [item for item, before in familiar if item.etag != before.etag]
    back = [item for item, before in familiar if before.missing and item.etag == before.etag]
    again = [item for item, before in familiar if item.etag != before.etag or before.state is ProbeState.GONE]
    new = unknown[: max(room, 0)]
    return Sorted(new, changed, back, again, [item.id for item, _ in familiar], len(unknown) - len(new))
