"""Whether the regions of an item may be saved. Names the region that may not, never changes one but by rounding."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.contracts import limits
from services.contracts.items import Media
from services.contracts.labels import Origin, Region, Shape
from services.contracts.projects import Project
from services.contracts.queue_api import SubmitItem
from services.kit import geometry
from services.kit.rasters import wrong_masks
from services.queue.labels.validation import Wrong

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")
_DECIMALS: Final = 2
_MAY_BE_EMPTY: Final = (Shape.SPAN,)


class Regions:
    """The labels of a project and the shape of its regions, ready to check regions against."""

    def __init__(self, project: Project, shape: Shape, origin: Origin = Origin.HUMAN) -> None:
        """`origin` is who made the regions."""
        self._shape, self._origin = shape, origin
        self._may_be_empty = project.allow_empty or shape in _MAY_BE_EMPTY
        self._retired = {label.id: label.retired for group in project.label_sets for label in group.labels}

    def rounded(self, regions: Sequence[Region]) -> list[Region]:
        """The regions as they are kept: two decimals, and no negative zero."""
        if self._shape not in (Shape.BOX, Shape.POLYGON):
            return list(regions)
        return [
            region.model_copy(update={"points": [round(point, _DECIMALS) + 0.0 for point in region.points]})
            for region in regions
        ]

    def wrong(self, given: SubmitItem, media: Media | None) -> Wrong | None:
        """The first thing that is wrong with an item whose regions are rounded, None if nothing is.

        Without `media`, what depends on the size of the item is not looked at.
        """
        return next(self._all_wrong(given, media), None)

    def _all_wrong(self, given: SubmitItem, media: Media | None) -> Iterator[Wrong]:
        regions = given.regions
        if given.answers:
            yield "answers", "must be empty: the labels of this project stand in regions"
        if given.skip:
            if regions:
                yield "regions", "a skipped item has no regions"
            return
        if given.skip_reason:
            yield "skip_reason", "only a skipped item has a reason"
        if not regions and not self._may_be_empty:
            yield "regions", f"at least one {self._shape} has to be drawn, or the item skipped"
        if len(regions) > limits.REGIONS:
            yield "regions", f"an item may have {limits.REGIONS:,} regions; it has {len(regions):,}"
        points = sum(len(region.points) for region in regions) // 2
        if points > limits.POINTS:
            yield "regions", f"an item may have {limits.POINTS:,} points in all regions; it has {points:,}"
        yield from self._wrong_fields(regions)
        if media is not None:
            yield from self._wrong_places(regions, media)

    def _wrong_fields(self, regions: Sequence[Region]) -> Iterator[Wrong]:
        ids: dict[str, int] = {}
        labels: dict[str, int] = {}
        for place, region in enumerate(regions):
            for field, message in self._wrong_region(region):
                yield _named(place, field, message)
            first = ids.setdefault(region.id, place)
            if first != place:
                yield _named(place, "id", f"has the id of region {first + 1}: ids must be unique in the item")
            first = labels.setdefault(region.label, place)
            if first != place and self._shape is Shape.MASK:
                yield _named(place, "label", f"has the label of region {first + 1}: a label has one mask an item")

    def _wrong_region(self, region: Region) -> Iterator[Wrong]:
        if not _ID.fullmatch(region.id):
            yield "id", "must have an id of 1 to 32 letters, digits, hyphens and underscores"
        if region.label not in self._retired:
            yield "label", f"has a label that is not there: {region.label!r}"
        elif self._retired[region.label]:
            yield "label", f"has a label that is retired: {region.label!r}"
        if region.shape is not self._shape:
            yield "shape", f"must be a {self._shape}, not a {region.shape}"
        if region.frame:
            yield "frame", "must be on frame 0"
        if region.attributes:
            yield "attributes", "must have no attributes"
        if region.origin is not self._origin:
            yield "origin", f"must have the origin {self._origin}"
        if self._shape is Shape.MASK and region.points:
            yield "points", "must have no points: a mask stands in rle"
        if self._shape is not Shape.MASK and region.rle:
            yield "rle", "must have no rle: only masks have"

    def _wrong_places(self, regions: Sequence[Region], media: Media) -> Iterator[Wrong]:
        for place, region in enumerate(regions):
            message = _WRONG_POINTS[self._shape](region.points, media) if self._shape in _WRONG_POINTS else None
            if message is not None:
                yield _named(place, "points", message)
                return
        points = [region.points for region in regions]
        if self._shape is Shape.POLYGON and (crossing := geometry.wrong_polygons(points)) is not None:
            yield _named(crossing[0], "points", crossing[1])
        if self._shape is Shape.SPAN and (overlap := geometry.overlapping_spans(points)) is not None:
            first, second = overlap
            yield _named(second, "points", f"overlaps region {first + 1}: spans may not overlap")
        if self._shape is Shape.MASK and (broken := wrong_masks([r.rle for r in regions], media)) is not None:
            yield _named(broken[0], "rle", broken[1])


_WRONG_POINTS: Final = {
    Shape.BOX: geometry.wrong_box,
    Shape.POLYGON: geometry.wrong_outline,
    Shape.SPAN: geometry.wrong_span,
}


def _named(place: int, field: str, message: str) -> Wrong:
    """Fields count from 0 as in the request, regions from 1 as people do."""
    return f"regions.{place}.{field}", f"region {place + 1} {message}"
