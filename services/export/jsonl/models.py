"""Rows of JSON Lines for each task type. Pure: texts from items, no reading and no writing.

Pieces are put together as text, as those of COCO are. The text of a finite float is the same in Python and in JSON.
Coordinates are shares of the width and height of the upright picture, offsets are code points with an exclusive end.
"""

import json
from collections.abc import Sequence
from typing import Final

from services.contracts.labels import Shape
from services.contracts.projects import TaskType
from services.export.items.models import Loaded, Mark, Placed
from services.export.jsonl import masks
from services.export.projects.models import Category
from services.export.sheets.models import Document, Drawn, Own, Sheet, place_of
from services.kit.annotations import LabeledItem

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SURE: Final = "1.0"
"""Confidence of a label that a person gave."""
_TYPES: Final = {Shape.BOX: "object_detection", Shape.POLYGON: "instance_segmentation", Shape.MASK: "segmentation"}


class Rows(Sheet):
    """Writes a line for each item."""

    documents = (Document("data.jsonl", "application/jsonl"),)

    def __init__(self, task_type: TaskType, classes: Sequence[Category], folder: str) -> None:
        """Labels are written by the names of `classes`. What lies beside the file is told with `folder` before it."""
        self._names = {category.label: _encode(category.name) for category in classes}
        self._order = {category.label: category.id for category in classes}
        self._task_type, self._classes, self._folder = task_type, classes, folder
        self._pictures = task_type.media == "image"
        self._multi = task_type.multi
        self._shape = task_type.regions
        self.is_slow = self._shape is Shape.MASK

    def about(self) -> Sequence[Own]:
        """As Sheet: what makes a table of the folder, and what the pixels of masks mean."""
        table = Own("MLTable", mltable(self._task_type, self.documents[0].name), "text/yaml")
        names = Own("classes.json", class_map(self._classes), "application/json")
        return [table, names] if self._shape is Shape.MASK else [table]

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """As Sheet."""
        item, files, url = loaded.item, [], ""
        if self._shape is Shape.MASK:
            name = f"masks/{item.item.rpartition('/')[2]}.png"
            files.append(Own(name, masks.png(loaded.marks, self._classes, item.width, item.height), "image/png"))
            url = f"{self._folder}{name}"
        image = f"images/{placed.name}" if placed.name else place_of(loaded)
        return Drawn((f"{self.row(image, item, loaded.marks, url)}\n",), files)

    def row(self, image: str, item: LabeledItem, marks: Sequence[Mark], mask_url: str = "") -> str:
        """One item, whose object is told as `image`. Raises KeyError for a label that is no class of the file."""
        details = mask = ""
        if self._pictures:
            details = f'"image_details":{{"format":"{item.format}","width":{item.width},"height":{item.height}}},'
        if mask_url:
            mask = f'"mask_url":{_encode(mask_url)},'
        label, confidence = self.label(item, marks)
        return f'{{"image_url":{_encode(image)},{details}{mask}"label":{label},"label_confidence":{confidence}}}'

    def label(self, item: LabeledItem, marks: Sequence[Mark]) -> tuple[str, str]:
        """JSON of label and confidence: one of each, or lists of the same length."""
        if self._shape is None:
            names = [self._names[label] for label in item.labels]
            return (_list(names), _list([_SURE] * len(names))) if self._multi else (names[0], _SURE)
        if self._shape is Shape.MASK:
            present = sorted({mark.label for mark in marks}, key=self._order.__getitem__)
            return _list([self._names[label] for label in present]), _list([_SURE] * len(present))
        marked = [self._marked(item, mark, self._names[mark.label]) for mark in marks]
        return _list(marked), _list([_SURE] * len(marks))

    def _marked(self, item: LabeledItem, mark: Mark, name: str) -> str:
        if self._shape is Shape.SPAN:
            start, end = mark.points
            return f'{{"label":{name},"offsetStart":{int(start)},"offsetEnd":{int(end)}}}'
        width, height = item.width, item.height
        if self._shape is Shape.POLYGON:
            pairs = zip(mark.points[::2], mark.points[1::2], strict=True)
            shares = _list([f"{x / width!r},{y / height!r}" for x, y in pairs])
            return f'{{"label":{name},"isCrowd":0,"polygon":[{shares}]}}'
        x0, y0, x1, y1 = mark.points
        return (
            f'{{"label":{name},"topX":{x0 / width!r},"topY":{y0 / height!r},'
            f'"bottomX":{x1 / width!r},"bottomY":{y1 / height!r},"isCrowd":0}}'
        )


def _list(elements: Sequence[str]) -> str:
    return f"[{','.join(elements)}]"


def class_map(classes: Sequence[Category]) -> bytes:
    """What the values of the pixels of masks mean."""
    listed = [{"id": category.id, "name": category.name, "color": category.color} for category in classes]
    return f"{json.dumps({'background': 0, 'classes': listed}, ensure_ascii=False, indent=2)}\n".encode()


def mltable(task_type: TaskType, data: str) -> bytes:
    """The file that makes of the folder a table: `data` lies beside it. YAML."""
    shape = task_type.regions
    whole = "multi_label_classification" if task_type.multi else "classification"
    label_type = whole if shape is None else _TYPES.get(shape, "named_entity_recognition")
    return f"""\
$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
type: mltable
paths:
  - file: ./{data}
transformations:
  - read_json_lines:
      encoding: utf8
      invalid_lines: error
      include_path_column: false
metadata:
  image_column_name: image_url
  label_column_name: label
  label_type: {label_type}
""".encode()
