"""`label_studio_reads.py coco|yolo <folder>` tells as JSON what Label Studio's importers make of it."""

import json
import sys
from pathlib import Path
from typing import Any

from label_studio_sdk.converter.imports.coco import convert_coco_to_ls
from label_studio_sdk.converter.imports.yolo import convert_yolo_to_ls


def _value(result: dict[str, Any]) -> list[object]:
    value = result["value"]
    if "points" in value:
        return [value["polygonlabels"][0], [number for point in value["points"] for number in point]]
    label = value.get("rectanglelabels") or value.get("labels")
    return [label[0], [value[name] for name in ("x", "y", "width", "height")]]


def main() -> None:
    """Names of pictures, each with its results: a class and per cents."""
    format_, folder = sys.argv[1], Path(sys.argv[2])
    tasks = folder / "tasks.json"
    if format_ == "coco":
        convert_coco_to_ls(str(folder / "annotations.json"), str(tasks), use_super_categories=False)
    else:
        convert_yolo_to_ls(str(folder), str(tasks))
    told = {
        task["data"]["image"].rpartition("/")[2]: sorted(
            _value(result) for result in task["annotations"][0]["result"] if "value" in result
        )
        for task in json.loads(tasks.read_text())
    }
    print("=" + json.dumps(told))  # noqa: T201 - that is what it is for


main()
