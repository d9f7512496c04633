"""Whether an export can be made as it is wished. Names the field that is wrong."""

from typing import Final

from services.contracts.exports import ExportFilter, ExportFormat, ExportJob, JobState, export_formats
from services.contracts.projects import Project
from services.gateway.exports.schemas import NewExport
from services.gateway.exports.store import ExportsStore
from services.gateway.people.store import PeopleStore
from services.gateway.refusals import wrong

_PIXELS: Final = (ExportFormat.COCO, ExportFormat.YOLO, ExportFormat.VOC)
"""Formats whose readers may look at pictures as they are stored."""
_HOW: Final = ("images", "as_stored", "escape_formulas")
_UNLIKE: Final = "export_unlike"


class Wishes:
    """Looks at what people ask for."""

    def __init__(self, exports: ExportsStore, people: PeopleStore) -> None:
        """Reads only."""
        self._exports, self._people = exports, people

    async def check(self, project: Project, new: NewExport) -> ExportJob | None:
        """The export that `since_export` names, if one is named. Raises 422."""
        _check_format(project, new)
        known = {label.id for group in project.label_sets for label in group.labels}
        for place, label in enumerate(new.filter.labels):
            if label not in known:
                raise wrong(f"filter.labels.{place}", "is no label of this project", "label_unknown")
        await self._check_people(new.filter.labelers)
        return await self._before(project, new) if new.since_export else None

    async def _check_people(self, labelers: list[str]) -> None:
        known = {person.id for person in await self._people.some(labelers)} if labelers else set()
        for place, labeler in enumerate(labelers):
            if labeler not in known:
                raise wrong(f"filter.labelers.{place}", "is nobody's id", "person_unknown")

    async def _before(self, project: Project, new: NewExport) -> ExportJob:
        job = await self._exports.get(new.since_export)
        if job is None or job.project != project.id:
            raise wrong("since_export", "is no export of this project", "export_unknown")
        if job.state is not JobState.SUCCEEDED:
            raise wrong(
                "since_export", f"must be an export that succeeded; this one is {job.state}", "export_not_ready"
            )
        _check_same(job, new)
        return job


def _check_same(before: ExportJob, new: NewExport) -> None:
    """What came since can be put onto an earlier file only if all that both hold is chosen and written in one way."""
    for field, (wanted, earlier) in {
        "format": (new.format, before.format),
        "filter": (_plain(new.filter.contract()), _plain(before.filter)),
        **{name: (getattr(new, name), getattr(before, name)) for name in _HOW},
    }.items():
        if wanted != earlier:
            raise wrong(
                field, "must be that of the export which since_export names: one is put onto the other", _UNLIKE
            )


def _plain(wanted: ExportFilter) -> ExportFilter:
    """The same for the same choice, in whatever order it was made."""
    return wanted.model_copy(update={"labels": sorted({*wanted.labels}), "labelers": sorted({*wanted.labelers})})


def _check_format(project: Project, new: NewExport) -> None:
    formats = export_formats(project.task_type)
    if new.format not in formats:
        raise wrong("format", f"must be {' or '.join(formats)} for {project.task_type}", "format_not_offered")
    if new.images and project.task_type.media != "image":
        raise wrong("images", "is for projects of images")
    if new.as_stored and (new.format not in _PIXELS or project.task_type.media != "image"):
        raise wrong("as_stored", f"is for {', '.join(_PIXELS)}; {new.format} has coordinates of upright pictures")
    if new.escape_formulas and new.format is not ExportFormat.CSV:
        raise wrong("escape_formulas", "is for csv")
