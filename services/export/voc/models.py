"""Pascal VOC: XML of boxes, indexed PNG of masks. Pure.

Coordinates are those that were drawn, from 0 at the outer corner of the first pixel, with decimals where they have
some.
Masks have the palette of VOC; `labelmap.txt` says which colour is which class.
"""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from services.contracts.labels import Shape
from services.export.items.models import Loaded, Mark, Placed
from services.export.jsonl import masks
from services.export.projects.models import Category
from services.export.sheets.models import Document, Drawn, Own, Sheet
from services.kit import voc

_COLORS: Final = 256


class Voc(Sheet):
    """Writes `Annotations/<name>.xml` and, of masks, `SegmentationClass/<name>.png` for each item."""

    documents = (Document("ImageSets/Main/train.txt", "text/plain"),)
    pictures = "JPEGImages/"
    is_zip = True

    def __init__(self, shape: Shape | None, classes: Sequence[Category]) -> None:
        """`shape` is box or mask."""
        self._shape, self._classes = shape, classes
        self._names = {category.label: _name(category) for category in classes}
        self.is_slow = shape is Shape.MASK
        if shape is Shape.MASK:
            self.documents = (Document("ImageSets/Segmentation/train.txt", "text/plain"),)

    def about(self) -> Sequence[Own]:
        """As Sheet."""
        names = ["background", *self._names.values()]
        lines = [f"{name}:{','.join(map(str, voc.color(number)))}::\n" for number, name in enumerate(names)]
        return [Own("labelmap.txt", ("# label:color_rgb:parts:actions\n" + "".join(lines)).encode())]

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """As Sheet."""
        files = [Own(f"Annotations/{placed.stem}.xml", self._xml(loaded, placed).encode(), "application/xml")]
        if self._shape is Shape.MASK:
            palette = [voc.color(number) for number in range(len(self._classes) + 1)]
            size = loaded.item.width, loaded.item.height
            picture = masks.painted(loaded.marks, self._classes, *size, palette)
            files.append(Own(f"SegmentationClass/{placed.stem}.png", picture, "image/png"))
        return Drawn((f"{placed.stem}\n",), files)

    def _xml(self, loaded: Loaded, placed: Placed) -> str:
        item, is_mask = loaded.item, self._shape is Shape.MASK
        folder = placed.name.rpartition("/")[0]
        objects = "" if is_mask else "".join(map(self._object, loaded.marks))
        return (
            f"<annotation>\n  <folder>{escape(folder)}</folder>\n  <filename>{escape(placed.name)}</filename>\n"
            f"  <source><database>Unknown</database></source>\n"
            f"  <size><width>{item.width}</width><height>{item.height}</height><depth>3</depth></size>\n"
            f"  <segmented>{int(is_mask)}</segmented>\n{objects}</annotation>\n"
        )

    def _object(self, mark: Mark) -> str:
        corners = zip(("xmin", "ymin", "xmax", "ymax"), mark.points, strict=True)
        box = "".join(f"<{name}>{_number(value)}</{name}>" for name, value in corners)
        return (
            f"  <object><name>{escape(self._names[mark.label])}</name><pose>Unspecified</pose>"
            f"<truncated>0</truncated><difficult>0</difficult><bndbox>{box}</bndbox></object>\n"
        )


def _number(value: float) -> str:
    """Without decimals where there are none: many readers take integers only."""
    return str(int(value)) if value == int(value) else repr(value)


def _name(category: Category) -> str:
    """As `labelmap.txt` can hold it, whose columns are parted by colons."""
    return category.name.replace(":", "_")
