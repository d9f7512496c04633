"""A data set of Hugging Face: rows of JSON and a card, or with the pictures the layout `imagefolder`. Pure.

Boxes are x, y, width and height in pixels; texts are in the rows, and offsets count their code points.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from services.contracts.labels import Shape
from services.contracts.projects import TaskType
from services.export.huggingface.features import card
from services.export.items.models import Loaded, Mark, Placed
from services.export.jsonl import masks
from services.export.jsonl.models import class_map
from services.export.projects.models import Category
from services.export.sheets.models import Document, Drawn, Own, Sheet, place_of

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ROWS: Final = "data/train.jsonl"


class HuggingFace(Sheet):
    """Writes a row for each item."""

    pictures = "train/"
    is_zip = True

    def __init__(self, task_type: TaskType, classes: Sequence[Category], *, images: bool) -> None:
        """`images`: the pictures are in the file too."""
        self._task_type, self._classes, self._images = task_type, classes, images
        self._names = {category.label: category.name for category in classes}
        rows = "train/metadata.jsonl" if images else _ROWS
        self.documents = (Document(rows, "application/jsonl"),)
        self.is_slow = task_type.regions is Shape.MASK

    def about(self) -> Sequence[Own]:
        """As Sheet. With pictures the layout says all."""
        found = [] if self._images else [Own("README.md", card(self._task_type, _ROWS).encode(), "text/markdown")]
        if self._task_type.regions is Shape.MASK:
            found.append(Own("classes.json", class_map(self._classes), "application/json"))
        return found

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """As Sheet."""
        row, files, item = self._head(loaded, placed), [], loaded.item
        match self._task_type.regions:
            case None if self._task_type.multi:
                row["labels"] = [self._names[label] for label in item.labels]
            case None:
                row["label"] = self._names[item.labels[0]]
            case Shape.MASK:
                name = f"masks/{item.item.rpartition('/')[2]}.png"
                row["mask_file_name" if self._images else "mask"] = name
                row["labels"] = sorted({self._names[mark.label] for mark in loaded.marks})
                picture = masks.png(loaded.marks, self._classes, item.width, item.height)
                files.append(Own(f"{self.pictures}{name}" if self._images else name, picture, "image/png"))
            case Shape.SPAN:
                row["entities"] = [self._entity(mark) for mark in loaded.marks]
            case _:
                row["objects"] = self._objects(loaded.marks)
        return Drawn((f"{_encode(row)}\n",), files)

    def _head(self, loaded: Loaded, placed: Placed) -> dict[str, Any]:
        if self._task_type.media == "text":
            return {"text_url": place_of(loaded), "text": loaded.text}
        image = {"file_name": placed.name} if self._images else {"image_url": place_of(loaded)}
        return {**image, "width": loaded.item.width, "height": loaded.item.height}

    def _entity(self, mark: Mark) -> dict[str, Any]:
        start, end = map(int, mark.points)
        return {"start": start, "end": end, "label": self._names[mark.label]}

    def _objects(self, marks: Sequence[Mark]) -> dict[str, Any]:
        found: dict[str, Any] = {"bbox": [_bbox(mark.points) for mark in marks]}
        if self._task_type.regions is Shape.POLYGON:
            found["segmentation"] = [mark.points for mark in marks]
        return {**found, "categories": [self._names[mark.label] for mark in marks]}


def _bbox(points: Sequence[float]) -> list[float]:
    x0, y0, x1, y1 = min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])
    return [x0, y0, round(x1 - x0, 2), round(y1 - y0, 2)]
