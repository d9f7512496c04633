"""Whether the masks of an item fit the picture and one another. Pure, and never makes a raster."""

from collections.abc import Sequence

import numpy as np

from services.contracts import limits
from services.contracts.items import Media
from services.kit import masks

Wrong = tuple[int, str]
"""Place of the mask, and the end of a sentence that begins with its name."""


def wrong_masks(rles: Sequence[str], media: Media) -> Wrong | None:
    """The first mask that does not fit, None if all do."""
    if len(rles) > limits.MASKS:
        return limits.MASKS, f"is one too many: a picture may have {limits.MASKS} masks"
    try:
        wrong = _too_many_runs(rles)
    except masks.MaskBroken:
        wrong = None  # told below, with its place
    return wrong or _broken_or_overlapping(rles, media)


def _too_many_runs(rles: Sequence[str]) -> Wrong | None:
    total = 0
    for place, rle in enumerate(rles):
        total += masks.run_count(rle)
        if total > limits.MASK_RUNS:
            return place, f"is too fine: all masks of a picture may have {limits.MASK_RUNS:,} runs together"
    return None


def _broken_or_overlapping(rles: Sequence[str], media: Media) -> Wrong | None:
    begins, ends = [], []
    for place, rle in enumerate(rles):
        try:
            begin, end = masks.areas(masks.runs(rle, media.height, media.width))
        except masks.MaskBroken as error:
            return place, str(error)
        if not len(begin):
            return place, "is empty: paint something or leave the region out"
        begins.append(begin)
        ends.append(end)
    return _overlapping(begins, ends)


def _overlapping(begins: Sequence[masks.Ints], ends: Sequence[masks.Ints]) -> Wrong | None:
    if not begins:
        return None
    owners = np.repeat(np.arange(len(begins)), [len(begin) for begin in begins])
    begin, end = np.concatenate(begins), np.concatenate(ends)
    order = np.argsort(begin, kind="stable")
    hits = np.flatnonzero(end[order][:-1] > begin[order][1:])
    if not len(hits):
        return None
    first, second = sorted(int(owners[order[hits[0] + step]]) for step in (0, 1))
    return second, f"covers pixels of region {first + 1}: a pixel has one label"
