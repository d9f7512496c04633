"""Regions of labeled items, wherever they lie. Never holds those of more items than it is asked for at once."""

from services.contracts.labels import RegionsRef
from services.export.items.models import Mark
from services.kit.annotations import LabeledItem
from services.kit.regions import RegionObjects


class Marks:
    """Reads regions."""

    def __init__(self, objects: RegionObjects) -> None:
        """`objects` hold what is too large for documents."""
        self._objects = objects

    async def of(self, item: LabeledItem) -> list[Mark]:
        """In the order in which they were drawn. Raises RegionsLost."""
        if item.regions_ref is None:
            return in_document(item)
        regions = await self._objects.get(RegionsRef.model_validate(item.regions_ref))
        return [Mark(region.label, region.points, region.rle) for region in regions]


def in_document(item: LabeledItem) -> list[Mark]:
    """Those of an item whose regions lie in its document."""
    return [Mark(region["label"], region["points"]) for region in item.regions]
