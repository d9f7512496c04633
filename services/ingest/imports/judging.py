"""From what a file says of an item to what is written to it. Pure; the rules of regions are those of submissions."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from services.contracts import limits
from services.contracts.import_lines import ImportLine
from services.contracts.imports import ImportMode
from services.contracts.items import Media
from services.contracts.labels import Answer, Origin, Region, Shape
from services.contracts.projects import Project
from services.ingest.imports.classes import Class, Classes
from services.ingest.imports.layers import Layers
from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unit, Wrong
from services.ingest.imports.scaling import Scale
from services.kit import geometry

_KINDS: Final = {
    None: (Kind.WHOLE,),
    Shape.BOX: (Kind.BOX,),
    Shape.POLYGON: (Kind.POLYGON,),
    Shape.MASK: (Kind.MASK, Kind.POLYGON),
    Shape.SPAN: (Kind.SPAN,),
}
_BOX: Final = 4


class Fault(NamedTuple):
    """A mark that was not taken, or (`kept`) not as it stands. A harmless one costs the item nothing."""

    where: str
    code: str
    message: str
    harmless: bool = False
    kept: bool = False


class Verdict(NamedTuple):
    """What becomes of an item: its `line`, or none: then the faults say why, and without any the file has no label."""

    line: ImportLine | None
    faults: Sequence[Fault]


class _Taken(NamedTuple):
    mark: Mark
    found: Class
    region: Region | None


class Judge:
    """The rules of one project and one file."""

    def __init__(self, project: Project, mode: ImportMode, unit: Unit) -> None:
        """`unit` is that of the numbers in the file."""
        self._project, self._final, self._unit = project, mode is ImportMode.LABELS, unit
        self._shape = project.task_type.regions
        self._classes = Classes(project)
        self._multi = {group.id: group.multi for group in project.label_sets}
        self._may_be_empty = self._shape is not None and (project.allow_empty or self._shape is Shape.SPAN)

    def judge(self, item: str, media: Media, picture: Picture, marks: Sequence[Mark]) -> Verdict:
        """Look at one item. With final labels one fault refuses the item: half a label would pass for a whole one."""
        taken: list[_Taken] = []
        faults: list[Fault] = []
        layers = Layers(media)
        try:
            scale = self._scale(media, picture, marks)
        except Wrong as wrong:
            return Verdict(None, [Fault(picture.where, wrong.code, str(wrong))] if marks else [])
        for mark in marks:
            try:
                self._take(mark, media, scale, taken, layers)
            except Wrong as wrong:
                faults.append(Fault(mark.where, wrong.code, str(wrong), harmless=wrong.code == "duplicate"))
        faults += self._misfits(taken)
        try:
            masks = self._flattened(taken, layers, faults)
        except Wrong as wrong:
            return Verdict(None, [*faults, Fault(picture.where, wrong.code, str(wrong))])
        serious = [fault for fault in faults if not fault.harmless]
        faults = list(dict.fromkeys(faults))  # a picture of the wrong size has it for each of its classes
        if (self._final and serious) or (not taken and (faults or not self._may_be_empty)):
            return Verdict(None, faults)
        return Verdict(self._line(item, taken, masks), faults)

    def _scale(self, media: Media, picture: Picture, marks: Sequence[Mark]) -> Scale | None:
        """None where no numbers have to be made pixels. Raises Wrong."""
        if self._shape is Shape.MASK and any(mark.kind is Kind.POLYGON for mark in marks):
            return Scale(media, picture, self._unit, exact=True)
        return Scale(media, picture, self._unit) if self._shape in (None, Shape.BOX, Shape.POLYGON) else None

    def _take(self, mark: Mark, media: Media, scale: Scale | None, taken: list[_Taken], layers: Layers) -> None:
        """Add a mark to those taken, one of pixels to the layers too. Raises Wrong."""
        if mark.wrong:
            raise Wrong(*mark.wrong)
        if scale is not None:
            mark = mark._replace(points=scale.points(mark))
        self._require_kind(mark, media)
        found = self._classes.find(mark.label)
        if self._shape is None:
            mark = mark._replace(points=())
        if any(_same(mark, found, other) for other in taken):
            raise Wrong("duplicate", "It says the same as an earlier one of the item.")
        if len(taken) >= limits.REGIONS:
            raise Wrong("too_many", f"An item may have {limits.REGIONS:,} regions.")
        if self._shape is Shape.MASK:
            layers.add(mark, found.label)
            taken.append(_Taken(mark, found, None))
        else:
            taken.append(_Taken(mark, found, self._region(mark, found, media, len(taken) + 1)))

    def _require_kind(self, mark: Mark, media: Media) -> None:
        wanted = _KINDS[self._shape]
        whole = self._shape is None and mark.kind is Kind.BOX and _covers(mark.points, media)
        if mark.kind not in wanted and not whole:
            raise Wrong("wrong_kind", f"It is a {mark.kind}; the project takes: {', '.join(wanted)}.")

    def _region(self, mark: Mark, found: Class, media: Media, number: int) -> Region | None:
        """The region of a mark, None for a label of the whole item. Raises Wrong."""
        if self._shape is None:
            return None
        if wrong := self._wrong_place(mark, media):
            raise Wrong(_CODES.get(self._shape, "region"), f"The {self._shape} {wrong}.")
        return Region(
            id=f"i{number}", label=found.label, shape=self._shape, points=list(mark.points), origin=Origin.IMPORT
        )

    def _wrong_place(self, mark: Mark, media: Media) -> str | None:
        if self._shape is Shape.BOX:
            return self._wrong_box(mark.points, media)
        if self._shape is Shape.POLYGON:
            return geometry.wrong_outline(mark.points, media) or _second(geometry.wrong_polygons([mark.points]))
        return geometry.wrong_span([float(point) for point in mark.points], media)

    def _wrong_box(self, points: Sequence[float], media: Media) -> str | None:
        """A suggested box may be flat: it is shown, with what deletes it."""
        flat = len(points) == _BOX and (points[0] == points[2] or points[1] == points[3])
        suggested = flat and not self._final and points[0] <= points[2] and points[1] <= points[3]
        return geometry.outside(points, media) if suggested else geometry.wrong_box(points, media)

    def _misfits(self, taken: list[_Taken]) -> list[Fault]:
        """What does not fit what came before it, taken out again: second labels, overlapping spans."""
        faults = []
        while (fault := self._misfit(taken)) is not None:
            place, code, message = fault
            faults.append(Fault(taken.pop(place).mark.where, code, message))
        return faults

    def _misfit(self, taken: Sequence[_Taken]) -> tuple[int, str, str] | None:
        if self._shape is None:
            sets = [one.found.set for one in taken]
            for place, group in enumerate(sets):
                if not self._multi[group] and group in sets[:place]:
                    return place, "too_many", "The item has a label already, and the project takes one."
        if self._shape is Shape.SPAN and (pair := geometry.overlapping_spans([one.mark.points for one in taken])):
            return max(pair), "overlap", "The entity overlaps another one."
        return None

    def _flattened(self, taken: Sequence[_Taken], layers: Layers, faults: list[Fault]) -> list[Region]:
        """A mask for each label; what lies below later ones is added to the faults. Raises Wrong."""
        texts, lost = layers.flat()
        for place, pixels in enumerate(lost):
            if pixels:
                whole = layers.pixels(place)
                text = f"{pixels:,} of its {whole:,} pixels lie below later labels of the item: the last one wins."
                faults.append(Fault(taken[place].mark.where, "covered", text, harmless=True, kept=pixels < whole))
        return [
            Region(id=f"i{number}", label=label, shape=Shape.MASK, origin=Origin.IMPORT, rle=text)
            for number, (label, text) in enumerate(texts.items(), 1)
        ]

    def _line(self, item: str, taken: Sequence[_Taken], masks: Sequence[Region]) -> ImportLine:
        confidence = min((one.mark.confidence for one in taken if one.mark.confidence is not None), default=1.0)
        regions = [*masks, *(one.region for one in taken if one.region is not None)]
        sets = dict.fromkeys(one.found.set for one in taken if self._shape is None)
        answers = [
            Answer(set=group, labels=[one.found.label for one in taken if one.found.set == group]) for group in sets
        ]
        return ImportLine(item=item, answers=answers, regions=regions, confidence=confidence)


_CODES: Final = {Shape.BOX: "box", Shape.POLYGON: "polygon", Shape.SPAN: "span"}


def _same(mark: Mark, found: Class, other: _Taken) -> bool:
    return other.found == found and list(other.mark.points) == list(mark.points) and other.mark.rle == mark.rle


def _covers(points: Sequence[float], media: Media) -> bool:
    """Whether a box is the whole picture, as strict readers of COCO want one of each annotation."""
    return list(points) == [0, 0, media.width, media.height]


def _second(wrong: tuple[int, str] | None) -> str | None:
    return wrong[1] if wrong else None
