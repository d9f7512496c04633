"""Regions of submitted items, judged and put away before the transaction that saves them. Never writes a document."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from services.contracts.items import Media
from services.contracts.labels import Region
from services.contracts.projects import Project
from services.contracts.queue_api import SubmitItem
from services.kit.problems import Refused
from services.kit.regions import RegionObjects, RegionsLost
from services.kit.store import Document
from services.queue.labels.store import Labels
from services.queue.labels.validation import Wrong
from services.queue.regions.models import Drawing, Kept, kept, ref_of
from services.queue.regions.validation import Regions

Admits = Callable[[Document, SubmitItem], bool]
_AT_ONCE: Final = 300
"""Numbers and characters of regions that are judged at once, in a tenth of a millisecond; more goes to a thread."""


class Drawings:
    """Judges, puts away and reads regions."""

    def __init__(self, labels: Labels, objects: RegionObjects) -> None:
        self._labels = labels
        self._objects = objects

    async def prepare(self, project: Project, given: Sequence[SubmitItem], admits: Admits) -> list[Drawing] | None:
        """A drawing an item, None in a project whose items have no regions.

        Objects are written before the transaction, because their names go into it; one that nothing refers to in the
        end is deleted with its project. `admits` keeps those out that have lost their item already.
        """
        shape = project.task_type.regions
        if shape is None:
            return None
        rules = Regions(project, shape)
        drawn = [item.id for item in given if item.regions]
        found = await self._labels.find(None, project.id, drawn) if drawn else {}
        return [await self._draw(project, rules, item, found, admits) for item in given]

    async def _draw(
        self, project: Project, rules: Regions, given: SubmitItem, found: Mapping[str, Document], admits: Admits
    ) -> Drawing:
        item = found.get(given.id)
        media = Media.model_validate(item["media"]) if item and item.get("media") else None
        size = sum(len(region.points) + len(region.rle) for region in given.regions)
        work = (project, rules, given, media)
        verdict = _judge(*work) if size <= _AT_ONCE else await asyncio.to_thread(_judge, *work)
        if not isinstance(verdict, Kept):
            return Drawing(wrong=verdict)
        if given.regions and (item is None or not admits(item, given)):
            return Drawing()
        if verdict.content is None:
            return Drawing(fields=verdict.fields(None))
        ref = await self._objects.put(project.id, verdict.content, len(verdict.regions))
        return Drawing(fields=verdict.fields(ref))

    async def of(self, label: Document) -> list[Region]:
        """All regions of a label, wherever they lie."""
        ref = ref_of(label)
        if ref is None:
            return [Region.model_validate(region) for region in label["regions"]]
        try:
            return await self._objects.get(ref)
        except RegionsLost as error:
            raise Refused(500, "regions_lost", f"The regions of this label can't be read: {error}.") from error


def _judge(project: Project, rules: Regions, given: SubmitItem, media: Media | None) -> Kept | Wrong:
    regions = rules.rounded(given.regions)
    wrong = rules.wrong(given.model_copy(update={"regions": regions}), media)
    return wrong or kept(regions, project)
