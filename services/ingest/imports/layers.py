"""Masks of one item as the project holds them: one a label, of all that the file has, laid over one another. Pure.

Where two labels want a pixel the later one of the file gets it. What that costs the earlier one is told.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.contracts import limits
from services.contracts.items import Media
from services.ingest.imports.areas import Area
from services.ingest.imports.filling import filled
from services.ingest.imports.readers.marks import Kind, Mark, Wrong
from services.kit import geometry, masks
from services.kit.rasters import wrong_masks

_TOO_FINE: Final = f"The item is too fine: all masks of a picture may have {limits.MASK_RUNS:,} runs together."


class Flat(NamedTuple):
    """A text of run lengths for each label, and how many pixels each layer has lost to later ones."""

    texts: dict[str, str]
    lost: list[int]


class Layers:
    """One picture, empty at first."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._areas: list[Area] = []
        self._labels: list[str] = []
        self._runs = 0

    def add(self, mark: Mark, label: str) -> None:
        """Lay a mask or a polygon, in pixels, over what is there. Raises Wrong."""
        try:
            area = self._filled(mark) if mark.kind is Kind.POLYGON else self._decoded(mark)
        except masks.MaskBroken as broken:
            raise Wrong(mark.kind, f"The {mark.kind} {broken}.") from broken
        self._runs += len(area.begin)
        if self._runs > limits.MASK_RUNS:
            raise Wrong("mask", _TOO_FINE)
        self._areas.append(area)
        self._labels.append(label)

    def _filled(self, mark: Mark) -> Area:
        """Raises MaskBroken."""
        if wrong := geometry.wrong_outline(mark.points, self._media):
            raise masks.MaskBroken(wrong)
        area = filled(mark.points, self._media.height)
        if not len(area.begin):
            raise masks.MaskBroken("is so thin that no centre of a pixel lies in it")
        return area

    def _decoded(self, mark: Mark) -> Area:
        """Raises MaskBroken."""
        width, height = self._media.width, self._media.height
        if mark.size and tuple(mark.size) != (height, width):
            said = f"{mark.size[1]} x {mark.size[0]}"
            raise masks.MaskBroken(f"is for {said} pixels; the picture has {width} x {height}")
        if wrong := wrong_masks([mark.rle], self._media):
            raise masks.MaskBroken(wrong[1])
        return Area(*masks.areas(masks.runs(mark.rle, height, width)))

    def pixels(self, place: int) -> int:
        """Of a layer, seen or not."""
        return self._areas[place].pixels

    def flat(self) -> Flat:
        """What is seen of all layers from above. Raises Wrong where no submission could hold it."""
        if not self._areas:
            return Flat({}, [])
        bounds = np.unique(np.concatenate([part for area in self._areas for part in area]))
        places = [(np.searchsorted(bounds, area.begin), np.searchsorted(bounds, area.end)) for area in self._areas]
        upper = self._painted(places, len(bounds) - 1)
        texts, lost = {}, [0] * len(places)
        for number, label in enumerate(dict.fromkeys(self._labels)):
            seen = upper == number + 1
            kept = np.concatenate(([0], np.cumsum(np.diff(bounds) * seen)))
            for place, (first, behind) in enumerate(places):
                if self._labels[place] == label:
                    lost[place] = self.pixels(place) - int((kept[behind] - kept[first]).sum())
            if kept[-1]:
                texts[label] = self._text(bounds, seen)
        if wrong := wrong_masks(list(texts.values()), self._media):
            raise Wrong("mask", f"A mask of the item {wrong[1]}.")
        return Flat(texts, lost)

    def _painted(self, places: Sequence[tuple[masks.Ints, masks.Ints]], stretches: int) -> NDArray[np.uint16]:
        """The number of the label that is seen in each stretch between two ends of runs; 0 where none is."""
        numbers = {label: number for number, label in enumerate(dict.fromkeys(self._labels), 1)}
        upper = np.zeros(stretches, np.uint16)
        for label, (first, behind) in zip(self._labels, places, strict=True):
            for begin, end in zip(first.tolist(), behind.tolist(), strict=True):
                upper[begin:end] = numbers[label]
        return upper

    def _text(self, bounds: masks.Ints, seen: NDArray[np.bool_]) -> str:
        """Of the stretches that are seen."""
        turns = np.flatnonzero(np.diff(np.concatenate(([False], seen, [False]))))
        return Area(bounds[turns[::2]], bounds[turns[1::2]]).text(self._media.width * self._media.height)
