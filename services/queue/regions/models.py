"""What the regions of an item become in its document. Pure: it must never touch the store."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.contracts import limits
from services.contracts.labels import Region, RegionsRef, Shape
from services.contracts.projects import Project
from services.kit.regions import encode
from services.kit.store import Document
from services.queue.labels.validation import Wrong


@dataclass(frozen=True)
class Drawing:
    """The regions of a submitted item, judged. `wrong` says why they may not be saved; `fields` go to its label.

    Without both the item was already lost when they were looked at.
    """

    wrong: Wrong | None = None
    fields: Document | None = None


@dataclass(frozen=True)
class Kept:
    """Regions that may be saved. `content` is what goes to object storage; None where they stay in the document."""

    regions: Sequence[Region]
    content: bytes | None
    applied: list[Document]

    def fields(self, ref: RegionsRef | None) -> Document:
        """Fields of the label. `applied` counts the regions of each label, also where the regions lie elsewhere."""
        if ref is None:
            kept = [region.model_dump(mode="json", exclude={"rle"}) for region in self.regions]
            return {"regions": kept, "applied": self.applied}
        return {"regions": [], "regions_ref": ref.model_dump(mode="json"), "applied": self.applied}


NOTHING: Final = Kept([], None, [])
"""An item without regions."""


def kept(regions: Sequence[Region], project: Project) -> Kept:
    """Masks, and what is too large for an event, go to object storage."""
    if not regions:
        return NOTHING
    content = encode(list(regions))
    away = len(content) > limits.GEOMETRY_BYTES or any(region.shape is Shape.MASK for region in regions)
    return Kept(regions, content if away else None, _applied(regions, project))


def _applied(regions: Sequence[Region], project: Project) -> list[Document]:
    sets = {label.id: group.id for group in project.label_sets for label in group.labels}
    counts = Counter(region.label for region in regions)
    return [{"set": sets[label], "label": label, "regions": count} for label, count in counts.items()]


def ref_of(label: Document) -> RegionsRef | None:
    """Where the regions of a label lie, if not in it."""
    return RegionsRef.model_validate(label["regions_ref"]) if label.get("regions_ref") else None
