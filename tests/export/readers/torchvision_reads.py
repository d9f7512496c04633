"""`torchvision_reads.py <folder>` tells as JSON what torchvision's CocoDetection finds in an export with pictures."""

import json
import sys
from pathlib import Path
from typing import Any

from torchvision.datasets import CocoDetection


def _pixels(coco: Any, annotation: dict[str, Any]) -> int:
    """That are painted; a box alone has none."""
    return int(coco.annToMask(annotation).sum()) if "segmentation" in annotation else 0


def main() -> None:
    """Names of pictures, each with its size and a class, a box and the painted pixels of each annotation."""
    folder = Path(sys.argv[1])
    pictures = CocoDetection(str(folder / "images"), str(folder / "annotations.json"))
    told = {}
    for number, (picture, annotations) in zip(pictures.ids, pictures, strict=True):
        found = [
            [pictures.coco.cats[each["category_id"]]["name"], each["bbox"], _pixels(pictures.coco, each)]
            for each in annotations
        ]
        told[pictures.coco.imgs[number]["file_name"]] = [list(picture.size), found]
    print("=" + json.dumps(told))  # noqa: T201 - that is what it is for


main()
