"""Prelabels as a page shows them: a preset of each item, with its regions wherever they lie."""

import asyncio
from collections.abc import Sequence

from services.contracts.labels import Answer, Region, RegionsRef
from services.contracts.prelabels import Prelabel
from services.contracts.queue_api import LeasedItem
from services.kit import logs
from services.kit.regions import RegionObjects, RegionsLost
from services.kit.store import Document
from services.queue.leases.models import leased_item

_log = logs.get()


class Prelabels:
    """Reads prelabels."""

    def __init__(self, objects: RegionObjects) -> None:
        self._objects = objects

    async def shown(self, items: Sequence[Document]) -> list[LeasedItem]:
        """Items of a page. One whose regions are lost comes without its prelabel: it can still be labeled."""
        if not any("prelabel" in item for item in items):
            return [leased_item(item) for item in items]
        return list(await asyncio.gather(*(self._shown(item) for item in items)))

    async def _shown(self, item: Document) -> LeasedItem:
        shown, prelabel = leased_item(item), item.get("prelabel")
        if prelabel is None:
            return shown
        try:
            regions = await self._regions(prelabel)
        except RegionsLost as error:
            _log.error("prelabel_lost", item=item["_id"], error=str(error))
            return shown
        preset = {
            "answers": [Answer.model_validate(answer) for answer in prelabel["answers"]],
            "regions": regions,
            "prelabel": Prelabel(run=prelabel["run"], confidence=prelabel["confidence"]),
        }
        return shown.model_copy(update=preset)

    async def _regions(self, prelabel: Document) -> list[Region]:
        if prelabel.get("regions_ref"):
            return await self._objects.get(RegionsRef.model_validate(prelabel["regions_ref"]))
        return [Region.model_validate(region) for region in prelabel["regions"]]
