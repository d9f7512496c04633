"""Reads an export as a peer does."""

import contextlib
import io
from pathlib import Path


def labels_by_file(path: Path) -> dict[str, list[str]]:
    """File name, without folders, to the names of its classes, as pycocotools sees them."""
    from pycocotools.coco import COCO  # noqa: PLC0415 - slow to import, and only few tests read exports

    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(path))
    names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    return {
        image["file_name"].rpartition("/")[2]: [
            names[each["category_id"]] for each in coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        ]
        for image in coco.loadImgs(coco.getImgIds())
    }
