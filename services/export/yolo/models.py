"""YOLO: a file of labels for each picture, classes counted from 0, shares of width and height. Pure.

Boxes are `class x y width height` with the centre of the box, polygons `class x y x y …`. Pictures belong into
`images/` under the names that their labels have in `labels/`.
"""

import json
from collections.abc import Sequence

from services.contracts.labels import Shape
from services.export.items.models import Loaded, Mark, Placed
from services.export.projects.models import Category
from services.export.sheets.models import Drawn, Own, Sheet


class Yolo(Sheet):
    """Writes `labels/<name>.txt` for each item."""

    is_zip = True

    def __init__(self, shape: Shape | None, classes: Sequence[Category]) -> None:
        """`shape` is box or polygon."""
        self._shape, self._classes = shape, classes
        self._numbers = {category.label: category.id - 1 for category in classes}

    def about(self) -> Sequence[Own]:
        """As Sheet: what the classes are, for Ultralytics and for readers that want a line for each."""
        # JSON of a text is YAML of it too.
        names = "".join(
            f"  {number}: {json.dumps(c.name, ensure_ascii=False)}\n" for number, c in enumerate(self._classes)
        )
        table = (
            f"path: .\ntrain: images\nval: images\nnames:\n{names}"
            if names
            else "path: .\ntrain: images\nval: images\nnames: []\n"
        )
        lines = "".join(f"{category.name}\n" for category in self._classes)
        return [Own("data.yaml", table.encode()), Own("classes.txt", lines.encode())]

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """As Sheet. An item without regions has an empty file: nothing is to be seen there."""
        lines = "".join(self._line(mark, loaded.item.width, loaded.item.height) for mark in loaded.marks)
        return Drawn((), [Own(f"labels/{placed.stem}.txt", lines.encode())])

    def _line(self, mark: Mark, width: int, height: int) -> str:
        shares = [value / (height if place % 2 else width) for place, value in enumerate(mark.points)]
        if self._shape is Shape.BOX:
            x0, y0, x1, y1 = shares
            shares = [(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0]
        return f"{self._numbers[mark.label]} {' '.join(f'{share:.8f}' for share in shares)}\n"
