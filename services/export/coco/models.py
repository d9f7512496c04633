"""COCO JSON in two profiles: Azure's, normalised and with zeros, and the strict one. Pure: texts from items.

Pieces are put together as text: an encoder of whole objects would take most of the time of an export.

Ids begin at 1, because pycocotools takes an annotation with id 0 for one that matched nothing.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from services.contracts.exports import ExportFormat
from services.contracts.labels import Shape
from services.export.coco.shapes import azure_shape, strict_shape
from services.export.items.models import Loaded, Placed
from services.export.projects.models import Category
from services.export.sheets.models import Document, Drawn, Sheet, address, place_of
from services.kit import clock

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Coco(Sheet):
    """Writes pictures, and behind them annotations."""

    documents = (Document("annotations.json", "application/json", 2),)

    def __init__(
        self, profile: ExportFormat, shape: Shape | None, classes: Sequence[Category], name: str, at_ms: int
    ) -> None:
        """`shape` is that of the regions; `name` and `at_ms` go to `info`."""
        self._azure, self._shape, self._classes = profile is ExportFormat.COCO_AZURE, shape, classes
        self._numbers = {category.label: category.id for category in classes}
        self._name, self._at_ms = name, at_ms
        self.is_slow = shape is Shape.MASK

    def begin(self) -> Sequence[str]:
        """As Sheet. Strict readers want `info` and `licenses`, which Azure does not write."""
        info = {"description": self._name, "date_created": clock.from_ms(self._at_ms).isoformat()}
        strict = "" if self._azure else f'"info":{_encode(info)},"licenses":[],'
        return f'{{{strict}"images":[', '],"annotations":['

    def end(self) -> Sequence[str]:
        """As Sheet."""
        listed = [{"id": category.id, "name": category.name} for category in self._classes]
        return "", f'],"categories":{_encode(listed)}}}'

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:
        """As Sheet: a picture, and an annotation for each region or label."""
        comma = "," if placed.number > 1 else ""
        annotations = self._regions(loaded, placed) if self._shape else self._labels(loaded, placed)
        joined = ",".join(annotations)
        return Drawn((comma + self._image(loaded, placed), f",{joined}" if joined and placed.first > 1 else joined))

    def _image(self, loaded: Loaded, placed: Placed) -> str:
        item, azure = loaded.item, ""
        if self._azure:
            azure = f'"coco_url":{_encode(place_of(loaded))},"absolute_url":{_encode(address(loaded))},'
        return (
            f'{{"id":{placed.number},"width":{item.width},"height":{item.height},'
            f'"file_name":{_encode(placed.name or item.key)},{azure}"date_captured":"{_time(item.discovered)}"}}'
        )

    def _labels(self, loaded: Loaded, placed: Placed) -> list[str]:
        pairs = enumerate((self._numbers[label] for label in loaded.item.labels), placed.first)
        number = placed.number
        if self._azure:
            return [
                f'{{"id":{id_},"category_id":{category},"image_id":{number},"area":0.0}}' for id_, category in pairs
            ]
        width, height = loaded.item.width, loaded.item.height
        return [
            f'{{"id":{id_},"image_id":{number},"category_id":{category},"iscrowd":0,'
            f'"area":{width * height},"bbox":[0,0,{width},{height}]}}'
            for id_, category in pairs
        ]

    def _regions(self, loaded: Loaded, placed: Placed) -> list[str]:
        shaped = azure_shape if self._azure else strict_shape
        return [
            f'{{"id":{id_},"category_id":{self._numbers[mark.label]},"image_id":{placed.number},'
            f"{shaped(mark, self._shape, loaded.item.width, loaded.item.height)}}}"
            for id_, mark in enumerate(loaded.marks, placed.first)
        ]


@lru_cache(maxsize=256)  # items are found in batches
def _time(at_ms: int) -> str:
    """UTC with seven decimals, as Azure writes it."""
    return f"{clock.from_ms(at_ms):%Y-%m-%dT%H:%M:%S.%f}0Z"
