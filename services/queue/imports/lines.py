"""Lines of an import made ready to be written: judged once more, since the project may have changed meanwhile."""

import asyncio
from collections.abc import Sequence

from services.contracts.import_lines import ImportLine
from services.contracts.imports import ImportMode
from services.contracts.labels import Origin
from services.contracts.projects import Project
from services.contracts.queue_api import SubmitItem
from services.kit.regions import RegionObjects
from services.queue.imports.models import Given
from services.queue.labels.validation import Answers
from services.queue.regions.models import kept
from services.queue.regions.validation import Regions


class Lines:
    """Lines of one project."""

    def __init__(self, project: Project, mode: ImportMode, objects: RegionObjects) -> None:
        """`objects` hold what is too large for documents."""
        self._project, self._final, self._objects = project, mode is ImportMode.LABELS, objects
        shape = project.task_type.regions
        self._answers = Answers(project)
        self._regions = None if shape is None else Regions(project, shape, Origin.IMPORT)
        labels = [label for group in project.label_sets for label in group.labels]
        self._labels = {label.id for label in labels if not label.retired}

    async def ready(self, lines: Sequence[ImportLine]) -> list[Given]:
        """Objects of regions are written before the transaction, because their names go into it."""
        wrong = await asyncio.to_thread(lambda: [self._wrong(line) for line in lines])
        return [await self._given(line, why) for line, why in zip(lines, wrong, strict=True)]

    async def _given(self, line: ImportLine, wrong: str) -> Given:
        if wrong:
            return Given(line, {}, wrong)
        drawn = kept(line.regions, self._project)
        if self._regions is None:
            return Given(line, {"regions": []})
        if drawn.content is None:
            return Given(line, drawn.fields(None))
        return Given(line, drawn.fields(await self._objects.put(self._project.id, drawn.content, len(line.regions))))

    def _wrong(self, line: ImportLine) -> str:
        """Why a line can't be written; empty if it can. Its places were judged by ingest."""
        named = {label for answer in line.answers for label in answer.labels} | {one.label for one in line.regions}
        if gone := named - self._labels:
            return f"The project has no longer the label {min(gone)}."
        if not self._final:
            return ""
        given = SubmitItem(id=line.item, version=0, answers=line.answers, regions=line.regions)
        found = self._answers.wrong(given) if self._regions is None else self._regions.wrong(given, None)
        return f"{found[0]}: {found[1]}" if found else ""
