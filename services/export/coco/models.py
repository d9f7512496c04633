"""COCO JSON for whole-image classes, in two profiles. Pure: texts from items, no reading and no writing.

Pieces are put together as text: an encoder of whole objects would take most of the time of an export.

Ids begin at 1, because pycocotools takes an annotation with id 0 for one that matched nothing.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote

from services.contracts.exports import ExportFormat
from services.contracts.projects import Project
from services.kit import clock
from services.kit.annotations import LabeledItem

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Category(NamedTuple):
    """A class of the project. `id` counts from 1 in the order of the project; `name` is the path from the top."""

    id: int
    label: str
    name: str
    color: str = ""


def categories(project: Project) -> list[Category]:
    """All labels of a project, retired ones too: earlier answers hold them."""
    labels = [label for group in project.label_sets for label in group.labels]
    by_id = {label.id: label for label in labels}

    def path(label: str) -> str:
        above = by_id[label].parent
        return f"{path(above)}/{by_id[label].name}" if above else by_id[label].name

    return [Category(number, label.id, path(label.id), label.color) for number, label in enumerate(labels, 1)]


class Coco:
    """Writes the pieces of one file. Elements of an array are to be joined by commas."""

    def __init__(self, profile: ExportFormat, classes: Sequence[Category], s3_url: str, name: str, at_ms: int) -> None:
        """`s3_url` begins the `absolute_url` of each picture; `name` and `at_ms` go to `info`."""
        self._azure = profile is ExportFormat.COCO_AZURE
        self._numbers = {category.label: category.id for category in classes}
        self._s3_url = s3_url.rstrip("/")
        self.head = '{"images":[' if self._azure else _strict_head(name, at_ms)
        """Up to the first picture."""
        self.between: Final = '],"annotations":['
        """From the last picture to the first annotation."""
        listed = [{"id": category.id, "name": category.name} for category in classes]
        self.foot = f'],"categories":{_encode(listed)}}}'
        """From the last annotation to the end of the file."""

    def image(self, number: int, item: LabeledItem) -> str:
        """A picture. Sizes are those of the upright picture."""
        azure = ""
        if self._azure:
            place = f"AmlDatastore://{item.datastore}/{item.key}"
            url = f"{self._s3_url}/{quote(item.datastore)}/{quote(item.key)}"
            azure = f'"coco_url":{_encode(place)},"absolute_url":{_encode(url)},'
        return (
            f'{{"id":{number},"width":{item.width},"height":{item.height},"file_name":{_encode(item.key)},'
            f'{azure}"date_captured":"{_time(item.discovered)}"}}'
        )

    def annotations(self, first: int, number: int, item: LabeledItem) -> list[str]:
        """One annotation a label, ids from `first` on. Raises KeyError for a label that is no class of the file."""
        pairs = enumerate((self._numbers[label] for label in item.labels), first)
        if self._azure:
            return [
                f'{{"id":{id_},"category_id":{category},"image_id":{number},"area":0.0}}' for id_, category in pairs
            ]
        width, height = item.width, item.height
        return [
            f'{{"id":{id_},"image_id":{number},"category_id":{category},"iscrowd":0,'
            f'"area":{width * height},"bbox":[0,0,{width},{height}]}}'
            for id_, category in pairs
        ]


@lru_cache(maxsize=256)  # items are found in batches
def _time(at_ms: int) -> str:
    """UTC with seven decimals, as Azure writes it."""
    return f"{clock.from_ms(at_ms):%Y-%m-%dT%H:%M:%S.%f}0Z"


def _strict_head(name: str, at_ms: int) -> str:
    """Strict readers want `info` and `licenses`, which Azure does not write."""
    info = {"description": name, "date_created": clock.from_ms(at_ms).isoformat()}
    return f'{{"info":{_encode(info)},"licenses":[],"images":['
